#!/usr/bin/env python3
"""The fault matrix: every wire format, every way in which a provider fails, one question each.

    model_faults.py [--program .build/debug/newsdesk] [--formats openai,gemini] [--faults cut,stall] [--asks 1] [--quiet]

Starts `newsdesk serve` over real sockets with two providers a case, the first of which has the fault, the second of which is
well. A case is a conversation on a plan of its own, so that all run at once without touching each other. It holds when the
answer is right, cited and within its deadline, comes from the provider it should, and when class, breaker and spend of the
faulty one are as expected. With more asks the breaker must have opened in the end. Ends with 1 where a case does not hold.
"""
import argparse, concurrent.futures, http.client, json, os, random, re, shutil, signal, subprocess, sys, tempfile, time
import model_peer
from model_peer import COMPLETION_TOKENS, PROMPT_TOKENS

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/debug/newsdesk")
options.add_argument("--formats", default="")
options.add_argument("--faults", default="")
options.add_argument("--asks", type=int, default=1)
options.add_argument("--threads", type=int, default=12)
options.add_argument("--quiet", action="store_true", help="print only what does not hold, and the sum")
A = options.parse_args()
DEADLINE, FIRST, IDLE, CONNECT = 20.0, 2.5, 2.5, 1.5
NEXT, SELF, EXTRACT = "spare", "faulty", "extract"
TOLD = PROMPT_TOKENS * 1.0 / 1e6 + COMPLETION_TOKENS * 2.0 / 1e6

# fault: who answers, the class of the first attempt, the breaker afterwards, whether the first attempt is paid
CASES = {
    "none": (SELF, "answered", "closed", "told"), "no-usage": (SELF, "answered", "closed", "some"),
    "odd-type": (SELF, "answered", "closed", "told"), "truncated": (SELF, "answered", "closed", "told"),
    "drip": (SELF, "answered", "closed", "told"),
    "refuse": (NEXT, "unreachable", "closed", "none"), "dns": (NEXT, "unreachable", "closed", "none"),
    "tls": (NEXT, "unreachable", "closed", "none"), "slow-connect": (NEXT, "slow", "closed", "none"),
    "status-400": (EXTRACT, "invalid", "closed", "none"), "status-401": (NEXT, "rejected", "open", "none"),
    "status-403": (NEXT, "rejected", "open", "none"), "status-404": (NEXT, "rejected", "open", "none"),
    "status-408": (NEXT, "overloaded", "closed", "none"), "status-409": (NEXT, "overloaded", "closed", "none"),
    "status-413": (EXTRACT, "too_long", "closed", "none"), "status-429": (NEXT, "limited", "open", "none"),
    "status-429-wait": (NEXT, "limited", "open", "none"), "status-500": (NEXT, "overloaded", "closed", "none"),
    "status-502": (NEXT, "overloaded", "closed", "none"), "status-503": (NEXT, "overloaded", "closed", "none"),
    "status-503-wait": (NEXT, "overloaded", "closed", "none"), "status-529": (NEXT, "overloaded", "closed", "none"),
    "quota": (NEXT, "exhausted", "open", "none"), "context": (EXTRACT, "too_long", "closed", "none"),
    "policy": (NEXT, "filtered", "closed", "none"), "withheld": (NEXT, "filtered", "closed", "told"),
    "slow-first-byte": (NEXT, "slow", "closed", "some"), "keep-alive": (NEXT, "slow", "closed", "some"),
    "stall": (NEXT, "slow", "closed", "some"), "cut": (NEXT, "cut", "closed", "some"),
    "reset": (NEXT, "cut", "closed", "some"), "ends-early": (NEXT, "cut", "closed", "some"),
    "garbled": (NEXT, "malformed", "closed", "some"), "error-inside": (NEXT, "overloaded", "closed", "some"),
    "half-json": (NEXT, "malformed", "closed", "some"), "page": (NEXT, "malformed", "closed", "some"),
    "odd-page": (NEXT, "malformed", "closed", "some"), "no-body": (NEXT, "malformed", "closed", "some"),
    "empty": (NEXT, "malformed", "closed", "told"), "endless": (NEXT, "malformed", "closed", "some"),
    # The writing is checked after the model: the attempt itself is a success.
    "no-citation": (SELF + " or " + EXTRACT, "answered", "closed", "told"),
    "wrong-citation": (SELF + " or " + EXTRACT, "answered", "closed", "told"),
    "invented": (EXTRACT, "answered", "closed", "told"), "wrong-language": (EXTRACT, "answered", "closed", "told"),
}
TRANSIENT = {"unreachable", "slow", "overloaded", "cut", "malformed"}
# What a protocol has no words for.
ABSENT = {("ollama", "withheld"), ("ollama", "policy"), ("anthropic", "policy"), ("bedrock", "policy")}

