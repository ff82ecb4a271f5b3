#!/usr/bin/env python3
"""Measures how long an answer takes in a large archive: from the question to the answer, on one core, without a model.

  answer_latency.py --newsdesk .build/release/newsdesk --corpus corpus.jsonl [--articles 100000] [--questions 1000]
                    [--asked questions.txt | --lengths questions.jsonl]

The articles are those of generate.py, cut to the length of channel posts (--passages of three sentences each); the
questions have 5 to 40 words drawn as the articles' are, which is more than people ask with and meets more; --lengths cuts
them to as many words as the questions of a set of JSON Lines have ("query"), and --asked takes others, one a line. The
server is held to one core; questions come one after the other, each once, after a round of others to warm up (200, or a
fifth of those that --asked has). What counts is the time that the server gives with each answer. --keep leaves the archive
in a folder for the next run. Ends with 1 where a limit is not met: 2 ms at the median, 10 ms at the 99th of a hundred.
Needs numpy.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
P50, P99 = 2.0, 10.0
WARM = 200


def articles(passages, most):
    """Articles of at most so many passages, in the form of JSON Lines."""
    number, title, text = 0, None, []
    for line in open(passages, encoding="utf-8"):
        passage = json.loads(line)
        if text and (passage["title"] != title or len(text) == most):
            yield {"id": str(number), "title": title, "text": "\n\n".join(text)}
            number, text = number + 1, []
        title = passage["title"]
        text.append(passage["text"])
    if text:
        yield {"id": str(number), "title": title, "text": "\n\n".join(text)}


def build(options, folder):
    passages, asked = folder / "passages.jsonl", folder / "asked.txt"
    subprocess.run(
        [sys.executable, HERE / "generate.py", "--corpus", options.corpus, "--passages",
         str(options.articles * options.passages), "--questions", str(options.questions + WARM), "--out", passages,
         "--asked", asked], check=True)
    count = 0
    with open(folder / "articles.jsonl", "w", encoding="utf-8") as out:
        for article in articles(passages, options.passages):
            if count == options.articles:
                break
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
            count += 1
    passages.unlink()
    subprocess.run([options.newsdesk, "ingest", folder / "articles.jsonl", "--data-dir", folder / "data"], check=True)
    print(f"{count} articles")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newsdesk", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=5)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--asked", type=pathlib.Path)
    parser.add_argument("--lengths", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "asked.txt").exists() or not (folder / "data").exists():
            build(options, folder)
        questions = (options.asked or folder / "asked.txt").read_text("utf-8").splitlines()
        if options.lengths:
            questions = cut(questions, options.lengths)
        warm = min(WARM, len(questions) // 5)
        core = max(os.sched_getaffinity(0))
        server = subprocess.Popen(
            [options.newsdesk, "serve", "--port", str(options.port), "--data-dir", folder / "data"],
            preexec_fn=lambda: os.sched_setaffinity(0, {core}))
        try:
            wait(options.port)
            times = [ask(options.port, question) for question in questions][warm:]
        finally:
            server.terminate()
            server.wait()
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{len(times)} answers: p50 {p50:.2f} ms (limit {P50:g}), p99 {p99:.2f} ms (limit {P99:g})")
    sys.exit(p50 > P50 or p99 > P99)


def cut(questions, lengths):
    """As many words in a row of each question as a real one has."""
    drawn = random.Random(1)
    real = [len(json.loads(line)["query"].split()) for line in open(lengths, encoding="utf-8")]
    short = []
    for words in map(str.split, questions):
        length = min(drawn.choice(real), len(words))
        start = drawn.randint(0, len(words) - length)
        short.append(" ".join(words[start:start + length]))
    return short


def wait(port):
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server does not become ready")


def ask(port, question):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/ask", json.dumps({"question": question}).encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)["took_ms"]


if __name__ == "__main__":
    main()
