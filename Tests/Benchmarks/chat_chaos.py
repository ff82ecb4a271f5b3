#!/usr/bin/env python3
"""Chaos: asks a server over six chat platforms while it is killed and while the platforms fail, and counts the answers.

    chat_chaos.py [--messages 2000] [--kills 20] [--seed 1] [--log-level error] [--program .build/release/newsdesk]

One process plays all platforms on loopback. It delivers signed messages in each platform's form, some of them twice or
once more after they were acknowledged, and again until they are acknowledged. What the server sends, it answers now and
then with 429 and a time to wait, with 500, by hanging up before it takes the message, or by hanging up after it took it.
Meanwhile the server is ended with kill -9 and started again.

It then says for each platform how many messages were answered, how many more than once, and whether the answers of each
chat came in the order of its questions. Where the platform knows a repetition (Discord replaces the deferred message,
LINE has reply tokens and retry keys, Matrix transactions), an answer that is shown twice is a failure. Elsewhere it is one
only if the server was neither killed nor left without an answer meanwhile. Nothing that anybody wrote or was told may stand
in the log, at whatever level. Ends with 1 where anything failed.
"""
import argparse, base64, collections, hashlib, hmac, http.client, json, os, random, re, shutil, signal
import subprocess, sys, tempfile, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--messages", type=int, default=2000)
options.add_argument("--kills", type=int, default=20)
options.add_argument("--seed", type=int, default=1)
options.add_argument("--chats", type=int, default=60)
options.add_argument("--faults", type=float, default=0.1, help="the share of outbound calls that fail")
options.add_argument("--seconds", type=float, default=1800, help="how long to wait for the last answer")
options.add_argument("--log-level", default="error")
options.add_argument("--program", default=".build/release/newsdesk")
A = options.parse_args()
R = random.Random(A.seed)
PLATFORMS = ["telegram", "slack", "discord", "line", "whatsapp", "matrix"]
SECRET, KEYED = "made-up-secret", {"discord", "line", "matrix"}