R = random.Random(5)
MONTHS = "January February March April May June July August September October November December".split()


def new_name(known=set()):
    while True:
        name = "".join(R.choice("bdfgklmnprstvz") + R.choice("aeiou") for _ in range(4)).capitalize()
        if name not in known:
            known.add(name)
            return name


def question(name): return f"When did the {name} bridge open?"


def url(form, fault, port, blocked):
    base = f"http://127.0.0.1:{port}/{fault}"
    return {"refuse": f"http://127.0.0.1:{model_peer.closed_port()}", "dns": "http://nobody.invalid", "tls": f"https://127.0.0.1:{port}",
            "slow-connect": f"http://127.0.0.1:{blocked}"}.get(fault, base) + form.path


def settings(form, cases, port, blocked):
    lines = [f"llm: {{timeout: {DEADLINE}, first_token_timeout: {FIRST}, idle_timeout: {IDLE}, connect_timeout: {CONNECT}}}", "providers:"]
    for fault in cases:
        for role, base in [("faulty", url(form, fault, port, blocked)), ("spare", url(form, "none", port, blocked))]:
            lines.append(f"  - {{name: {fault}-{role}, vendor: {role}, format: {form.name}, base_url: \"{base}\", model: \"v.m-1:0\", "
                         f"key_env: PEER_KEY, price: {{input: 1, output: 2}}, region: eu}}")
    lines.append("routes:")
    lines += [f"  - {{plans: [{fault}], levels: [[{fault}-faulty], [{fault}-spare]]}}" for fault in cases]
    lines.append("conversations:")
    lines += [f"  - {{match: \"api:{fault}\", plan: {fault}, allowed_regions: [eu]}}" for fault in cases]
    return "\n".join(lines) + "\n"


class Server:
    def __init__(self, folder, config):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSDESK_") and not k.lower().endswith("_proxy")}
        environment["PEER_KEY"] = "made-up-key"
        self.log = open(folder + "/log", "ab+")
        self.process = subprocess.Popen([A.program, "serve", "--port", "0", "--data-dir", folder, "--config", config, "--log-level", "notice"],
                                        stdout=self.log, stderr=self.log, env=environment)
        self.start = os.path.getsize(folder + "/log")
        for _ in range(600):
            self.log.seek(self.start)
            if found := re.search(rb"ready on http://127.0.0.1:(\d+)", self.log.read()):
                self.port = int(found[1])
                return
            if self.process.poll() is not None: break
            time.sleep(0.1)
        self.log.seek(self.start)
        sys.exit("newsdesk serve does not start: " + self.log.read().decode())

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE + 30)
        connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        response = connection.getresponse()
        data = response.read().decode()
        connection.close()
        if response.status != 200: raise RuntimeError(f"{method} {path}: {response.status} {data}")
        return data

    def metrics(self):
        found = {}
        for line in self.call("GET", "/metrics").splitlines():
            if match := re.fullmatch(r'(\w+)\{(.*)\} (\S+)', line):
                labels = dict(re.findall(r'(\w+)="([^"]*)"', match[2]))
                found[match[1], labels.get("provider"), labels.get("outcome") or labels.get("state") or labels.get("kind")] = float(match[3])
        return found

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.seek(self.start)
        return self.log.read().decode(errors="replace")


