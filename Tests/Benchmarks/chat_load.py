#!/usr/bin/env python3
"""Load: how long chat platforms wait for their acknowledgement, beside a bare server in the same run.

    chat_load.py [--rate 1000] [--seconds 60] [--questions seeds/questions.yaml] [--program .build/release/newsdesk] [--bare PROGRAM]

Delivers signed messages to the generic webhook, which answers by callbacks, at a steady rate over kept connections. A wait
is measured from the moment when the message was due, so that a slow server cannot hide by slowing its clients down. Every
message costs the server a commit to the inbox, an answer, a commit to the outbox, and a callback, taken here on loopback.
`--bare` names a program that answers POST /webhooks/generic after parsing the JSON, on the port PORT of its environment
(.build/release/BareServer); it gets the same load first, and the ratio of the two is printed.

Every message asks the same with `--question`; with `--questions` they take turns through those of a file, which is the
fairer load for answers. Prints percentiles of the acknowledgement, answers a second, the processor time of the server and of
this script, and the server's memory over time. Ends with 1 where a message was not acknowledged or not answered.
"""
import argparse, asyncio, hashlib, hmac, json, os, re, resource, shutil, signal, socket, subprocess, sys, tempfile, time

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--rate", type=float, default=1000)
options.add_argument("--seconds", type=float, default=60)
options.add_argument("--connections", type=int, default=64)
options.add_argument("--question", default="/providers")
options.add_argument("--questions", help="a YAML file with lines of question: …")
options.add_argument("--program", default=".build/release/newsdesk")
options.add_argument("--bare")
A = options.parse_args()
QUESTIONS = [A.question]
if A.questions:
    with open(A.questions) as file: found = re.findall(r'^[ -]*question: "((?:[^"\\]|\\.)*)"', file.read(), re.M)
    QUESTIONS = [json.loads(f'"{text}"') for text in dict.fromkeys(found)]
answered = 0


