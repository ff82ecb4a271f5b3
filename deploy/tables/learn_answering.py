#!/usr/bin/env python3
"""Learn the order of sentences in Sources/Answering/AnswerWeights.swift from question sets with gold answers.

  learn_answering.py --set DEV.jsonl FEATURES.jsonl [--set …] [--write]

DEV.jsonl has a line a question, {"id", "answer", "evidence": [{"article"}]}; FEATURES.jsonl is what
`newsdesk eval features` wrote for it. A sentence is right when it holds a gold answer and stands in a gold article. The
weights are those of a listwise softmax over each question's sentences, every set counting alike whatever its size.

What no set teaches is left as it stands in the source: features that are the same for all right and wrong sentences,
and those of KEPT, which keep opinions, questions and the opposite of what is asked back, and lift what is of the kind
wanted and what opens with the thing asked about.

All figures printed are of questions that the weights were not learnt from: five folds, with all questions about the
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


def written():
    """The weights that stand in the source, by the features' names."""
    text = WEIGHTS.read_text(encoding="utf-8")
    part = text[text.index("enum Sentence:"):text.index("enum Likelihood:")]
    return {name: float(value) for name, value in re.findall(r"case \.(\w+): (-?[\d.]+)", part)}


def write(values):
    text = WEIGHTS.read_text(encoding="utf-8")
    end = text.index("enum Likelihood:")
    part = text[:end]
    for name, value in values.items():
        part, count = re.subn(rf"case \.{name}: -?[\d.]+", f"case .{name}: {value:.1f}", part)
        assert count == 1, f"no weight for {name}"
    WEIGHTS.write_text(part + text[end:], encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=2, action="append", required=True, metavar=("DEV", "FEATURES"))
    parser.add_argument("--most", type=int, default=700, help="questions of a set, spread over it")
    parser.add_argument("--write", action="store_true", help="write the weights into the source")
    options = parser.parse_args()

    known = written()
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