class Ed25519:
    """Signing by RFC 8032, section 5.1, with points in extended coordinates."""
    P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
    D = -121665 * pow(121666, P - 2, P) % P

    def __init__(self, seed):
        y = 4 * pow(5, self.P - 2, self.P) % self.P
        square = (y * y - 1) * pow(self.D * y * y + 1, self.P - 2, self.P) % self.P
        x = pow(square, (self.P + 3) // 8, self.P)
        if (x * x - square) % self.P:
            x = x * pow(2, (self.P - 1) // 4, self.P) % self.P
        x = self.P - x if x & 1 else x
        self.base = (x, y, 1, x * y % self.P)
        digest = hashlib.sha512(seed).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
        self.prefix = digest[32:]
        self.public = self.packed(self.times(self.scalar))

    def add(self, a, b):
        p = self.P
        A, B = (a[1] - a[0]) * (b[1] - b[0]) % p, (a[1] + a[0]) * (b[1] + b[0]) % p
        C, D = 2 * a[3] * b[3] * self.D % p, 2 * a[2] * b[2] % p
        E, F, G, H = B - A, D - C, D + C, B + A
        return (E * F % p, G * H % p, F * G % p, E * H % p)

    def times(self, n):
        sum, point = (0, 1, 1, 0), self.base
        while n:
            if n & 1:
                sum = self.add(sum, point)
            point, n = self.add(point, point), n >> 1
        return sum

    def packed(self, point):
        inverse = pow(point[2], self.P - 2, self.P)
        x, y = point[0] * inverse % self.P, point[1] * inverse % self.P
        return (y | (x & 1) << 255).to_bytes(32, "little")

    def sign(self, message):
        number = lambda *parts: int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % self.L
        r = number(self.prefix, message)
        point = self.packed(self.times(r))
        s = (r + number(point, self.public, message) * self.scalar) % self.L
        return point + s.to_bytes(32, "little")


KEY = Ed25519(hashlib.sha256(b"made-up").digest())
# Names that no stemmer and no mending of slips takes for each other.
NAMES = sorted({a + b + c for a in ("Kov", "Tal", "Bren", "Sor", "Mip") for b in ("ari", "endu", "oska", "ulti")
                for c in ("don", "feld", "gast", "zim")})
R.shuffle(NAMES)


class World:
    """What was asked, what was shown, and what went wrong on the way."""
    def __init__(self):
        self.lock = threading.Lock()
        self.shown = collections.defaultdict(list)     # (platform, chat) -> [(topic, kind)]
        self.acknowledged = collections.defaultdict(list)  # (platform, chat) -> topics in order
        self.blurred = collections.Counter()            # (platform, chat, topic): hung up after it was taken
        self.keys, self.tokens, self.originals, self.faults = {}, set(), {}, collections.Counter()
        self.calls = 0
        self.kills = []                                 # when the server was killed
        self.times = collections.defaultdict(list)      # (platform, chat, topic) -> when it was shown
        self.calm = False


W = World()


def topic_of(text):
    return next((name for name in NAMES if name in text), None)


class Platform(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass

    def out(self, status, value, **headers):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), str(text))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(2)

    def show(self, platform, chat, text, topic=None):
        topic = topic or topic_of(text)
        with W.lock:
            W.shown[platform, chat].append(topic or "?" + text[:60])
            W.times[platform, chat, topic].append(time.time())

    def go(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        parts = path.strip("/").split("/")
        with W.lock:
            W.calls += 1
            fault = R.random() < A.faults and not W.calm
            kind = R.choice(["slow", "fail", "before", "after"]) if fault else None
            W.faults[kind] += bool(kind)
        name = parts[0]
        if kind == "slow":
            wait = R.choice([1, 1, 2])
            if name == "telegram": return self.out(429, {"ok": False, "error_code": 429, "parameters": {"retry_after": wait}}, Retry_After=wait)
            if name == "whatsapp": return self.out(400, {"error": {"code": 130429}})
            if name == "matrix": return self.out(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": wait * 1000})
            if name == "discord": return self.out(429, {"retry_after": wait / 2, "global": False})
            return self.out(429, {"ok": False, "error": "ratelimited"}, Retry_After=wait)
        if kind == "fail": return self.out(500, {})
        if kind == "before": return self.hang_up()
        answer = getattr(self, name)(parts, body)
        if kind == "after":
            if answer[2]:
                with W.lock: W.blurred[answer[2]] += 1
            return self.hang_up()
        self.out(answer[0], answer[1])

    do_POST = do_PUT = do_PATCH = do_GET = go

    def telegram(self, parts, body):
        if parts[-1] != "sendMessage": return 200, {"ok": True, "result": True}, None
        chat = str(body["chat_id"])
        self.show("telegram", chat, body["text"])
        return 200, {"ok": True, "result": {"message_id": W.calls}}, ("telegram", chat, topic_of(body["text"]))

    def slack(self, parts, body):
        if parts[-1] != "chat.postMessage": return 200, {"ok": True}, None
        self.show("slack", body["channel"], body["text"])
        return 200, {"ok": True, "ts": f"{W.calls}.0"}, ("slack", body["channel"], topic_of(body["text"]))

    def whatsapp(self, parts, body):
        if body.get("status") == "read": return 200, {"success": True}, None
        text = body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]
        self.show("whatsapp", body["to"], text)
        return 200, {"messages": [{"id": f"wamid.{W.calls}"}]}, ("whatsapp", body["to"], topic_of(text))

    def discord(self, parts, body):
        token = parts[3] if len(parts) > 3 else ""
        if "webhooks" not in parts: return 200, {"id": "1"}, None
        chat = token.split(".")[0]
        original = self.command == "PATCH"
        with W.lock:
            isNew = not original or token not in W.originals
            W.originals[token] = body.get("content")
        if isNew: self.show("discord", chat, body.get("content", ""))
        return 200, {"id": f"{W.calls}"}, None

    def line(self, parts, body):
        if parts[-1] == "reply":
            token = body["replyToken"]
            with W.lock:
                used = token in W.tokens
                W.tokens.add(token)
            if used: return 400, {"message": "Invalid reply token"}, None
            chat = token.split(".")[0]
        elif parts[-1] == "push":
            key, chat = self.headers["X-Line-Retry-Key"], body["to"]
            with W.lock:
                used = key in W.keys
                W.keys[key] = True
            if used: return 409, {"message": "The retry key is already accepted"}, None
        else: return 202, {}, None
        self.show("line", chat, body["messages"][0]["text"])
        return 200, {"sentMessages": [{"id": str(W.calls)}]}, None

    def matrix(self, parts, body):
        if "send" not in parts: return 200, {}, None
        room, transaction = parts[parts.index("rooms") + 1], parts[-1]
        with W.lock:
            known = W.keys.get((room, transaction))
            W.keys[room, transaction] = known or f"$sent{W.calls}"
        if not known: self.show("matrix", room, body["body"])
        return 200, {"event_id": W.keys[room, transaction]}, None


def delivery(platform, chat, number, topic):
    """The request of a message: method, path, headers and body."""
    text = f"For how much was the lighthouse of {topic} sold?"
    now = str(int(time.time()))
    unique = f"{chat}.{number}"
    sign = lambda data: hmac.new(SECRET.encode(), data, hashlib.sha256)
    if platform == "telegram":
        body = {"update_id": int(chat) * 100000 + number, "message": {"message_id": number, "date": int(now), "chat": {"id": int(chat), "type": "private"},
                "from": {"id": int(chat), "is_bot": False}, "text": text}}
        return "POST", "/webhooks/telegram", {"X-Telegram-Bot-Api-Secret-Token": SECRET}, json.dumps(body).encode()
    if platform == "slack":
        body = json.dumps({"type": "event_callback", "event_id": "Ev" + unique, "authorizations": [{"user_id": "UBOT"}],
                           "event": {"type": "message", "channel_type": "im", "user": "U" + chat, "text": text, "ts": f"{now}.{number:06d}", "channel": "D" + chat}}).encode()
        return "POST", "/webhooks/slack", lambda: (lambda t: {"X-Slack-Request-Timestamp": t, "Content-Type": "application/json", "X-Slack-Signature": "v0=" + sign(b"v0:" + t.encode() + b":" + body).hexdigest()})(str(int(time.time()))), body
    if platform == "discord":
        body = json.dumps({"type": 2, "id": str(int(chat) * 100000 + number), "application_id": "77", "token": unique, "channel_id": chat, "user": {"id": "9" + chat},
                           "data": {"name": "ask", "options": [{"type": 3, "name": "text", "value": text}]}}).encode()
        return "POST", "/webhooks/discord", {"X-Signature-Timestamp": now, "X-Signature-Ed25519": KEY.sign(now.encode() + body).hex()}, body
    if platform == "line":
        body = json.dumps({"destination": "U", "events": [{"type": "message", "mode": "active", "timestamp": int(now) * 1000, "webhookEventId": "01" + unique, "replyToken": unique,
                           "source": {"type": "user", "userId": chat}, "message": {"id": unique, "type": "text", "text": text}}]}).encode()
        return "POST", "/webhooks/line", {"X-Line-Signature": base64.b64encode(sign(body).digest()).decode()}, body
    if platform == "whatsapp":
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "55"}, "contacts": [{"wa_id": chat}],
                           "messages": [{"from": chat, "id": "wamid." + unique, "timestamp": now, "type": "text", "text": {"body": text}}]}}]}]}).encode()
        return "POST", "/webhooks/meta", {"X-Hub-Signature-256": "sha256=" + sign(body).hexdigest()}, body
    body = {"events": [{"type": "m.room.message", "event_id": "$" + unique, "room_id": "!" + chat, "sender": "@ann:x", "origin_server_ts": int(now) * 1000,
                        "content": {"msgtype": "m.text", "body": text, "m.mentions": {"user_ids": ["@newsbot:x"]}}}]}
    return "PUT", f"/_matrix/app/v1/transactions/{unique}", {"Authorization": "Bearer " + SECRET}, json.dumps(body).encode()