def whole(data):
    """The length of the first HTTP message in the bytes, head and body; None where it is not all there."""
    end = data.find(b"\r\n\r\n")
    if end < 0: return None
    head = bytes(data[:end]).lower()
    at = head.find(b"\r\ncontent-length:")
    length = int(head[at + 17:].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return end + 4 + length if len(data) >= end + 4 + length else None


class Platform(asyncio.Protocol):
    """The address of callbacks: takes everything."""

    REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    def connection_made(self, transport): self.transport, self.data = transport, bytearray()

    def data_received(self, data):
        global answered
        self.data += data
        while length := whole(self.data):
            del self.data[:length]
            answered += 1
            self.transport.write(self.REPLY)


class Client(asyncio.Protocol):
    """One kept connection: takes the next message as soon as its last is acknowledged, and sends it when it is due."""

    def __init__(self, run): self.run = run

    def connection_made(self, transport):
        self.transport, self.data = transport, bytearray()
        self.take()

    def take(self):
        if self.run.number >= self.run.total: return self.run.leave(self.transport)
        mine, self.run.number = self.run.number, self.run.number + 1
        self.due = self.run.start + mine / A.rate
        asyncio.get_running_loop().call_later(max(0, self.due - time.perf_counter()), self.send, mine)

    def send(self, mine):
        chat = str(1 + mine % 5000)
        body = json.dumps({"id": f"m{mine}", "conversation": chat, "user": chat, "text": QUESTIONS[mine % len(QUESTIONS)]}).encode()
        signed = str(int(time.time()))
        signature = hmac.digest(b"s", signed.encode() + b"." + body, "sha256").hex()
        self.transport.write(f"POST /webhooks/generic HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Newsdesk-Timestamp: {signed}\r\nX-Newsdesk-Signature: sha256={signature}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    def data_received(self, data):
        self.data += data
        if not (length := whole(self.data)): return
        self.run.waits.append(time.perf_counter() - self.due)
        self.run.refused += not self.data.startswith(b"HTTP/1.1 2")
        del self.data[:length]
        self.take()

    def connection_lost(self, error):
        if not self.transport.is_closing() or error: self.run.lost(error)


class Run:
    """One load: its messages, and how long each waited, in seconds."""

    def __init__(self):
        self.total, self.number, self.refused, self.waits, self.open = int(A.rate * A.seconds), 0, 0, [], A.connections
        self.start, self.done = time.perf_counter() + 0.5, asyncio.get_running_loop().create_future()

    def leave(self, transport):
        transport.close()
        self.open -= 1
        if not self.open and not self.done.done(): self.done.set_result(None)

    def lost(self, error):
        if not self.done.done(): self.done.set_exception(error or ConnectionError("the server closed a connection"))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


async def until_open(port, process):
    while True:
        if process.poll() is not None: sys.exit("load: the server does not start")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            return writer.close()
        except OSError: await asyncio.sleep(0.05)


async def load(port, process, watch):
    """The waits of all messages in seconds, sorted; how many were refused; the memory in MiB, once a second."""
    run, memory = Run(), []

    async def watcher():
        while True:
            with open(f"/proc/{process.pid}/statm") as file: memory.append(int(file.read().split()[1]) * 4096 / 2**20)
            await asyncio.sleep(1)

    watching = asyncio.create_task(watcher()) if watch else None
    for _ in range(A.connections): await asyncio.get_running_loop().create_connection(lambda: Client(run), "127.0.0.1", port)
    await run.done
    if watching: watching.cancel()
    return sorted(run.waits), run.refused, memory


def percentiles(waits):
    return {p: 1000 * waits[min(len(waits) - 1, int(len(waits) * p / 100))] for p in (50, 90, 99, 99.9)}


def row(name, waits):
    shares = percentiles(waits)
    print(f"{name:10}" + "".join(f"  p{p:g} {value:8.2f} ms" for p, value in shares.items()))
    return shares


def processor_seconds(pid):
    """User and system time of a process."""
    with open(f"/proc/{pid}/stat") as file: fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main():
    callbacks = await asyncio.get_running_loop().create_server(Platform, "127.0.0.1", 0)
    bare = None
    if A.bare:
        port = free_port()
        process = subprocess.Popen([A.bare], env=dict(os.environ, PORT=str(port)), stdout=subprocess.DEVNULL)
        await until_open(port, process)
        waits, _, _ = await load(port, process, False)
        process.kill()
        bare = row("bare", waits)
    folder, port = tempfile.mkdtemp(prefix="newsdesk-load-"), free_port()
    environment = dict(
        os.environ, NEWSDESK_DATA_DIR=folder, NEWSDESK_PROMPTS_DIR="prompts", NEWSDESK_SERVER_PORT=str(port), NEWSDESK_LOG_LEVEL="error",
        NEWSDESK_CHAT_PERSON_RATE="1000000", NEWSDESK_CHAT_CHAT_RATE="1000000", NEWSDESK_WEBHOOK_SECRET="s",
        NEWSDESK_WEBHOOK_CALLBACK_URL=f"http://127.0.0.1:{callbacks.sockets[0].getsockname()[1]}/")
    subprocess.run([A.program, "ingest", "seeds"], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process = subprocess.Popen([A.program, "serve"], env=environment, stdout=subprocess.DEVNULL)
    await until_open(port, process)
    begun, spent = time.perf_counter(), (processor_seconds(process.pid), own_seconds())
    waits, refused, memory = await load(port, process, True)
    shares = row("newsdesk", waits)
    took = time.perf_counter() - begun
    print(f"{len(waits)} messages at {A.rate:g} a second, {refused} refused; {answered / took:.0f} answers a second went out meanwhile, {answered} in all; "
          f"memory {memory[0]:.0f} MiB at first, {max(memory):.0f} at most, {memory[-1]:.0f} in the end")
    if bare: print(f"ratio to the bare server: p50 {shares[50] / bare[50]:.1f}, p99 {shares[99] / bare[99]:.1f}")
    while answered < len(waits) and time.perf_counter() < begun + 3 * A.seconds + 30: await asyncio.sleep(0.1)
    print(f"all {answered} answered after {time.perf_counter() - begun:.1f} s, {answered / (time.perf_counter() - begun):.0f} a second")
    server, script = processor_seconds(process.pid) - spent[0], own_seconds() - spent[1]
    print(f"processor time: server {server:.1f} s, {1000 * server / max(1, answered):.2f} ms a message; this script {script:.1f} s")
    process.send_signal(signal.SIGTERM)
    process.wait()
    shutil.rmtree(folder)
    return 1 if refused or answered < len(waits) else 0


sys.exit(asyncio.run(main()))
