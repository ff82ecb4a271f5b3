#!/usr/bin/env python3
"""Kills an import at random moments, begins it again, and looks that nothing is lost or doubled.

Usage: python3 Tests/Benchmarks/import_kill.py PROGRAM [--articles 20000] [--kills 100] [--seed 1]

Writes JSON Lines of made-up articles, imports them with `PROGRAM ingest`, kills that with SIGKILL after a random part
of the time that a whole import takes, and repeats until so many have been killed. Where one ran through before, and at
the end, the archive must hold each article once, in its first version, with its text whole; the next begins a new one.
Says how long a whole import takes and its memory.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

WORDS = "harbour pier ferry crane storm tide lamp boat office crown repair visitor captain anchor rope signal".split()


def article(random, number):
    text = "\n\n".join(" ".join(random.choices(WORDS, k=60)).capitalize() + "." for _ in range(4))
    return {"id": f"made-{number}", "title": f"Story {number} of the {random.choice(WORDS)}", "source": "Made Up",
            "published_at": 1_600_000_000 + number * 60, "text": text, "language": "en"}


def faults_of(data, wanted):
    """How many articles a whole archive lacks, has twice, or has otherwise; it is taken away."""
    store = sqlite3.connect(data / "newsdesk.sqlite")
    rows = store.execute("SELECT id, version, content FROM article WHERE deleted_at IS NULL").fetchall()
    store.close()
    shutil.rmtree(data)
    wrong = [row[0] for row in rows if row[1] != 1 or json.loads(row[2])["body"] != wanted.get(row[0])]
    return len(wanted.keys() - {row[0] for row in rows}), len(rows) - len({row[0] for row in rows}), len(wrong)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--articles", type=int, default=20000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="newsdesk-import-"))
    lines = folder / "made.jsonl"
    with lines.open("w") as file:
        for number in range(options.articles):
            file.write(json.dumps(article(chance, number)) + "\n")
    size = lines.stat().st_size / 1e6

    def command(data):
        prompts = pathlib.Path(__file__).resolve().parent.parent.parent / "prompts"
        return [options.program, "ingest", str(lines), "--data-dir", str(folder / data), "--prompts-dir", str(prompts)]

    start = time.monotonic()
    subprocess.run(command("whole"), check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{options.articles} articles, {size:.1f} MB in {whole:.1f} s: {size / whole:.1f} MB/s, {memory:.0f} MB of memory")

    wanted = {}
    with lines.open() as file:
        for line in file:
            value = json.loads(line)
            wanted[value["id"]] = value["text"].split("\n\n")
    killed, archives, faults = 0, 0, [0, 0, 0]
    while killed < options.kills:
        process = subprocess.Popen(command("killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * whole)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
            process.wait()
        else:
            # This archive is whole: what is killed from now on has another to lose.
            faults = [a + b for a, b in zip(faults, faults_of(folder / "killed", wanted))]
            archives += 1
    last = subprocess.run(command("killed"), check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([options.program, "index", "check", "--data-dir", str(folder / "killed")], check=True,
                   stdout=subprocess.DEVNULL)
    faults = [a + b for a, b in zip(faults, faults_of(folder / "killed", wanted))]
    missing, doubled, wrong = faults
    print(f"killed {killed} times in {archives + 1} archives; the last run says “{last}”; "
          f"{missing} missing, {doubled} doubled, {wrong} otherwise wrong")
    shutil.rmtree(folder)
    return 1 if any(faults) else 0


if __name__ == "__main__":
    sys.exit(main())
