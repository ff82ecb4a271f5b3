#!/usr/bin/env python3
"""Talks to Newsdesk through a real Synapse: Newsdesk is its application service, a person of it asks.

    matrix_synapse.py [--program .build/debug/newsdesk] [--folder FOLDER]

Synapse is installed from PyPI into an environment of its own in FOLDER (240 MB), and runs on loopback with a fresh
database. Where it cannot be installed the check says so in one line and ends with 0. The steps: a ping, an invitation that
is accepted, a question with a mention that is answered by a notice in a thread, a follow-up in the thread, silence towards
notices and towards people who do not speak to the bot, a changed question whose answer is changed, and a direct room. A second
person goes the same way with matrix-nio (matrix_nio.py), where it can be installed beside Synapse.
"""
import argparse, hashlib, hmac, json, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.parse, urllib.request

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/debug/newsdesk")
options.add_argument("--folder", default=str(pathlib.Path.home() / ".cache" / "newsdesk-peers" / "synapse"))
A = options.parse_args()
BOT, NAME, TOKENS = "@newsbot:localhost", "made-up", {"as": "made-up-as-token", "hs": "made-up-hs-token"}
QUESTION, ANSWER = "When did the Ethereum Merge happen?", "15 September 2022"
failures = 0


def check(name, ok, seen=None):
    global failures
    failures += not ok
    print(("ok    " if ok else "FAIL  ") + name + ("" if ok else f": {seen}"), flush=True)


def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def installed():
    python = pathlib.Path(A.folder) / "bin" / "python"
    if not (python.parent / "synapse_homeserver").exists():
        done = subprocess.run([sys.executable, "-m", "venv", A.folder], capture_output=True)
        if done.returncode == 0:
            done = subprocess.run([python, "-m", "pip", "install", "-q", "--no-input", "matrix-synapse"], capture_output=True)
        if done.returncode:
            print("newsdesk: not tried with Synapse, which cannot be installed here")
            sys.exit(0)
    return python


