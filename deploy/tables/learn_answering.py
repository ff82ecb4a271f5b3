#!/usr/bin/env python3
"""Learn the order of sentences in Sources/Answering/AnswerWeights.swift from question sets with gold answers.

  learn_answering.py --set DEV.jsonl FEATURES.jsonl [--set …] [--write]
  learn_answering.py --relation DEV.jsonl FEATURES.jsonl [--relation …] [--write]

DEV.jsonl has a line a question, {"id", "answer", "evidence": [{"article"}]}; FEATURES.jsonl is what
`newsdesk eval features` wrote for it. A sentence is right when it holds a gold answer and stands in a gold article. The
weights are those of a listwise softmax over each question's sentences, every set counting alike whatever its size.

What no set teaches is left as it stands in the source: features that are the same for all right and wrong sentences,
and those of KEPT, which keep opinions, questions and the opposite of what is asked back, and lift what is of the kind
wanted and what opens with the thing asked about.

With --relation it learns instead what tells answers from sentences that only look like them, from sets some of whose
questions have no answer ({"type": "null_query"}): a logistic sum in which no weight may turn against what its feature is
meant to say. All figures printed are of questions that the weights were not learnt from: five folds, with all questions about the
same story in one fold. Needs numpy."""
import argparse
import re

import numpy as np

import learn_ranking as ranking

KEPT = {"opinion", "question", "opposite", "affirmed", "expected", "fit", "subject"}
WEIGHTS = ranking.WEIGHTS.parents[1] / "Answering/AnswerWeights.swift"


def fold(text):
    return re.sub(r"[\W_]+", "", text).lower()


class Sentences:
    """One question's sentences: a row of features each, and which of them are right."""

    def __init__(self, gold, row, names, kept):
        answers = gold["answer"] if isinstance(gold["answer"], list) else [gold["answer"]]
        answers = [fold(a) for a in answers if a and fold(a)]
        self.gold = {str(e["article"]) for e in gold["evidence"]}
        self.features = np.array([[s["features"][n] for n in names] for s in row["sentences"]])
        self.fixed = np.array([sum(w * s["features"].get(n, 0) for n, w in kept.items()) for s in row["sentences"]])
        self.right = np.array([
            s["article"] in self.gold and any(a in fold(s["text"]) for a in answers) for s in row["sentences"]
        ])

    def measure(self, weights):
        """Whether the first sentence is right, and whether one of the first three is."""
        order = np.argsort(-(self.features @ weights + self.fixed), kind="stable")
        return float(self.right[order[0]]), float(self.right[order[:3]].any())


def learn(sets, l2=0.003, rounds=250):
    deviation = np.vstack([q.features for s in sets for q in s]).std(0) + 1e-9
    rows = [
        (q.features / deviation, q.fixed, q.right / q.right.sum(), 1 / len(s) / len(sets)) for s in sets for q in s
    ]

    def gradient(weights):
        total = l2 * weights
        for features, fixed, target, share in rows:
            scores = features @ weights + fixed
            chance = np.exp(scores - scores.max())
            total = total + share * (features.T @ (chance / chance.sum() - target))
        return total

    return ranking.adam(gradient, len(deviation), rounds) / deviation


def part_of(text, enum):
    """Where the text of an enum begins and ends."""
    start = text.index(f"enum {enum}:")
    end = text.find("\n    enum ", start)
    return start, end if end > 0 else len(text)


def written(enum):
    """The weights that stand in the source, by the features' names."""
    text = WEIGHTS.read_text(encoding="utf-8")
    start, end = part_of(text, enum)
    part = text[start:end]
    return {name: float(value) for name, value in re.findall(r"case \.(\w+): (-?[\d.]+)", part)}


def write(values, enum="Sentence", digits=1, bias=None):
    text = WEIGHTS.read_text(encoding="utf-8")
    start, end = part_of(text, enum)
    part = text[start:end]
    for name, value in values.items():
        part, count = re.subn(rf"case \.{name}: -?[\d.]+", f"case .{name}: {value:.{digits}f}", part)
        assert count == 1, f"no weight for {name}"
    if bias is not None:
        part = re.sub(r"static let bias = -?[\d.]+", f"static let bias = {bias:.{digits}f}", part)
    WEIGHTS.write_text(text[:start] + part + text[end:], encoding="utf-8")


def area(right, scores):
    """The chance that a right one is before a wrong one."""
    good, bad = scores[right][:, None], scores[~right][None]
    return float((good > bad).mean() + (good == bad).mean() / 2)