def deliver(port, request):
    method, path, headers, body = request
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, body, headers() if callable(headers) else headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status
    except OSError:
        return 0
    except http.client.HTTPException:
        return 0


def talk(port, platform, chat, topics):
    """Asks a chat's questions one after the other, each until it is acknowledged, as the platform would."""
    shown_as = "D" + chat if platform == "slack" else "!" + chat if platform == "matrix" else chat
    earlier = []
    for number, topic in enumerate(topics):
        request, pause = delivery(platform, chat, number + 1, topic), 0.05
        while True:
            status = deliver(port, request)
            if 200 <= status < 300: break
            if status: print(f"chaos: {platform} was answered {status}", file=sys.stderr)
            time.sleep(pause)
            pause = min(pause * 2, 2)
        with W.lock: W.acknowledged[platform, shown_as].append(topic)
        earlier.append(request)
        if R.random() < 0.1: deliver(port, request)
        if R.random() < 0.05: deliver(port, R.choice(earlier))
        time.sleep(R.random() * A.spread)


class Server:
    def __init__(self, folder, port, platforms):
        self.port, self.log = port, open(folder + "/log", "ab")
        at = f"http://127.0.0.1:{platforms}"
        self.environment = dict(
            os.environ, NEWSDESK_DATA_DIR=folder, NEWSDESK_PROMPTS_DIR="prompts", NEWSDESK_SERVER_PORT=str(port), NEWSDESK_LOG_LEVEL=A.log_level,
            NEWSDESK_CHAT_PERSON_RATE="100000", NEWSDESK_CHAT_CHAT_RATE="100000",
            NEWSDESK_TELEGRAM_SECRET=SECRET, NEWSDESK_TELEGRAM_BOT_NAME="bot", NEWSDESK_TELEGRAM_TOKEN="1:x", NEWSDESK_TELEGRAM_API_URL=at + "/telegram",
            NEWSDESK_SLACK_SIGNING_SECRET=SECRET, NEWSDESK_SLACK_TOKEN="x", NEWSDESK_SLACK_API_URL=at + "/slack",
            NEWSDESK_DISCORD_PUBLIC_KEY=KEY.public.hex(), NEWSDESK_DISCORD_API_URL=at + "/discord",
            NEWSDESK_LINE_SECRET=SECRET, NEWSDESK_LINE_TOKEN="x", NEWSDESK_LINE_API_URL=at + "/line",
            NEWSDESK_META_APP_SECRET=SECRET, NEWSDESK_META_VERIFY_TOKEN="v", NEWSDESK_META_WHATSAPP_TOKEN="x", NEWSDESK_META_API_URL=at + "/whatsapp",
            NEWSDESK_MATRIX_HS_TOKEN=SECRET, NEWSDESK_MATRIX_AS_TOKEN="x", NEWSDESK_MATRIX_USER_ID="@newsbot:x", NEWSDESK_MATRIX_HOMESERVER=at + "/matrix")

    def run(self, *arguments):
        return subprocess.run([A.program, *arguments], env=self.environment, check=True, stdout=subprocess.DEVNULL, stderr=self.log)

    def start(self):
        self.process = subprocess.Popen([A.program, "serve"], env=self.environment, stdout=subprocess.DEVNULL, stderr=self.log)
        while deliver(self.port, ("GET", "/healthz", {}, b"")) != 200:
            if self.process.poll() is not None: sys.exit("chaos: the server does not start; see " + self.log.name)
            time.sleep(0.05)

    def kill(self):
        with W.lock: W.kills.append(time.time())
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def free_port():
    import socket
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def main():
    folder = tempfile.mkdtemp(prefix="newsdesk-chaos-")
    platforms = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    platforms.daemon_threads = True
    platforms.handle_error = lambda *_: None  # a killed server leaves its connections behind
    threading.Thread(target=platforms.serve_forever, daemon=True).start()
    server = Server(folder, free_port(), platforms.server_port)
    with open(folder + "/articles.jsonl", "w") as file:
        for number, name in enumerate(NAMES):
            file.write(json.dumps({"id": name, "title": f"The lighthouse of {name} is sold", "source": "Quay Times", "published_at": "2025-11-01T07:42:00Z",
                                   "text": f"The lighthouse of {name} was sold for {number + 2} million crowns. The new owner will open it to visitors."}) + "\n")
    server.run("ingest", folder + "/articles.jsonl")
    server.start()
    share = [A.messages // A.chats + (place < A.messages % A.chats) for place in range(A.chats)]
    if max(share) > len(NAMES): sys.exit(f"chaos: at most {len(NAMES)} messages a chat")
    # Long enough for every kill to find work.
    A.spread = 2 * max(1.0, 2.5 * A.kills) / max(share)
    threads = []
    start = time.time()
    for place, count in enumerate(share):
        platform = PLATFORMS[place % len(PLATFORMS)]
        threads.append(threading.Thread(target=talk, args=(server.port, platform, str(1000 + place), R.sample(NAMES, count)), daemon=True))
    for thread in threads: thread.start()
    for _ in range(A.kills):
        time.sleep(R.uniform(0.5, 3))
        server.kill()
        time.sleep(R.uniform(0, 0.5))
        server.start()
    for thread in threads: thread.join()
    asked = time.time() - start
    W.calm = True
    deadline = time.time() + A.seconds
    while time.time() < deadline:
        with W.lock:
            missing = sum(len(set(topics) - set(W.shown[place])) for place, topics in W.acknowledged.items())
        if not missing: break
        time.sleep(0.5)
    time.sleep(3)
    server.process.send_signal(signal.SIGTERM)
    try: graceful = server.process.wait(30) == 0
    except subprocess.TimeoutExpired: graceful = False; server.kill()

    failed = not graceful
    print(f"chaos: {A.messages} messages, {A.kills} kills, {W.calls} calls of which failed "
          + ", ".join(f"{count} {kind}" for kind, count in sorted(W.faults.items(), key=str) if kind)
          + f"; asked in {asked:.0f} s, done after {time.time() - start:.0f} s, graceful end: {graceful}")
    print(f"{'platform':10}{'asked':>7}{'answered':>10}{'lost':>6}{'doubled':>9}{'avoidable':>11}{'out of order':>14}{'strange':>9}")
    for platform in PLATFORMS:
        rows = [(place, topics) for place, topics in W.acknowledged.items() if place[0] == platform]
        asked = answered = doubled = avoidable = disorder = strange = 0
        for place, topics in rows:
            shown = W.shown[place]
            strange += sum(topic.startswith("?") for topic in shown)
            counts = collections.Counter(shown)
            asked += len(topics)
            answered += sum(counts[topic] > 0 for topic in topics)
            for topic in topics:
                more = counts[topic] - 1
                if more > 0:
                    doubled += more
                    # A kill excuses a repetition if the message was shown in the last moment before it.
                    times = W.times[(*place, topic)]
                    interrupted = sum(any(first - 0.1 <= kill <= min(first + 1, second) for kill in W.kills) for first, second in zip(times, times[1:]))
                    excused = 0 if platform in KEYED else W.blurred[(*place, topic)] + interrupted
                    avoidable += max(0, more - excused)
            first = list(dict.fromkeys(topic for topic in shown if topic in counts and not topic.startswith("?")))
            disorder += first != [topic for topic in topics if counts[topic]]
        failed |= answered != asked or avoidable > 0 or disorder > 0 or strange > 0
        print(f"{platform:10}{asked:7}{answered:10}{asked - answered:6}{doubled:9}{avoidable:11}{disorder:14}{strange:9}")
    with open(folder + "/log", errors="replace") as file: lines = file.readlines()
    told = [line for line in lines if "lighthouse" in line or topic_of(line)]
    print(f"the log has {len(lines)} lines at level {A.log_level}, of which {len(told)} tell what somebody wrote")
    failed |= bool(told)
    platforms.shutdown()
    if failed:
        print("chaos: FAILED; the archive is in " + folder)
        for place, shown in W.shown.items():
            for text in shown:
                if text.startswith("?"): print("  strange:", place, text)
    else: shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


main()
