#!/usr/bin/env python3
"""Lets the platforms' own Python libraries sign questions, and read the answers that Newsdesk sends.

    pip install slack_sdk line-bot-sdk pywa python-telegram-bot discord-interactions pynacl
    chat_sdks.py [--program .build/debug/newsdesk]

A question goes to each of five platforms' routes, signed or built by the platform's library, and once with a byte changed,
which must be refused. What Newsdesk then sends to the platforms' APIs, played here on loopback, is parsed and validated by
the libraries' own types. Ends with 1 where anything is not as they want it, and with 0 and a line where they are missing.
"""
import argparse, base64, datetime, hashlib, hmac, http.client, json, os, shutil, signal, socket, subprocess, sys, tempfile, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

try:
    import nacl.signing, telegram
    from discord_interactions import verify_key
    from linebot.v3.messaging import ReplyMessageRequest
    from linebot.v3.webhook import SignatureValidator
    from pywa.utils import webhook_updates_validator
    from slack_sdk.models.blocks import Block
    from slack_sdk.signature import SignatureVerifier
except ImportError as missing:
    print(f"newsdesk: not tried with the platforms' libraries: {missing}")
    sys.exit(0)

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/debug/newsdesk")
A = options.parse_args()
SECRET, QUESTION, ANSWER = "made-up-secret", "When did the Ethereum Merge happen?", "15 September 2022"
KEY = nacl.signing.SigningKey.generate()
NOW = str(int(time.time()))
calls, failures = [], 0


def check(name, ok, seen=None):
    global failures
    failures += not ok
    print(("ok    " if ok else "FAIL  ") + name + ("" if ok else f": {seen}"), flush=True)


class Platforms(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass

    def go(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        calls.append((self.path, self.headers, body))
        answer = json.dumps({"ok": True, "ts": "1.2", "id": "1", "result": {"message_id": 1}, "messages": [{"id": "wamid.1"}], "sentMessages": [{"id": "1"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = do_PATCH = go


def questions():
    """For each platform its path, headers and body, as its library signs or builds them."""
    ann = telegram.User(7, "Ann", False, language_code="en")
    message = telegram.Message(3, datetime.datetime.now(datetime.timezone.utc), telegram.Chat(7, "private"), from_user=ann, text=QUESTION)
    yield "telegram", "/webhooks/telegram", {"X-Telegram-Bot-Api-Secret-Token": SECRET}, telegram.Update(1, message=message).to_json().encode()

    body = json.dumps({"type": "event_callback", "event_id": "Ev1", "authorizations": [{"user_id": "UB"}],
                       "event": {"type": "app_mention", "user": "U1", "text": f"<@UB> {QUESTION}", "ts": "1.2", "channel": "C1"}})
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=NOW, body=body)
    yield "slack", "/webhooks/slack", {"Content-Type": "application/json", "X-Slack-Request-Timestamp": NOW, "X-Slack-Signature": signature}, body.encode()

    body = json.dumps({"type": 2, "id": "1", "application_id": "77", "token": "tok", "channel_id": "11", "user": {"id": "7"},
                       "data": {"name": "ask", "options": [{"type": 3, "name": "text", "value": QUESTION}]}}).encode()
    signature = KEY.sign(NOW.encode() + body).signature.hex()
    assert verify_key(body, signature, NOW, KEY.verify_key.encode().hex())
    yield "discord", "/webhooks/discord", {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": NOW}, body

    body = json.dumps({"destination": "U", "events": [{"type": "message", "mode": "active", "timestamp": 1, "webhookEventId": "01A", "replyToken": "rt",
                       "source": {"type": "user", "userId": "U7"}, "message": {"id": "5", "type": "text", "text": QUESTION}}]})
    signature = base64.b64encode(hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).digest()).decode()
    assert SignatureValidator(SECRET).validate(body, signature)
    yield "line", "/webhooks/line", {"X-Line-Signature": signature}, body.encode()

    body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "55"},
                       "messages": [{"from": "49171", "id": "wamid.q", "timestamp": NOW, "type": "text", "text": {"body": QUESTION}}]}}]}]}).encode()
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert webhook_updates_validator(SECRET, body, signature)
    yield "whatsapp", "/webhooks/meta", {"X-Hub-Signature-256": signature}, body