def logistic(features, right, signs, l2=0.02, rounds=3000):
    """Weights by the features' signs, and the bias: a logistic sum by projected gradient."""
    deviation = features.std(0) + 1e-9
    scaled = features / deviation * signs
    weights, bias, step = np.zeros(features.shape[1]), 0.0, 0.3
    for _ in range(rounds):
        error = 1 / (1 + np.exp(-(scaled @ weights + bias))) - right
        weights = np.maximum(0, weights - step * (scaled.T @ error / len(right) + 2 * l2 * weights))
        bias -= step * error.mean()
    return weights * signs / deviation, bias


def learn_relation(pairs, is_written):
    known = written("Relation")
    names = list(known)
    signs = np.array([1.0 if known[n] >= 0 else -1.0 for n in names])
    features, right, stories, sets = [], [], [], []
    for number, (dev, path) in enumerate(pairs):
        rows = {r["id"]: r for r in ranking.lines(path)}
        for question in ranking.lines(dev):
            relation = rows[question["id"]]["relation"]
            if not relation:
                continue
            features.append([relation[n] for n in names])
            right.append(question["type"] != "null_query")
            stories.append(str(question["evidence"][0]["article"]) if question["evidence"] else question["id"])
            sets.append(number)
    features, right, sets = np.array(features), np.array(right), np.array(sets)
    order = {story: place for place, story in enumerate(sorted(set(stories)))}
    fold = np.array([order[s] % 10 for s in stories])
    scores = np.zeros(len(right))
    for held in range(10):
        weights, bias = logistic(features[fold != held], right[fold != held], signs)
        scores[fold == held] = features[fold == held] @ weights + bias
    current = features @ np.array([known[n] for n in names])
    for number, (dev, _) in enumerate(pairs):
        of_set = sets == number
        line = f"{dev}: as written {area(right[of_set], current[of_set]):.3f}"
        line += f"  learnt, other stories {area(right[of_set], scores[of_set]):.3f}"
        if len(pairs) > 1:
            weights, bias = logistic(features[~of_set], right[~of_set], signs)
            line += f"  from the other sets {area(right[of_set], features[of_set] @ weights):.3f}"
        print(line)
    weights, bias = logistic(features, right, signs)
    final = dict(zip(names, weights))
    print("weights:", {n: round(float(w), 2) for n, w in final.items()}, "bias", round(float(bias), 2))
    if is_written:
        write(final, "Relation", 2, bias)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=2, action="append", default=[], metavar=("DEV", "FEATURES"))
    parser.add_argument("--relation", nargs=2, action="append", default=[], metavar=("DEV", "FEATURES"))
    parser.add_argument("--most", type=int, default=700, help="questions of a set, spread over it")
    parser.add_argument("--write", action="store_true", help="write the weights into the source")
    options = parser.parse_args()

    if options.relation:
        return learn_relation(options.relation, options.write)
    if not options.set:
        parser.error("give --set or --relation")
    known = written("Sentence")
    kept = {n: w for n, w in known.items() if n in KEPT}
    names = sorted(set(known) - KEPT)
    sets = []
    for dev, features in options.set:
        gold = {q["id"]: q for q in ranking.lines(dev)}
        rows = [r for r in ranking.lines(features) if r["sentences"] and gold[r["id"]]["evidence"]]
        questions = [Sentences(gold[r["id"]], r, names, kept) for r in rows]
        questions = [q for q in questions if q.right.any()]
        sets.append(questions[:: max(1, len(questions) // options.most)])

    folded = [ranking.folds(s) for s in sets]
    learnt = [
        learn([[q for q, f in zip(s, fold) if f != held] for s, fold in zip(sets, folded)])
        for held in range(ranking.FOLDS)
    ]
    current = np.array([known[n] for n in names])
    for (dev, _), questions, fold in zip(options.set, sets, folded):
        for label, found in [
            ("as written", [q.measure(current) for q in questions]),
            ("learnt", [q.measure(learnt[f]) for q, f in zip(questions, fold)]),
        ]:
            first, three = np.mean(found, axis=0)
            print(f"{dev}: {label:10s} first right {first:.3f}  one of three {three:.3f}")
    final = dict(zip(names, learn(sets)))
    print("weights:", {n: round(float(w), 2) for n, w in final.items()})
    if options.write:
        write(final)


if __name__ == "__main__":
    main()
