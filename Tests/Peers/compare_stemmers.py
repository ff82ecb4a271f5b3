#!/usr/bin/env python3
"""Holds Newsdesk's stems of whole dictionaries against those of Snowball.

Usage: pip install 'snowballstemmer>=3.1,<4'
       apt-get install wamerican wngerman wfrench wspanish witalian wportuguese wdutch wswedish aspell-ru
       python3 Tests/Peers/compare_stemmers.py [--all] [--program .build/debug/newsdesk]

Of each dictionary 40,000 words are taken, or all of them. One that is not installed is passed over. `newsdesk index terms`
stems and then folds, so Snowball's stems are folded by the same command, which without a language only folds. Ends with 1
where anything differs.
"""
import argparse
import pathlib
import subprocess
import sys
import unicodedata

import snowballstemmer

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path("/usr/share/dict")
SAMPLE = 40_000

# Tag, Snowball's name, and the dictionary: a file with its encoding, or a command.
LANGUAGES = [
    ("en", "english", (FOLDER / "american-english", "utf-8")),
    ("de", "german", (FOLDER / "ngerman", "utf-8")),
    ("fr", "french", (FOLDER / "french", "utf-8")),
    ("es", "spanish", (FOLDER / "spanish", "utf-8")),
    ("it", "italian", (FOLDER / "italian", "utf-8")),
    ("pt", "portuguese", (FOLDER / "portuguese", "utf-8")),
    ("nl", "dutch_porter", (FOLDER / "dutch", "utf-8")),
    ("sv", "swedish", (FOLDER / "swedish", "latin-1")),
    ("ru", "russian", ["aspell", "-l", "ru", "dump", "master"]),
]


def dictionary(source):
    """The words of a dictionary in small letters, without affix marks; None where it is not installed."""
    if isinstance(source, tuple):
        path, encoding = source
        if not path.exists():
            return None
        lines = path.read_text(encoding=encoding).split("\n")
    else:
        try:
            lines = subprocess.run(source, capture_output=True, check=True, text=True, encoding="utf-8").stdout.split("\n")
        except (OSError, subprocess.CalledProcessError):
            return None
    words = {unicodedata.normalize("NFC", line.split("/")[0].strip().lower()) for line in lines}
    return sorted(word for word in words if word.isalpha())


def terms(program, words, tag):
    run = subprocess.run([program, "index", "terms", "--language", tag], input="\n".join(words) + "\n",
                         capture_output=True, check=True, text=True, encoding="utf-8")
    return run.stdout.split("\n")[:-1]


def main():
    parser = argparse.ArgumentParser(description="Holds Newsdesk's stems against Snowball's.")
    parser.add_argument("--all", action="store_true", help="compare whole dictionaries")
    parser.add_argument("--program", default=str(ROOT / ".build" / "debug" / "newsdesk"))
    options = parser.parse_args()
    failures = compared = 0
    for tag, name, source in LANGUAGES:
        words = dictionary(source)
        if words is None:
            print(f"{tag}: no dictionary ({source[0]})")
            continue
        if tag == "en":
            # English is folded before it is stemmed.
            words = [word for word in words if word.isascii()]
        if not options.all:
            words = words[::max(1, -(-len(words) // SAMPLE))]
        mine = terms(options.program, words, tag)
        other = terms(options.program, snowballstemmer.stemmer(name).stemWords(words), "und")
        if len(mine) != len(words) or len(other) != len(words):
            print(f"{tag}: {len(words)} words became {len(mine)} and {len(other)} terms")
            failures += 1
            continue
        different = [(word, a, b) for word, a, b in zip(words, mine, other) if a != b]
        for word, a, b in different[:10]:
            print(f"{tag}: {word} becomes {a}, Snowball has {b}")
        print(f"{tag}: {len(words)} words, {len(different)} differ")
        compared += len(words)
        failures += len(different)
    print(f"{compared} words, {failures} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
