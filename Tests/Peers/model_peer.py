"""A server on loopback that speaks like seven kinds of model providers, and fails in every way that they do.

    GET-less: every request is a POST to  http://127.0.0.1:PORT/FAULT/…the provider's own path…

The first part of the path names the fault; `none` is a provider that is well. What it writes comes from `facts`: the first
question of them that stands in the prompt is answered by its sentence. Written from the providers' public documents.
"""
import asyncio, json, re, socket, struct, threading, time, zlib

PROMPT_TOKENS, COMPLETION_TOKENS = 120, 9


def text_of(value):
    """All texts of a request, whatever its form."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return "\n".join(text_of(part) for part in parts)


class Format:
    """How one provider writes; the pieces of a stream are bytes on the wire."""
    type = "text/event-stream"

    def sse(self, value, name=None):
        data = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return ((f"event: {name}\n" if name else "") + f"data: {data}\n\n").encode()

    def opening(self): return b""
    def idle(self): return b": still here\n\n"
    def garbled(self): return b'data: {"half\n\n'
    def inside(self, kind): return self.sse(self.error(503, kind))

    def error(self, status, kind):
        words = {"quota": ("insufficient_quota", "insufficient_quota", "You have no money left."),
                 "context": ("invalid_request_error", "context_length_exceeded", "Too many tokens."),
                 "policy": ("invalid_request_error", "content_filter", "Not this.")}
        type, code, message = words.get(kind, ("server_error" if status >= 500 else "invalid_request_error", None, f"status {status}"))
        if status == 429 and not kind: type = code = "rate_limit_exceeded"
        return {"error": {"type": type, "code": code, "message": message, "param": None}}

    def headers(self, status, kind): return []


class Chat(Format):
    name, path = "openai", "/v1"

    def chunk(self, delta, finish=None):
        return self.sse({"object": "chat.completion.chunk", "model": "peer", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def opening(self): return self.chunk({"role": "assistant", "content": ""})
    def delta(self, text): return self.chunk({"content": text})

    def closing(self, finish, usage):
        end = {"stop": "stop", "length": "length", "policy": "content_filter"}[finish]
        told = {"choices": [], "usage": {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": COMPLETION_TOKENS}}
        return self.chunk({}, end) + (self.sse(told) if usage else b"") + self.sse("[DONE]")


class Azure(Chat):
    name, path = "azure", ""


class Responses(Format):
    name, path = "openai-responses", "/v1"

    def event(self, type, **fields): return self.sse({"type": type, **fields}, type)
    def opening(self): return self.event("response.created", response={"status": "in_progress", "output": []})
    def delta(self, text): return self.event("response.output_text.delta", delta=text)
    def inside(self, kind): return self.event("error", code=kind or "server_error", message="no", param=None)

    def closing(self, finish, usage):
        response = {"status": "completed" if finish == "stop" else "incomplete", "model": "peer", "output": [],
                    "incomplete_details": None if finish == "stop" else {"reason": {"length": "max_output_tokens", "policy": "content_filter"}[finish]}}
        if usage: response["usage"] = {"input_tokens": PROMPT_TOKENS, "output_tokens": COMPLETION_TOKENS}
        return self.event("response." + response["status"], response=response)


class Anthropic(Format):
    name, path = "anthropic", ""

    def event(self, type, **fields): return self.sse({"type": type, **fields}, type)

    def opening(self):
        return self.event("message_start", message={"model": "peer", "content": [], "usage": {}}) + self.event("ping") \
            + self.event("content_block_start", index=0, content_block={"type": "text", "text": ""})

    def idle(self): return self.event("ping")
    def delta(self, text): return self.event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})
    def inside(self, kind): return self.sse(self.error(529, kind), "error")

    def error(self, status, kind):
        types = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
                 413: "request_too_large", 429: "rate_limit_error", 529: "overloaded_error"}
        message = {"quota": "Your credit balance is too low.", "context": "prompt is too long: 9 tokens > 8 maximum",
                   "policy": "Not this."}.get(kind, f"status {status}")
        return {"type": "error", "error": {"type": types.get(status, "api_error"), "message": message}}

    def closing(self, finish, usage):
        told = {"input_tokens": PROMPT_TOKENS, "output_tokens": COMPLETION_TOKENS} if usage else {}
        reason = {"stop": "end_turn", "length": "max_tokens", "policy": "refusal"}[finish]
        # The tokens of the prompt are told at the start by the provider; here in a second start that repeats it.
        again = self.event("message_start", message={"model": "peer", "content": [], "usage": told}) if usage else b""
        return again + self.event("content_block_stop", index=0) \
            + self.event("message_delta", delta={"stop_reason": reason}, usage={k: v for k, v in told.items() if k[0] == "o"}) + self.event("message_stop")


class Gemini(Format):
    name, path = "gemini", ""

    def delta(self, text): return self.sse({"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}]})

    def error(self, status, kind):
        words = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}
        message = "The input token count (9) exceeds the maximum number of tokens allowed (8)." if kind == "context" else f"status {status}"
        details = [{"violations": [{"quotaId": "RequestsPerDayPerProject"}]}] if kind == "quota" else []
        return {"error": {"code": status, "message": message, "status": words.get(status, "INTERNAL"), "details": details}}

    def closing(self, finish, usage):
        last = {"candidates": [{"content": {"parts": []}, "finishReason": {"stop": "STOP", "length": "MAX_TOKENS", "policy": "SAFETY"}[finish]}], "modelVersion": "peer"}
        if usage: last["usageMetadata"] = {"promptTokenCount": PROMPT_TOKENS, "candidatesTokenCount": COMPLETION_TOKENS}
        return self.sse(last)


class Ollama(Format):
    name, path, type = "ollama", "", "application/x-ndjson"

    def line(self, **fields): return (json.dumps({"model": "peer", **fields}) + "\n").encode()
    def idle(self): return b"\n"
    def garbled(self): return b'{"half\n'
    def delta(self, text): return self.line(message={"role": "assistant", "content": text}, done=False)
    def inside(self, kind): return self.line(error="model runner has stopped")

    def error(self, status, kind):
        return {"error": {"context": "the prompt exceeds the available context size", "quota": "insufficient credits"}.get(kind, f"status {status}")}

    def closing(self, finish, usage):
        told = {"prompt_eval_count": PROMPT_TOKENS, "eval_count": COMPLETION_TOKENS} if usage else {}
        return self.line(message={"content": ""}, done=True, done_reason="length" if finish == "length" else "stop", **told)


class Bedrock(Format):
    name, path, type = "bedrock", "", "application/vnd.amazon.eventstream"

    def frame(self, event, value, exception=False):
        def header(name, text): return bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(text)) + text.encode()
        kind = "exception" if exception else "event"
        head = header(f":{kind}-type", event) + header(":content-type", "application/json") + header(":message-type", kind)
        body = json.dumps(value).encode()
        start = struct.pack(">II", 16 + len(head) + len(body), len(head))
        message = start + struct.pack(">I", zlib.crc32(start)) + head + body
        return message + struct.pack(">I", zlib.crc32(message))

    def opening(self): return self.frame("messageStart", {"role": "assistant"})
    def idle(self): return self.opening()
    def garbled(self): return bytes(byte ^ (place == 60) for place, byte in enumerate(self.delta("half")))
    def delta(self, text): return self.frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": text}})
    def inside(self, kind): return self.frame("modelStreamErrorException", {"message": "no"}, exception=True)

    def error(self, status, kind):
        return {"message": "Input is too long for requested model." if kind == "context" else f"status {status}"}

    def headers(self, status, kind):
        names = {400: "ValidationException", 403: "AccessDeniedException", 404: "ResourceNotFoundException", 408: "ModelTimeoutException",
                 424: "ModelErrorException", 429: "ThrottlingException", 500: "InternalServerException", 503: "ServiceUnavailableException"}
        name = "ServiceQuotaExceededException" if kind == "quota" else names.get(status)
        return [("x-amzn-errortype", name + ":http://internal.example/")] if name else []

    def closing(self, finish, usage):
        reason = {"stop": "end_turn", "length": "max_tokens", "policy": "content_filtered"}[finish]
        told = {"usage": {"inputTokens": PROMPT_TOKENS, "outputTokens": COMPLETION_TOKENS}} if usage else {}
        return self.frame("contentBlockStop", {"contentBlockIndex": 0}) + self.frame("messageStop", {"stopReason": reason}) + self.frame("metadata", told)


FORMATS = [Chat(), Azure(), Responses(), Anthropic(), Gemini(), Ollama(), Bedrock()]


def format_of(path):
    ends = [("/responses", Responses), ("/v1/messages", Anthropic), (":streamGenerateContent", Gemini), ("/api/chat", Ollama), ("/converse-stream", Bedrock)]
    plain = path.split("?")[0]
    return next((kind() for end, kind in ends if plain.endswith(end)), Chat())


class Peer:
    """The server, on a thread of its own. `facts` maps questions to sentences; `asked` counts requests by path."""

    def __init__(self, facts, port=0):
        self.facts, self.port, self.asked, self.body, self.ready = facts, port, {}, b"", threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True).start()
        self.ready.wait(10)

    async def run(self):
        server = await asyncio.start_server(self.connection, "127.0.0.1", self.port, limit=1 << 24)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        async with server: await server.serve_forever()

    async def connection(self, reader, writer):
        try:
            while await self.exchange(reader, writer): pass
        except (asyncio.IncompleteReadError, ConnectionError, ValueError): pass
        finally: writer.close()

    async def exchange(self, reader, writer):
        # A handshake of TLS is not answered: there is none here.
        if (first := await reader.readexactly(1)) == b"\x16": return False
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = await reader.readexactly(int(fields.get("content-length", 0)))
        path = head[0].split(" ")[1]
        fault = path.split("/")[1]
        self.asked[fault] = self.asked.get(fault, 0) + 1
        self.body = body
        form, prompt = format_of(path), text_of(json.loads(body or b"{}"))
        fact = next((fact for question, fact in self.facts.items() if question in prompt), "The passages do not say.")
        numbers = re.findall(r'\b(?:n|number)="(\d+)"', prompt[:max(prompt.find(fact), 0)])
        cited = f" [{numbers[-1]}]" if numbers else " [1]"

        def start(status, type, length=None, more=()):
            fields = [("content-type", type), ("content-length", length) if length is not None else ("transfer-encoding", "chunked"), *more]
            writer.write(f"HTTP/1.1 {status} Peer\r\n".encode() + "".join(f"{k}: {v}\r\n" for k, v in fields).encode() + b"\r\n")

        def whole(status, type, data, more=()):
            start(status, type, len(data), more)
            writer.write(data)
            return True

        def refuse(status, kind="", more=()):
            return whole(status, "application/json", json.dumps(form.error(status, kind)).encode(), [*form.headers(status, kind), *more])

        if match := re.fullmatch(r"status-(\d+)(-wait)?", fault):
            return refuse(int(match[1]), more=[("retry-after", "33")] if match[2] else [])
        if fault in ("quota", "context", "policy"):
            if form.name == "gemini" and fault == "policy":
                return whole(200, "text/event-stream", form.sse({"promptFeedback": {"blockReason": "SAFETY"}}))
            return refuse(429 if fault == "quota" and form.name != "anthropic" else 400, fault)
        if fault == "slow-first-byte": await asyncio.sleep(60)
        if fault == "page": return whole(200, "text/html", b"<!doctype html><h1>Log in</h1>")
        if fault == "odd-page": return whole(200, "application/json", b"<html>Bad gateway</html>")
        if fault == "half-json": return whole(200, "application/json", b'{"half')
        if fault == "no-body": return whole(200, form.type, b"")

        words = {"no-citation": fact, "wrong-citation": fact + " [9]", "invented": re.sub(r"\d{4}", "1887", fact) + cited,
                 "wrong-language": "Die Brücke wurde nach langer Bauzeit feierlich dem Verkehr übergeben, wie die Stadt mitteilte." + cited}
        text = words.get(fault, fact + cited)
        pieces = [] if fault == "empty" else re.findall(r"\S+\s*", text)
        start(200, "text/plain" if fault == "odd-type" else form.type)

        async def send(data, pause=0.0):
            if data: writer.write(b"%x\r\n" % len(data) + data + b"\r\n")
            await writer.drain()
            if pause: await asyncio.sleep(pause)

        await send(form.opening())
        while fault == "keep-alive": await send(form.idle(), 0.2)
        while fault == "endless": await send(form.delta("again and "), 0.001)
        for place, piece in enumerate(pieces):
            if place == 2:
                if fault == "stall": await asyncio.sleep(60)
                if fault == "drip": await asyncio.sleep(0.05)
                if fault == "cut": return False
                if fault == "reset":
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    writer.transport.abort()
                    return False
                if fault == "ends-early": break
                if fault == "garbled": await send(form.garbled())
                if fault == "error-inside":
                    await send(form.inside(""))
                    break
            await send(form.delta(piece))
        if fault not in ("ends-early", "error-inside"):
            finish = {"withheld": "policy", "truncated": "length"}.get(fault, "stop")
            await send(form.closing(finish, fault != "no-usage"))
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


def blocked_port():
    """A port whose queue of connections is full, so that connecting to it hangs; with what keeps it so."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    fillers = []
    for _ in range(4):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(server.getsockname())
        fillers.append(filler)
    time.sleep(0.2)
    return server.getsockname()[1], [server, *fillers]


def closed_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]