def read(platform, path, headers, body):
    """The text of an answer, after the library has read it."""
    if platform == "telegram":
        entities = telegram.MessageEntity.de_list(body.get("entities", []), None)
        message = telegram.Message(1, datetime.datetime.now(), telegram.Chat(body["chat_id"], "private"), text=body["text"], entities=entities)
        spans = message.parse_entities()
        check("telegram's entities lie on citations and sources", spans and all(text.startswith("[") for text in spans.values()), spans)
        telegram.InlineKeyboardMarkup.de_json(body["reply_markup"], None)
        return body["text"]
    if platform == "slack":
        for block in Block.parse_all(body["blocks"]): block.validate_json()
        check("slack's answer stands in a thread", body["thread_ts"] == "1.2" and headers["Authorization"] == "Bearer xoxb", body)
        return body["blocks"][0]["text"]["text"]
    if platform == "discord":
        check("discord's deferred message is replaced", path == "/discord/webhooks/77/tok/messages/@original", path)
        return body["content"]
    if platform == "line":
        request = ReplyMessageRequest.from_dict(body)
        check("line's reply is as its library writes it", json.loads(request.to_json())["replyToken"] == "rt", body)
        return request.messages[0].text
    check("whatsapp's answer is for the number that asked", body["to"] == "49171" and body["context"] == {"message_id": "wamid.q"}, body)
    return body["interactive"]["body"]["text"] if body["type"] == "interactive" else body["text"]["body"]


def main():
    platforms = ThreadingHTTPServer(("127.0.0.1", 0), Platforms)
    threading.Thread(target=platforms.serve_forever, daemon=True).start()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    at, folder = f"http://127.0.0.1:{platforms.server_port}", tempfile.mkdtemp(prefix="newsdesk-sdks-")
    environment = dict(
        os.environ, NEWSDESK_DATA_DIR=folder, NEWSDESK_PROMPTS_DIR="prompts", NEWSDESK_SERVER_PORT=str(port),
        NEWSDESK_TELEGRAM_SECRET=SECRET, NEWSDESK_TELEGRAM_BOT_NAME="NewsBot", NEWSDESK_TELEGRAM_TOKEN="1:x", NEWSDESK_TELEGRAM_API_URL=at + "/telegram",
        NEWSDESK_SLACK_SIGNING_SECRET=SECRET, NEWSDESK_SLACK_TOKEN="xoxb", NEWSDESK_SLACK_API_URL=at + "/slack",
        NEWSDESK_DISCORD_PUBLIC_KEY=KEY.verify_key.encode().hex(), NEWSDESK_DISCORD_API_URL=at + "/discord",
        NEWSDESK_LINE_SECRET=SECRET, NEWSDESK_LINE_TOKEN="lt", NEWSDESK_LINE_API_URL=at + "/line",
        NEWSDESK_META_APP_SECRET=SECRET, NEWSDESK_META_VERIFY_TOKEN="v", NEWSDESK_META_WHATSAPP_TOKEN="wt", NEWSDESK_META_API_URL=at + "/whatsapp")
    subprocess.run([A.program, "ingest", "seeds"], env=environment, check=True, capture_output=True)
    server = subprocess.Popen([A.program, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def deliver(path, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", path, body, headers)
        return connection.getresponse().status

    try:
        for _ in range(600):
            try: deliver("/healthz", {}, b""); break
            except OSError: time.sleep(0.1)
        for platform, path, headers, body in questions():
            if platform != "telegram":  # whose secret says nothing of the body
                check(f"{platform}: a changed byte is refused", deliver(path, headers, body.replace(b"Merge", b"Surge")) == 401)
            check(f"{platform}: the question is taken", deliver(path, headers, body) == 200)
            end, answer = time.time() + 20, None
            while not answer and time.time() < end:
                time.sleep(0.05)
                answer = next((call for call in list(calls) if call[0].startswith("/" + platform) and ANSWER in json.dumps(call[2])), None)
            check(f"{platform}: it is answered", answer is not None, [call[0] for call in calls])
            if answer: check(f"{platform}: the library reads the answer", ANSWER in read(platform, *answer))
            if answer: check(f"{platform}: what may be asked next is offered", "ask:en:" in json.dumps(answer[2]), answer[2])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        shutil.rmtree(folder)
    sys.exit(1 if failures else 0)


main()
