#!/usr/bin/env python3
"""Measures how often an article is found by words of one of its sentences, where many others have the same words.

  known_items.py --newsdesk .build/release/newsdesk [--newsdesk other/newsdesk] --corpus corpus.jsonl --data-dir data
                 [--questions 600]

The archive in the folder must hold the articles of the corpus (id, title, text), and, for the figures to say something,
many more: 100,000 short ones made by answer_latency.py --keep, say, with the corpus ingested beside them. Each question is
four to six words that follow each other in a sentence of one article, function words left out. It counts as found where
the answer cites the article first, or names it first among the nearest. The questions are the same at every run, so that
two programs can be held against each other; nothing is learnt from them.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What joins and asks; a question of such words alone names nothing.
EMPTY = set(
    """a about after all also an and are as at be been but by can could did do does for from had has have he her his how i if
    in into is it its more not of on or our over she so than that the their then there these they this those to was we were
    what when where which who why will with would you""".split())


def questions(corpus, count):
    """Pairs of a title and a question, drawn evenly over the articles."""
    drawn = random.Random(7)
    articles = [json.loads(line) for line in open(corpus, encoding="utf-8")]
    asked = []
    for _ in range(20):
        for article in drawn.sample(articles, len(articles)):
            sentences = re.split(r"(?<=[.!?])\s+", article["text"])
            words = [word.strip(".,;:!?\"“”‘’()") for word in drawn.choice(sentences).split()]
            words = [word for word in words if word and word.lower() not in EMPTY]
            if len(words) < 6:
                continue
            start = drawn.randrange(len(words) - 5)
            told = " ".join(words[start:start + drawn.choice([4, 5, 6])])
            asked.append((article["title"], f"What {drawn.choice(['did', 'does', 'was'])} {told}?"))
            if len(asked) == count:
                return asked
    return asked


def found(newsdesk, options, asked):
    """Whether the article of each question is found first, at all, and whether there is an answer."""
    server = subprocess.Popen(
        [newsdesk, "serve", "--port", str(options.port), "--data-dir", options.data_dir], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", options.port)
        for attempt in range(600):
            try:
                connection.request("GET", "/readyz")
                connection.getresponse().read()
                break
            except OSError:
                if attempt == 599 or server.poll() is not None:
                    raise SystemExit(f"{newsdesk} does not serve {options.data_dir}: look at its log")
                connection.close()
                time.sleep(0.1)
        results = []
        for title, question in asked:
            connection.request("POST", "/v1/ask", json.dumps({"question": question}), {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())
            titles = [each["title"] for each in answer["citations"] + answer.get("nearest", [])]
            results.append((titles[:1] == [title], title in titles, answer["status"] == "answered"))
        return results
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newsdesk", required=True, action="append", type=os.path.abspath)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--data-dir", required=True, type=os.path.abspath)
    parser.add_argument("--questions", type=int, default=600)
    parser.add_argument("--port", type=int, default=18080)
    options = parser.parse_args()
    asked = questions(options.corpus, options.questions)
    if not asked:
        raise SystemExit(f"{options.corpus} has no sentence of six words: name a file of articles with id, title and text")
    for newsdesk in options.newsdesk:
        results = found(newsdesk, options, asked)
        first, anywhere, answered = (sum(column) / len(results) for column in zip(*results))
        print(f"{newsdesk}: {len(results)} questions, found first {first:.3f}, at all {anywhere:.3f}, answered {answered:.3f}")


if __name__ == "__main__":
    main()