class Person:
    """Somebody with an account and a client."""
    def __init__(self, server):
        self.server, self.token, self.count = server, None, 0

    def call(self, method, path, body=None, token=None):
        request = urllib.request.Request(self.server + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        if token or self.token: request.add_header("Authorization", "Bearer " + (token or self.token))
        try:
            with urllib.request.urlopen(request, timeout=30) as response: return response.status, json.load(response)
        except urllib.error.HTTPError as error: return error.code, json.loads(error.read() or b"{}")

    def register(self, name):
        nonce = self.call("GET", "/_synapse/admin/v1/register")[1]["nonce"]
        mac = hmac.new(NAME.encode(), "\0".join([nonce, name, NAME, "notadmin"]).encode(), hashlib.sha1).hexdigest()
        return self.call("POST", "/_synapse/admin/v1/register", {"nonce": nonce, "username": name, "password": NAME, "admin": False, "mac": mac})[1]

    def log_in(self):
        account = self.register("ann")
        self.token = account.get("access_token")
        self.since = self.call("GET", "/_matrix/client/v3/sync?timeout=0")[1]["next_batch"]

    def say(self, room, content):
        self.count += 1
        path = f"/_matrix/client/v3/rooms/{urllib.parse.quote(room)}/send/m.room.message/t{self.count}"
        return self.call("PUT", path, {"msgtype": "m.text", **content})[1]["event_id"]

    def hear(self, room, wanted, seconds=20):
        """The first event of the bot in a room that is wanted; nil after a time."""
        end = time.time() + seconds
        while time.time() < end:
            sync = self.call("GET", f"/_matrix/client/v3/sync?timeout=1000&since={self.since}")[1]
            self.since = sync["next_batch"]
            joined = sync.get("rooms", {}).get("join", {}).get(room, {})
            for part in ("state", "timeline"):
                for event in joined.get(part, {}).get("events", []):
                    if event["sender"] == BOT and wanted(event): return event

    def room(self, **more):
        room = self.call("POST", "/_matrix/client/v3/createRoom", {"invite": [BOT], **more})[1]["room_id"]
        joined = self.hear(room, lambda event: event["type"] == "m.room.member" and event["content"]["membership"] == "join")
        return room, joined is not None


def configure(work, homeserver, service):
    (work / "registration.yaml").write_text(
        f"id: newsdesk\nurl: http://127.0.0.1:{service}\nas_token: {TOKENS['as']}\nhs_token: {TOKENS['hs']}\nsender_localpart: newsbot\nrate_limited: false\n"
        "namespaces: {users: [{exclusive: true, regex: '@newsbot:localhost'}], aliases: [], rooms: []}\n")
    fast = "{per_second: 1000, burst_count: 1000}"
    (work / "homeserver.yaml").write_text(f"""
server_name: localhost
report_stats: false
listeners: [{{port: {homeserver}, bind_addresses: [127.0.0.1], type: http, tls: false, resources: [{{names: [client]}}]}}]
database: {{name: sqlite3, args: {{database: {work}/homeserver.db}}}}
media_store_path: {work}/media
signing_key_path: {work}/signing.key
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
registration_shared_secret: {NAME}
macaroon_secret_key: {NAME}
form_secret: {NAME}
app_service_config_files: [{work}/registration.yaml]
rc_message: {fast}
rc_joins: {{local: {fast}, remote: {fast}}}
""")


def main():
    python = installed()
    work = pathlib.Path(tempfile.mkdtemp(prefix="newsdesk-synapse-"))
    homeserver, service = port(), port()
    configure(work, homeserver, service)
    subprocess.run([python.parent / "generate_signing_key", "-o", work / "signing.key"], check=True)
    environment = dict(os.environ, NEWSDESK_DATA_DIR=str(work / "data"), NEWSDESK_PROMPTS_DIR="prompts", NEWSDESK_SERVER_PORT=str(service),
                       NEWSDESK_MATRIX_HS_TOKEN=TOKENS["hs"], NEWSDESK_MATRIX_AS_TOKEN=TOKENS["as"], NEWSDESK_MATRIX_USER_ID=BOT,
                       NEWSDESK_MATRIX_HOMESERVER=f"http://127.0.0.1:{homeserver}")
    subprocess.run([A.program, "ingest", "seeds"], env=environment, check=True, capture_output=True)
    log = open(work / "log", "wb")
    running = [subprocess.Popen([A.program, "serve"], env=environment, stdout=log, stderr=log),
               subprocess.Popen([python, "-m", "synapse.app.homeserver", "-c", work / "homeserver.yaml"], cwd=work, stdout=log, stderr=log)]
    try:
        ann = Person(f"http://127.0.0.1:{homeserver}")
        for _ in range(600):
            try:
                if ann.call("GET", "/_matrix/client/versions")[0] == 200: break
            except OSError: time.sleep(0.2)
        ann.log_in()
        talk(ann)
        talk_with_nio(python, ann)
    finally:
        for process in running: process.send_signal(signal.SIGTERM)
        for process in running: process.wait()
    if failures: print(f"newsdesk: {failures} steps failed with Synapse; its files are in {work}")
    else: shutil.rmtree(work)
    sys.exit(1 if failures else 0)


def talk(ann):
    def is_answer(event): return event["type"] == "m.room.message"
    def relation(event): return event["content"].get("m.relates_to", {}) if event else {}

    status, _ = ann.call("POST", "/_matrix/client/v1/appservice/newsdesk/ping", {"transaction_id": "1"}, token=TOKENS["as"])
    check("the homeserver reaches the application service", status == 200, status)
    room, joined = ann.room(preset="private_chat")
    check("an invitation is accepted", joined)
    ann.say(room, {"body": "just talking"})
    ann.say(room, {"msgtype": "m.notice", "body": "I am a bot too"})
    check("those who do not speak to the bot are left alone", ann.hear(room, is_answer, 3) is None)
    root = ann.say(room, {"body": QUESTION, "m.mentions": {"user_ids": [BOT]}})
    first = ann.hear(room, is_answer)
    check("a question is answered by a notice", first and first["content"]["msgtype"] == "m.notice" and ANSWER in first["content"]["body"], first)
    check("in a thread that begins at it", relation(first).get("rel_type") == "m.thread" and relation(first).get("event_id") == root, first)
    thread = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}
    ann.say(room, {"body": "Tell me more", "m.relates_to": thread})
    more = ann.hear(room, is_answer)
    check("what is said in the thread is for the bot", relation(more).get("event_id") == root, more)
    changed = "Which countries does ChatGPT on Google Cloud cover?"
    ann.say(room, {"body": "* " + changed, "m.new_content": {"msgtype": "m.text", "body": changed, "m.mentions": {"user_ids": [BOT]}},
                   "m.relates_to": {"rel_type": "m.replace", "event_id": root}})
    edit = ann.hear(room, is_answer)
    check("a changed question changes its answer", relation(edit).get("rel_type") == "m.replace" and relation(edit).get("event_id") == (first or {}).get("event_id")
          and "Japan" in edit["content"]["m.new_content"]["body"], edit)
    direct, joined = ann.room(preset="trusted_private_chat", is_direct=True)
    check("a direct room is joined", joined)
    ann.say(direct, {"body": QUESTION})
    answer = ann.hear(direct, is_answer)
    check("and answered in without a mention, outside of threads", answer and ANSWER in answer["content"]["body"] and not relation(answer), answer)


def talk_with_nio(python, ann):
    global failures
    if subprocess.run([python, "-c", "import nio"], capture_output=True).returncode:
        if subprocess.run([python, "-m", "pip", "install", "-q", "--no-input", "matrix-nio"], capture_output=True).returncode:
            return print("newsdesk: not tried with matrix-nio, which cannot be installed here")
    ann.register("bob")
    script = pathlib.Path(__file__).with_name("matrix_nio.py")
    failures += subprocess.run([python, script, ann.server, "@bob:localhost", NAME, BOT, QUESTION, ANSWER]).returncode != 0


main()
