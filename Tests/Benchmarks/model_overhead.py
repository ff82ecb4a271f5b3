#!/usr/bin/env python3
"""What asking a model costs a question beyond the model's own time, and what dead providers cost it.

    model_overhead.py [--program .build/release/newsdesk] [--questions 400] [--litellm URL --litellm-key KEY]

Serves made-up articles beside a provider on loopback (Tests/Peers/model_peer.py) and asks the same kind of question many
times, one after the other, of four servers in turn: without a model, with one that is well, with a dead one before it once its
breaker is open, and with all dead. After each question the very prompt that it came to is sent by hand, and by way of LiteLLM.
The connector's part, to the first word and in all, is what the server measures from a prompt on less what the exchange takes by
hand; the stage `model` of an answer is longer, for the prompt is written and each sentence is checked in it too.
"""
import argparse, http.client, json, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, time
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Peers"))
import model_peer

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/release/newsdesk")
options.add_argument("--questions", type=int, default=400)
options.add_argument("--litellm", help="the port of a LiteLLM proxy to measure beside it, before the peer on --peer-port", type=int)
options.add_argument("--litellm-key", default="")
options.add_argument("--peer-port", type=int, default=0)
A = options.parse_args()
R = random.Random(3)


def question(name): return f"When did the {name} bridge open?"


def quantiles(times):
    times = sorted(times)
    return times[len(times) // 2], times[int(len(times) * 0.99)]


class Exchange:
    """Streamed answers asked for by hand over one connection, and the times to their first and last bytes."""

    def __init__(self, port, path, key=""):
        self.connection, self.path, self.first, self.whole = http.client.HTTPConnection("127.0.0.1", port), path, [], []
        self.headers = {"Content-Type": "application/json", "Authorization": "Bearer " + key}

    def ask(self, body, counts):
        begin = time.perf_counter()
        self.connection.request("POST", self.path, body, self.headers)
        response = self.connection.getresponse()
        response.read(1)
        first = time.perf_counter()
        response.read()
        if response.status != 200: sys.exit(f"overhead: {self.path} answers {response.status}")
        if counts:
            self.first.append(1000 * (first - begin))
            self.whole.append(1000 * (time.perf_counter() - begin))

    def medians(self): return quantiles(self.first)[0], quantiles(self.whole)[0]


class Server:
    """A server with some providers, and what its answers took."""

    def __init__(self, folder, name, providers):
        config, log = f"{folder}/{name}.yaml", open(f"{folder}/{name}.log", "wb+")
        with open(config, "w") as file:
            file.write("llm: {connect_timeout: 2, first_token_timeout: 2}\n" + providers)
        self.process = subprocess.Popen(
            [A.program, "serve", "--port", "0", "--data-dir", folder, "--config", config, "--log-level", "error"], stdout=log, stderr=log)
        while True:
            time.sleep(0.1)
            log.seek(0)
            if found := re.search(rb"ready on http://127.0.0.1:(\d+)", log.read()): break
            if self.process.poll() is not None: sys.exit("newsdesk serve does not start; see " + folder)
        self.connection = http.client.HTTPConnection("127.0.0.1", int(found[1]))
        self.took, self.stage, self.first, self.whole, self.engines, self.memory = [], [], [], [], {}, 0
        self.measured = 0.0, 0.0

    def ask(self, name, counts):
        self.connection.request(
            "POST", "/v1/ask", json.dumps({"question": question(name), "why": True}), {"Content-Type": "application/json"})
        reply = json.loads(self.connection.getresponse().read())
        before, self.measured = self.measured, self.exchanges()
        if not counts: return
        for times, now, then in zip((self.first, self.whole), self.measured, before): times.append(1000 * (now - then))
        self.engines[reply["engine"]] = self.engines.get(reply["engine"], 0) + 1
        self.took.append(reply["took_ms"])
        part = re.search(r"took: .*\bmodel ([\d.]+) ms", "\n".join(reply["why"]))
        self.stage.append(float(part[1]) if part else 0)

    def exchanges(self):
        """The seconds that all first words and all answers of the provider that is well have taken by now."""
        self.connection.request("GET", "/metrics")
        metrics = self.connection.getresponse().read().decode()
        return tuple(sum(float(value) for value in re.findall(name + r'_seconds_sum\{provider="well"\} (\S+)', metrics))
                     for name in ("first_token", "answer"))

    def stop(self):
        self.memory = int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.process.pid}/status").read())[1]) // 1024
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


