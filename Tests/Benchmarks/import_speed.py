#!/usr/bin/env python3
"""Measures how fast an archive is imported, beside what SQLite takes for the bare text.

  import_speed.py --newsdesk .build/release/newsdesk --articles articles.jsonl [--rounds 5]
  import_speed.py --newsdesk .build/release/newsdesk --corpus corpus.jsonl --count 100000

The articles are those of `generate.py --articles`, which the second form calls (numpy is needed for that). `newsdesk ingest`
reads, stores and indexes them; `sqlite3 .import` brings the same ids, titles, sources, times and texts from CSV into a table
with a primary key and no index of words. The two take turns. Says, for the median round of each, MB/s by wall clock and
the processor time, then the most memory and the ratio: the median of what it is round by round, because a machine that
others share is now fast and now slow. Ends with 1 where the import takes more than twice as long or a gigabyte of memory.
"""
import argparse
import csv
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TABLE = "CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, source TEXT, published_at REAL, text TEXT)"


def run(command):
    """Seconds by the clock and of the processors, and the most memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def table(articles, path):
    with open(articles, encoding="utf-8") as lines, open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for line in lines:
            article = json.loads(line)
            writer.writerow([article[key] for key in ("id", "title", "source", "published_at", "text")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newsdesk", type=pathlib.Path, required=True)
    parser.add_argument("--articles", type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--longest", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", type=pathlib.Path, help="where the archives are made; a temporary folder otherwise")
    options = parser.parse_args()
    if not options.articles and not options.corpus:
        parser.error("--articles or --corpus is needed")
    with tempfile.TemporaryDirectory(dir=options.work) as made:
        work = pathlib.Path(made)
        articles = options.articles or work / "articles.jsonl"
        if not options.articles:
            subprocess.run([sys.executable, HERE / "generate.py", "--corpus", options.corpus, "--articles",
                            str(options.count), "--longest", str(options.longest), "--out", articles], check=True)
        table(articles, work / "articles.csv")
        size = articles.stat().st_size / 1e6
        ingest = [options.newsdesk, "ingest", articles, "--data-dir", work / "data", "--prompts-dir",
                  HERE.parent.parent / "prompts"]
        bare = ["sqlite3", work / "bare.sqlite", TABLE, f".import --csv {work / 'articles.csv'} article"]
        rounds = {"newsdesk": [], "sqlite3": []}
        for _ in range(options.rounds):
            shutil.rmtree(work / "data", ignore_errors=True)
            (work / "bare.sqlite").unlink(missing_ok=True)
            rounds["sqlite3"].append(run(bare))
            rounds["newsdesk"].append(run(ingest))
    middle = {name: [statistics.median(column) for column in zip(*each)] for name, each in rounds.items()}
    memory = max(each[2] for each in rounds["newsdesk"])
    for name, (seconds, processor, _) in middle.items():
        print(f"{name:10}{size / seconds:8.1f} MB/s{seconds:9.2f} s{processor:9.2f} s of processors")
    ratios = sorted(ours[0] / bare[0] for ours, bare in zip(rounds["newsdesk"], rounds["sqlite3"]))
    ratio = statistics.median(ratios)
    met = ratio <= 2 and memory < 1000
    print(f"{size:.0f} MB; ratio {ratio:.1f} (2: {'met' if ratio <= 2 else 'NOT MET'}); "
          f"{memory:.0f} MB of memory (1000: {'met' if memory < 1000 else 'NOT MET'})")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
