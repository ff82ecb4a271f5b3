#!/usr/bin/env python3
"""How much memory a thousand streams of a model take that are open at once.

    model_streams.py [--program .build/release/newsdesk] [--streams 1000]

Serves made-up articles beside a provider on loopback that sends one word of every answer, and the rest only once all the
streams are open. The readers are connected before; then all ask at once, each about another article. Prints the server's
memory before, with all streams open, and at the most. Ends with 1 where the streams take 100 MB or more, or more than one
answer in a hundred is not the model's: a made-up name may pass for another language. Standard library only.
"""
import argparse, asyncio, json, pathlib, random, re, shutil, signal, subprocess, sys, tempfile

LIMIT = 100
options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/release/newsdesk")
options.add_argument("--streams", type=int, default=1000)
A = options.parse_args()
R = random.Random(7)


class Provider:
    """Holds every stream after its first word until as many as wanted are open."""

    def __init__(self, facts):
        self.facts, self.open, self.all = facts, 0, asyncio.Event()

    async def serve(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(re.search(rb"(?i)content-length: *(\d+)", head)[1])
                words = json.dumps(json.loads(await reader.readexactly(length)), ensure_ascii=False)
                # The question stands last; the passages may tell of other bridges too.
                name = max(re.findall(r"When did the (\w+) bridge", words), key=lambda n: words.rindex(n))
                first, rest = self.facts[name].split(" ", 1)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                self.piece(writer, {"role": "assistant", "content": first})
                self.open += 1
                if self.open == A.streams: self.all.set()
                await self.all.wait()
                self.piece(writer, {"content": " " + rest + " [1]"}, "stop")
                self.chunk(writer, b"data: [DONE]\n\n")
                writer.write(b"0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def piece(self, writer, delta, reason=None):
        event = {"id": "1", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
        self.chunk(writer, b"data: " + json.dumps(event).encode() + b"\n\n")

    @staticmethod
    def chunk(writer, data): writer.write(b"%x\r\n%s\r\n" % (len(data), data))


class Reader:
    """Somebody who is connected, and asks later."""

    def __init__(self, port): self.port = port

    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        head = await self.reader.readuntil(b"\r\n\r\n")
        await self.reader.readexactly(int(re.search(rb"(?i)content-length: *(\d+)", head)[1]))
        return self

    async def ask(self, name):
        body = json.dumps({"question": f"When did the {name} bridge open?", "stream": True}).encode()
        self.writer.write(b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                          b"Content-Length: %d\r\n\r\n" % len(body) + body)
        reply = (await self.reader.read()).decode()
        self.writer.close()
        answer = re.search(r"event: answer\s+data: (.*)", reply)
        return json.loads(answer[1])["engine"] if answer else "none"


def megabytes(process, key="VmRSS"):
    return int(re.search(key + r":\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) / 1024


async def main():
    names = sorted({"".join(R.choice("bdfgklmnprstvz") + R.choice("aeiou") for _ in range(4)).capitalize() for _ in range(A.streams * 2)})
    facts = {n: f"The {n} bridge opened on {R.randint(1, 28)} May {R.randint(1990, 2024)}." for n in R.sample(names, A.streams + 20)}
    folder = tempfile.mkdtemp(prefix="newsdesk-streams-")
    try:
        provider = Provider(facts)
        server = await asyncio.start_server(provider.serve, "127.0.0.1", 0, backlog=4096, limit=1 << 20)
        port = server.sockets[0].getsockname()[1]
        with open(folder + "/articles.jsonl", "w") as file:
            for name, fact in facts.items():
                file.write(json.dumps({"id": name, "title": f"The {name} bridge is open", "source": "Harbour Wire", "published_at": "2025-01-02",
                                       "text": f"{fact} It joins both banks of the {name} river."}) + "\n")
        with open(folder + "/newsdesk.yaml", "w") as file:
            file.write("llm: {first_token_timeout: 600, idle_timeout: 600, timeout: 900}\nproviders:\n"
                       f"  - {{name: held, base_url: \"http://127.0.0.1:{port}/v1\", model: m, max_concurrent: {A.streams}}}\n")
        place = ["--data-dir", folder, "--config", folder + "/newsdesk.yaml"]
        subprocess.run([A.program, "ingest", folder + "/articles.jsonl", *place], check=True, stdout=subprocess.DEVNULL)
        log = open(folder + "/log", "wb+")
        process = subprocess.Popen([A.program, "serve", "--port", "0", "--log-level", "error", *place], stdout=log, stderr=log)
        while not (found := re.search(r"ready on http://127.0.0.1:(\d+)", open(folder + "/log").read())):
            await asyncio.sleep(0.1)
            if process.poll() is not None: sys.exit("newsdesk serve does not start; see " + folder)
        asked = list(facts)
        # The first questions fill what any question would: tables of words, articles, pages of the index.
        provider.all.set()
        for name in asked[A.streams:]: await (await Reader(int(found[1])).connect()).ask(name)
        provider.open = 0
        provider.all.clear()
        readers = [await Reader(int(found[1])).connect() for _ in range(A.streams)]
        before = megabytes(process)
        replies = [asyncio.create_task(reader.ask(name)) for reader, name in zip(readers, asked)]
        await asyncio.wait_for(provider.all.wait(), 600)
        during = megabytes(process)
        engines = await asyncio.gather(*replies)
        whole = sum(engine.startswith("model") or "held" in engine for engine in engines)
        peak = megabytes(process, "VmHWM")
        print(f"memory before {before:.0f} MB, with {A.streams} streams open {during:.0f} MB ({during - before:+.0f}), at the most {peak:.0f} MB; "
              f"{whole} of {A.streams} answers by the model")
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        return during - before < LIMIT and whole >= 0.99 * A.streams
    finally:
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(0 if asyncio.run(main()) else 1)