names = ["".join(R.choice("bdfgklmnprstvz") + R.choice("aeiou") for _ in range(4)).capitalize() for _ in range(A.questions + 20)]
facts = {name: f"The {name} bridge opened on {R.randint(1, 28)} May {R.randint(1990, 2024)}." for name in names}
folder = tempfile.mkdtemp(prefix="newsdesk-overhead-")
try:
    peer = model_peer.Peer({question(name): fact for name, fact in facts.items()}, A.peer_port)
    with open(folder + "/articles.jsonl", "w") as file:
        for name, fact in facts.items():
            file.write(json.dumps({"id": name, "title": f"The {name} bridge is open", "source": "Harbour Wire", "published_at": "2025-01-02",
                                   "text": f"{fact} It joins both banks of the {name} river."}) + "\n")
    open(folder + "/newsdesk.yaml", "w").close()
    subprocess.run([A.program, "ingest", folder + "/articles.jsonl", "--data-dir", folder, "--config", folder + "/newsdesk.yaml"], check=True, stdout=subprocess.DEVNULL)
    well = f"  - {{name: well, base_url: \"http://127.0.0.1:{peer.port}/none/v1\", model: m}}\n"
    dead = [f"  - {{name: dead-{n}, vendor: dead, base_url: \"http://127.0.0.1:{model_peer.closed_port()}/v1\", model: m}}\n" for n in range(2)]
    by_hand = Exchange(peer.port, "/none/v1/chat/completions")
    litellm = Exchange(A.litellm, "/v1/chat/completions", A.litellm_key) if A.litellm else None
    rows = {title: Server(folder, name, providers) for title, name, providers in [
        ("no model", "none", ""), ("one that is well", "well", "providers:\n" + well),
        ("a dead one before it", "one", "providers:\n" + dead[0] + well + "routes:\n  - levels: [[dead-0], [well]]\n"),
        ("all dead", "dead", "providers:\n" + "".join(dead))]}
    # In turn, so that whatever else the machine does falls on all alike; the first open breakers and connections.
    order = list(rows.values())
    for number in range(A.questions + 20):
        R.shuffle(order)
        for server in order:
            server.ask(names[number % len(names)], number >= 20)
            if server is rows["one that is well"]:
                prompt = peer.body
                for other in [by_hand, litellm]:
                    if other: other.ask(prompt, number >= 20)
    for server in order: server.stop()
    print(f"{'':22} {'p50':>8} {'p99':>8} {'model p50':>10} {'model p99':>10} {'memory':>8}")
    for title, server in rows.items():
        (p50, p99), (m50, m99) = quantiles(server.took), quantiles(server.stage)
        print(f"{title:22} {p50:5.2f} ms {p99:5.2f} ms {m50:7.2f} ms {m99:7.2f} ms {server.memory:5} MB  {server.engines}")
    by_hand = by_hand.medians()
    print(f"the exchange by hand: first byte {by_hand[0]:.2f} ms, whole {by_hand[1]:.2f} ms")
    well, one, none, dead = (rows[title] for title in ("one that is well", "a dead one before it", "no model", "all dead"))
    print(f"the connector, in the middle: {quantiles(well.first)[0] - by_hand[0]:+.2f} ms to the first word, "
          f"{quantiles(well.whole)[0] - by_hand[1]:+.2f} ms in all; "
          f"with writing the prompt and checking the answer {quantiles(well.stage)[0] - by_hand[1]:+.2f} ms")
    print(f"a dead one costs {quantiles(one.took)[1] - quantiles(well.took)[1]:+.2f} ms at p99, "
          f"all dead {quantiles(dead.took)[1] - quantiles(none.took)[1]:+.2f} ms, "
          f"of which {quantiles(dead.stage)[1]:.2f} ms are the stage that finds nobody to ask")
    if litellm:
        first, whole = litellm.medians()
        print(f"LiteLLM's part: {first - by_hand[0]:+.2f} ms to the first byte, {whole - by_hand[1]:+.2f} ms in all")
finally:
    shutil.rmtree(folder, ignore_errors=True)
