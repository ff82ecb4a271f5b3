#!/usr/bin/env python3
"""Holds what Newsdesk reads in the feeds of Tests/IngestTests/Fixtures/feeds against Python's feedparser 6.

Usage: pip install 'feedparser>=6,<7' && python3 Tests/Peers/compare_feeds.py [-v]

What Newsdesk reads stands in the golden files beside the feeds, which the Swift tests keep true. Compared are titles,
links, ids, dates and texts; of texts the words, because feedparser keeps HTML and Newsdesk keeps lines. Ends with 1
where anything differs that is not told in DIFFERENCES, or where a told difference is none any more.
"""
import calendar
import datetime
import html.parser
import json
import pathlib
import sys

import feedparser

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "IngestTests" / "Fixtures" / "feeds"

# What differs on purpose: (feed, entry from 0, part) -> why.
DIFFERENCES = {
    ("atom10-text-titles.xml", 0, "link"): "an Atom id is a name, not a page; feedparser takes it for the link",
    ("atom10-text-titles.xml", 1, "link"): "an Atom id is a name, not a page; feedparser takes it for the link",
    ("rss20-control-characters.xml", 0, "title"): "controls never reach a reader",
    ("rss20-control-characters.xml", 0, "text"): "controls never reach a reader",
    ("rss20-odd-dates.xml", 3, "published"): "a time without a zone is read as UTC rather than not at all",
    ("rss20-truncated.xml", 1, "text"): "what came before the cut is kept",
}


class Words(html.parser.HTMLParser):
    """The words of a piece of HTML."""

    BLOCKS = {"p", "br", "li", "ol", "ul", "div", "td", "tr", "h1", "h2", "h3"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.counters = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS:
            self.parts.append(" ")
        if tag in ("ol", "ul"):
            self.counters.append(1 if tag == "ol" else None)
        if tag == "li" and self.counters:
            if self.counters[-1] is None:
                self.parts.append("- ")
            else:
                self.parts.append(f"{self.counters[-1]}. ")
                self.counters[-1] += 1

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.parts.append(" ")
        if tag in ("ol", "ul") and self.counters:
            self.counters.pop()

    def handle_data(self, data):
        self.parts.append(data)


def words(text):
    return " ".join(text.split()) if text else None


def plain(detail):
    """The words of a text construct as feedparser gives it."""
    if not detail or not detail.get("value"):
        return None
    value = detail["value"]
    return words("".join(Words(value).parts) if detail.get("type") != "text/plain" else value)


def moment(parsed):
    if not parsed:
        return None
    return datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def theirs(entry):
    content = (entry.get("content") or [None])[0]
    return {
        "title": plain(entry.get("title_detail")),
        "link": entry.get("link") or None,
        "id": entry.get("id") or None,
        "published": moment(entry.get("published_parsed") if "published_parsed" in entry.keys() else None),
        # Asked for by key: the attribute falls back to the date of publication.
        "updated": moment(dict.get(entry, "updated_parsed")),
        "text": plain(content) or plain(entry.get("summary_detail")),
    }


def ours(line):
    entry = json.loads(line)
    return {
        "title": words(entry.get("title")),
        "link": entry.get("link"),
        "id": entry.get("id"),
        "published": entry.get("published"),
        "updated": entry.get("updated"),
        "text": words(entry.get("text")),
    }


def main():
    failures = entries = 0
    met = set()
    feeds = sorted(path for path in FOLDER.iterdir() if path.suffix != ".golden" and path.suffix != ".json")
    for path in feeds:
        golden = path.with_name(path.name + ".golden").read_text(encoding="utf-8")
        mine = [ours(line) for line in golden.split("\n") if line]
        other = [theirs(entry) for entry in feedparser.parse(path.read_bytes()).entries]
        if len(mine) != len(other):
            print(f"{path.name}: {len(mine)} entries, feedparser has {len(other)}")
            failures += 1
        for place, (a, b) in enumerate(zip(mine, other)):
            entries += 1
            for part in a:
                if a[part] == b[part]:
                    continue
                key = (path.name, place, part)
                if key in DIFFERENCES:
                    met.add(key)
                    if "-v" in sys.argv:
                        print(f"{path.name}[{place}].{part}: differs on purpose: {DIFFERENCES[key]}")
                    continue
                failures += 1
                print(f"{path.name}[{place}].{part}: {a[part]!r}, feedparser has {b[part]!r}")
    for key in DIFFERENCES.keys() - met:
        failures += 1
        print(f"{key}: told as a difference, but there is none")
    print(f"{len(feeds)} feeds, {entries} entries, {failures} unexpected, {len(met)} told differences, "
          f"feedparser {feedparser.__version__}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
