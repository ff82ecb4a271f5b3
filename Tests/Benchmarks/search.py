#!/usr/bin/env python3
"""Measures Newsdesk's index against Tantivy's: same passages, same questions, one thread each, ten best.

  search.py --newsdesk .build/release/newsdesk --corpus corpus.jsonl [--passages 100000] [--questions 1000] [--rounds 3]

Needs numpy and tantivy (pip). The passages are those of generate.py. Both index title and text with positions and English
stems, and answer the union of a question's words over both fields; queries are taken apart before the clock starts. The
two take turns, round for round, each after a round to warm up; what counts of each question is its best round, so that
what else the machine does touches neither. Tantivy's query is the one of the two forms, flat or nested by word, that is
faster on the first round. Indexing counts processor time, not waiting, so that a second thread is no help.

Ends with 1 where a limit is not met.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOP = 10


# -- Tantivy, in a process of its own

def schema(tantivy):
    builder = tantivy.SchemaBuilder()
    for field in ("title", "text"):
        builder.add_text_field(field, stored=False, tokenizer_name="en_stem", index_option="position")
    return builder.build()


def tantivy_index(documents, folder):
    import tantivy
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(tantivy), path=str(folder))
    writer = index.writer(heap_size=400_000_000, num_threads=1)
    start, reading, size = time.process_time(), 0.0, 0
    lines = open(documents, encoding="utf-8")
    while True:
        begin = time.thread_time()
        batch = []
        for line in lines:
            passage = json.loads(line)
            size += len(passage["title"].encode()) + len(passage["text"].encode())
            batch.append(tantivy.Document(title=passage["title"], text=passage["text"]))
            if len(batch) == 8192:
                break
        reading += time.thread_time() - begin
        if not batch:
            break
        for document in batch:
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.process_time() - start - reading
    cleaner = index.writer(heap_size=15_000_000, num_threads=1)
    cleaner.garbage_collect_files()
    cleaner.wait_merging_threads()
    index.reload()
    files = list(folder.iterdir())
    print(json.dumps({"textBytes": size, "seconds": seconds, "segments": index.searcher().num_segments,
                      "indexBytes": sum(f.stat().st_size for f in files)}))


def tantivy_search(folder, asked):
    """Answers each line of standard input ("flat" or "nested") with a round over all questions."""
    import tantivy
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    analyzer = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()
    fields = schema(tantivy)
    union = lambda parts: tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
    term = lambda field, word: tantivy.Query.term_query(fields, field, word, index_option="freq")
    words = [list(dict.fromkeys(analyzer.analyze(line))) for line in asked.read_text("utf-8").splitlines()]
    queries = {
        "flat": [union([term(f, w) for w in line for f in ("title", "text")]) for line in words],
        "nested": [union([union([term(f, w) for f in ("title", "text")]) for w in line]) for line in words],
    }
    start = time.perf_counter()
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    opened = time.perf_counter()
    searcher.search(queries["flat"][0], TOP, count=False)
    first = time.perf_counter()
    for form in sys.stdin:
        times = []
        for query in queries[form.strip()]:
            begin = time.perf_counter()
            searcher.search(query, TOP, count=False)
            times.append((time.perf_counter() - begin) * 1000)
        resident = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE")
        print(json.dumps({"milliseconds": times, "openMilliseconds": (opened - start) * 1000,
                          "firstMilliseconds": (first - start) * 1000, "residentBytes": resident}), flush=True)


# -- Both

def run(command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def at(share, values):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def measure(options, work):
    documents, asked = work / "passages.jsonl", work / "questions.txt"
    if not documents.exists():
        subprocess.run([sys.executable, HERE / "generate.py", "--corpus", options.corpus, "--passages",
                        str(options.passages), "--questions", str(options.questions), "--out", documents,
                        "--asked", asked], check=True)
    ours, theirs = work / "newsdesk", work / "tantivy"
    for folder in (ours, theirs):
        shutil.rmtree(folder, ignore_errors=True)
    myself = [sys.executable, __file__]
    speed = [options.newsdesk, "eval", "speed", "--index", ours]
    built = {"newsdesk": run([*speed, "--documents", documents]),
             "tantivy": run([*myself, "--tantivy-index", documents, "--folder", theirs])}
    peer = subprocess.Popen([*map(str, myself), "--tantivy-search", str(asked), "--folder", str(theirs)],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(form):
        peer.stdin.write(form + "\n")
        peer.stdin.flush()
        return json.loads(peer.stdout.readline())

    for form in ("flat", "nested"):
        ask(form)
    form = min(("flat", "nested"), key=lambda form: sum(ask(form)["milliseconds"]))
    rounds = {"newsdesk": [], "tantivy": []}
    for _ in range(options.rounds):
        rounds["newsdesk"].append(run([*speed, "--queries", asked, "--top", TOP]))
        ask(form)
        rounds["tantivy"].append(ask(form))
    peer.stdin.close()
    peer.wait()
    return built, rounds, form


def report(options, built, rounds, form):
    best = {name: [min(times) for times in zip(*(r["milliseconds"] for r in each))]
            for name, each in rounds.items()}
    last = {name: each[-1] for name, each in rounds.items()}
    least = lambda name, key: min(r[key] for r in rounds[name])
    rows = [("question p50, ms", {n: at(.5, v) for n, v in best.items()}, 0.5),
            ("question p99, ms", {n: at(.99, v) for n, v in best.items()}, 0.5),
            ("question mean, ms", {n: sum(v) / len(v) for n, v in best.items()}, None),
            ("indexing, s a GB", {n: b["seconds"] / b["textBytes"] * 1e9 for n, b in built.items()}, 1),
            ("index, MB", {n: b["indexBytes"] / 1e6 for n, b in built.items()}, 1),
            ("segments", {n: b["segments"] for n, b in built.items()}, None),
            ("open to first answer, ms", {n: least(n, "firstMilliseconds") for n in rounds}, None),
            ("resident, MB", {n: r["residentBytes"] / 1e6 for n, r in last.items()}, None)]
    limits = {"open to first answer, ms": 50, "resident, MB": 300}
    print(f"{options.passages} passages, {len(best['newsdesk'])} questions; Tantivy's query is {form}")
    print(f"{'':26}{'newsdesk':>12}{'tantivy':>12}{'ratio':>8}  limit")
    met = True
    for name, values, limit in rows:
        mine, other = values["newsdesk"], values["tantivy"]
        ratio, bound = mine / other, ""
        if limit is not None:
            bound = f"ratio {limit}: " + ("met" if ratio <= limit else "NOT MET")
            met = met and ratio <= limit
        elif name in limits:
            bound = f"{limits[name]}: " + ("met" if mine <= limits[name] else "NOT MET")
            met = met and mine <= limits[name]
        print(f"{name:26}{mine:12.3f}{other:12.3f}{ratio:8.2f}  {bound}")
    for name, b in built.items():
        print(f"{name} indexes {b['textBytes'] / b['seconds'] / 1e6:.1f} MB/s a core")
    return met


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newsdesk", type=pathlib.Path)
    parser.add_argument("--corpus")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=pathlib.Path, help="keeps the passages and both indexes in this folder")
    parser.add_argument("--tantivy-index", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--tantivy-search", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tantivy_index:
        return tantivy_index(options.tantivy_index, options.folder)
    if options.tantivy_search:
        return tantivy_search(options.folder, options.tantivy_search)
    if not options.newsdesk or not options.corpus:
        parser.error("--newsdesk and --corpus are needed")
    with tempfile.TemporaryDirectory() as made:
        work = options.work or pathlib.Path(made)
        work.mkdir(parents=True, exist_ok=True)
        met = report(options, *measure(options, work))
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
