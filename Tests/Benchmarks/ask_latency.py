#!/usr/bin/env python3
"""Asks a running server at a fixed rate and prints how long the answers took.

  ask_latency.py [--url http://127.0.0.1:8080] [--rate 50] [--seconds 30] [--questions seeds/questions.yaml]

Requests start on a fixed schedule, whether or not earlier ones are answered, so that a slow answer cannot hide the wait
of those behind it; each latency counts from the planned start. Standard library only.
"""
import argparse
import asyncio
import json
import pathlib
import re
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


def questions(path):
    return [json.loads(m) for m in re.findall(r'question: ("(?:[^"\\]|\\.)*")', path.read_text("utf-8"))]


class Connections:
    """Kept connections, one request at a time on each."""

    def __init__(self, host, port):
        self.host, self.port, self.idle = host, port, []

    async def post(self, path, body):
        reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection(self.host, self.port)
        head = (f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        writer.write(head.encode() + body)
        status = int((await reader.readline()).split()[1])
        length = 0
        while (line := (await reader.readline()).strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        text = await reader.readexactly(length)
        self.idle.append((reader, writer))
        return status, json.loads(text)


async def run(options):
    address = urllib.parse.urlsplit(options.url)
    pool = Connections(address.hostname, address.port or 80)
    asked = questions(pathlib.Path(options.questions))
    latencies, failures = [], 0
    start = time.perf_counter() + 0.1

    async def one(number):
        nonlocal failures
        due = start + number / options.rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        body = json.dumps({"question": asked[number % len(asked)]}).encode()
        status, _ = await pool.post("/v1/ask", body)
        latencies.append((time.perf_counter() - due) * 1000)
        failures += status != 200

    await asyncio.gather(*(one(n) for n in range(int(options.rate * options.seconds))))
    latencies.sort()
    at = lambda share: latencies[min(len(latencies) - 1, int(share * len(latencies)))]
    print(f"{len(latencies)} answers at {options.rate:g}/s, {len(asked)} different questions, {failures} failed: "
          f"p50 {at(.5):.2f} ms, p90 {at(.9):.2f} ms, p99 {at(.99):.2f} ms, max {latencies[-1]:.2f} ms")
    raise SystemExit(1 if failures else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--questions", default=str(ROOT / "seeds/questions.yaml"))
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
