#!/usr/bin/env python3
"""Serves a small model by llama.cpp as OpenAI's chat completions, for model_grounding.py.

    small_model.py PORT MODEL.gguf LOG.jsonl

One question at a time, greedy, streamed. Each line of LOG has what the model was asked and what it wrote. It needs the
package ik-llama-cpp-python, whose wheel has llama.cpp in it.
"""
import codecs, ctypes, http.server, json, sys, threading, time
from ik_llama_cpp.llama import C, IkLlama, make_batch_range, make_batch_single

PORT, MODEL, LOG = int(sys.argv[1]), sys.argv[2], sys.argv[3]
WINDOW = 2048
# Longer batches of a prompt come out as noise on processors without AVX-512 (ik-llama-cpp-python 0.1.5).
BATCH = 16
model = IkLlama(MODEL, n_ctx=WINDOW, n_threads=1, flash_attn=False, verbose=False)
busy = threading.Lock()


def written(prompt, limit):
    """The pieces of the model's answer to the tokens of a prompt."""
    context = model._context
    context.kv_cache_clear()
    for start in range(0, len(prompt), BATCH):
        batch = make_batch_range(prompt[start:start + BATCH], pos_start=start, logits_last=start + BATCH >= len(prompt))
        failed = context.decode(batch)
        C.llama_batch_free(batch)
        if failed: raise RuntimeError("the prompt cannot be decoded")
    # A Chinese character is several tokens; the package's own detokenize breaks them.
    characters, piece = codecs.getincrementaldecoder("utf-8")("replace"), ctypes.create_string_buffer(256)
    for count in range(limit):
        token = context.sample(-1, temperature=0.0, top_k=1, top_p=1.0)
        if C.llama_token_is_eog(model._model.model, token): return
        length = C.llama_token_to_piece(model._model.model, token, piece, 256, 0, True)
        yield characters.decode(piece.raw[:max(length, 0)])
        batch = make_batch_single(token, len(prompt) + count)
        context.decode(batch)
        C.llama_batch_free(batch)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_): pass

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self): self.reply(200, {"object": "list", "data": [{"id": "small", "object": "model"}]})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turns = "".join(f"<|im_start|>{one['role']}\n{one['content']}<|im_end|>\n" for one in request["messages"])
        prompt = model.tokenize(turns + "<|im_start|>assistant\n", add_bos=False, special=True)
        limit = int(request.get("max_tokens") or request.get("max_completion_tokens") or 128)
        if len(prompt) + limit > WINDOW:
            return self.reply(400, {"error": {"message": f"maximum context length is {WINDOW} tokens, {len(prompt)} came",
                                              "type": "invalid_request_error", "code": "context_length_exceeded"}})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        began, text, count = time.time(), "", 0
        try:
            with busy:
                for piece in written(prompt, limit):
                    text, count = text + piece, count + 1
                    self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "length" if count >= limit else "stop"}]})
            self.event({"choices": [], "usage": {"prompt_tokens": len(prompt), "completion_tokens": count}})
            self.chunk(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True
        with open(LOG, "a") as log:
            log.write(json.dumps({"user": request["messages"][-1]["content"], "text": text, "tokens": [len(prompt), count],
                                  "seconds": round(time.time() - began, 2)}, ensure_ascii=False) + "\n")

    def event(self, value): self.chunk(b"data: " + json.dumps({"object": "chat.completion.chunk", "model": "small", **value}).encode() + b"\n\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