def check(form, fault, replies, facts, metrics):
    """What does not hold of a case; and its line of the table."""
    who, label, breaker, paid = CASES[fault]
    # Gemini blocks a prompt under a status of success, after it has read it.
    if form.name == "gemini" and fault == "policy": paid = "some"
    faults, seen = [], None
    for name, reply in replies:
        engine = reply["engine"]
        seen = seen or (SELF if engine.endswith("faulty") else NEXT if engine.endswith("spare") else EXTRACT)
        date = re.search(r"\d+ \w+ \d{4}", facts[name])[0]
        if reply["status"] != "answered" or date not in reply["answer"]: faults.append(f"wrong answer: {reply['answer']!r}")
        if not reply["citations"]: faults.append("no citation")
        if reply["took_ms"] > DEADLINE * 1000 + 100: faults.append(f"took {reply['took_ms']:.0f} ms")
    provider = f"{fault}-faulty"
    outcomes = {key[2]: int(value) for key, value in metrics.items() if key[:2] == ("newsdesk_provider_attempts_total", provider)}
    state = next((key[2] for key, value in metrics.items() if key[:2] == ("newsdesk_provider_breaker", provider) and value), "?")
    cost = metrics.get(("newsdesk_provider_cost_total", provider, None), 0)
    spare = metrics.get(("newsdesk_provider_cost_total", f"{fault}-spare", None), 0)
    tries = sum(outcomes.values())
    if seen not in who: faults.append(f"answered by {seen}, not {who}")
    if set(outcomes) - {label}: faults.append(f"class {outcomes}, not {label}")
    # Of many asks the slowest may end after the breaker's time is over, or a rate limit's.
    expected = {breaker} if A.asks == 1 else {"open", "half_open"} if A.asks >= 6 and label in TRANSIENT else {breaker, "closed"}
    if state not in expected: faults.append(f"breaker {state}, not {' or '.join(expected)}")
    if tries > 5 and label != "answered" and label in TRANSIENT: faults.append(f"asked {tries} times")
    if paid == "none" and cost: faults.append(f"spent {cost}")
    if paid == "some" and not 0 < cost < 0.02 * tries: faults.append(f"spent {cost}")
    if paid == "told" and abs(cost - TOLD * tries) > 1e-9: faults.append(f"spent {cost}, not {TOLD * tries}")
    if seen == NEXT and A.asks == 1 and abs(spare - TOLD) > 1e-9: faults.append(f"the spare spent {spare}, not {TOLD}")
    took = max(reply["took_ms"] for _, reply in replies)
    return faults, f"{label:12} {state:9} {seen:8} {took:7.0f} ms {cost:11.6f} {spare:9.6f}"


def main():
    forms = [form for form in model_peer.FORMATS if not A.formats or form.name in A.formats.split(",")]
    faults = [fault for fault in CASES if not A.faults or fault in A.faults.split(",")]
    facts, subjects = {}, {}
    for form in forms:
        for fault in faults:
            for ask in range(A.asks):
                name = new_name()
                facts[name] = f"The {name} bridge opened on {R.randint(1, 28)} {R.choice(MONTHS)} {R.randint(1990, 2024)}."
                subjects[form.name, fault, ask] = name
    folder = tempfile.mkdtemp(prefix="newsdesk-faults-")
    failures, count, begin = 0, 0, time.time()
    peer = model_peer.Peer({question(name): fact for name, fact in facts.items()})
    blocked, keep = model_peer.blocked_port()
    try:
        with open(folder + "/articles.jsonl", "w") as file:
            for name, fact in facts.items():
                file.write(json.dumps({"id": name, "title": f"The {name} bridge is open", "source": "Harbour Wire", "published_at": "2025-01-02",
                                       "url": f"https://example.org/{name}", "text": f"{fact} It joins both banks of the {name} river, and ferries no longer run there."}) + "\n")
        open(folder + "/empty.yaml", "w").close()
        subprocess.run([A.program, "ingest", folder + "/articles.jsonl", "--data-dir", folder, "--config", folder + "/empty.yaml"], check=True,
                       stdout=subprocess.DEVNULL)
        for form in forms:
            cases = [fault for fault in faults if (form.name, fault) not in ABSENT]
            with open(folder + "/newsdesk.yaml", "w") as file: file.write(settings(form, cases, peer.port, blocked))
            server = Server(folder, folder + "/newsdesk.yaml")

            def ask(fault):
                replies = []
                for number in range(A.asks):
                    name = subjects[form.name, fault, number]
                    replies.append((name, json.loads(server.call(
                        "POST", "/v1/ask", {"question": question(name), "conversation": fault}))))
                return fault, replies

            with concurrent.futures.ThreadPoolExecutor(A.threads) as pool: answers = dict(pool.map(ask, cases))
            metrics = server.metrics()
            log = server.end()
            if not A.quiet:
                print(f"\n{form.name}\n  {'fault':16} {'class':12} {'breaker':9} {'answer':8} {'took':>10} {'spent':>11} {'spare':>9}")
            for fault in cases:
                broken, line = check(form, fault, answers[fault], facts, metrics)
                count += 1
                failures += bool(broken)
                if broken or not A.quiet: print(f"  {form.name + ' ' if A.quiet else ''}{fault:16} {line}" + ("  FAILS: " + "; ".join(broken) if broken else ""))
            if "made-up-key" in log or "made-up-key" in json.dumps(answers):
                failures += 1
                print(f"  {form.name}: FAILS: the key stands in a log or an answer")
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for socket in keep: socket.close()
    print(f"newsdesk: {count - failures} of {count} faults of providers hidden in {time.time() - begin:.0f} s")
    sys.exit(1 if failures else 0)


main()
