#!/usr/bin/env python3
"""Learn the weights in Sources/Retrieval/RankingWeights.swift from question sets with gold evidence.

  learn_ranking.py --set DEV.jsonl FEATURES.jsonl [--set …] [--null FEATURES.jsonl …] [--write KIND …]

DEV.jsonl has a line a question, {"id", "answer", "evidence": [{"article", "fact"}]}; FEATURES.jsonl is what
`newsdesk eval features` wrote for it. --null takes features of questions that were asked of an archive that cannot know
them: they and the sets' own questions of type null_query teach what a question without an answer looks like.

Passages: a listwise softmax over each question's candidates, linear, every set counting alike whatever its size. A
candidate is right when it holds a gold fact; where the set gives no facts, a gold answer in a gold article. Articles: the
same over the features of each one's best passage; right are those that the evidence stands in. Their weights are scaled
to what the article's own score counts, because what date and source count was chosen beside that. Confidence: a
logistic sum over the signals.

All figures printed are of questions that the weights were not learnt from: five folds, with all questions about the
same story in one fold. Needs numpy."""
import argparse
import collections
import json
import pathlib
import re

import numpy as np

FOLDS = 5
# What an article takes over from its best passage, and what its own BM25 score counts.
OF_ARTICLE = ["article", "facet", "proximity", "coverage", "rarity", "singles"]
ARTICLE_SHARE = 1.2
WEIGHTS = pathlib.Path(__file__).resolve().parents[2] / "Sources/Retrieval/RankingWeights.swift"


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def squash(text):
    return re.sub(r"\s+", "", text)


class Question:
    """One question's candidates: a row of features each, and which of them are right."""

    def __init__(self, gold, row, names):
        facts = [squash(e["fact"]) for e in gold["evidence"] if e.get("fact")]
        articles = {str(e["article"]) for e in gold["evidence"]}
        self.features = np.array([[c["features"][n] for n in names] for c in row["candidates"]])
        if facts:
            texts = [squash(c["text"]) for c in row["candidates"]]
            self.right = np.array([any(f in t for f in facts) for t in texts])
        else:
            answers = gold["answer"] if isinstance(gold["answer"], list) else [gold["answer"]]
            answers = [squash(a) for a in answers if a]
            self.right = np.array([
                c["article"] in articles and any(a in squash(c["text"]) for a in answers) for c in row["candidates"]
            ])
        self.gold = articles
        self.sources = [c["article"] for c in row["candidates"]]

    def articles(self, names):
        """The question with an article for each candidate: the features of its best passage, which comes first."""
        first = {}
        for place, article in enumerate(self.sources):
            first.setdefault(article, place)
        question = Question.__new__(Question)
        question.features = self.features[np.ix_(list(first.values()), [names.index(n) for n in OF_ARTICLE])]
        question.right = np.array([article in self.gold for article in first])
        question.gold, question.sources = self.gold, list(first)
        return question

    def measure(self, scores):
        """Reciprocal rank of the first right candidate, and whether it is among the first four."""
        order = np.argsort(-scores, kind="stable")
        first = next((rank for rank, i in enumerate(order) if self.right[i]), None)
        return (0.0, 0.0) if first is None else (1 / (first + 1), float(first < 4))


def folds(questions):
    """The fold of each question: that of its most asked-about article."""
    asked = collections.Counter(a for q in questions for a in q.gold)
    story = [max(q.gold, key=lambda a: (asked[a], a)) for q in questions]
    sizes, fold = [0] * FOLDS, {}
    for name, count in sorted(collections.Counter(story).items(), key=lambda s: (-s[1], s[0])):
        fold[name] = min(range(FOLDS), key=lambda f: sizes[f])
        sizes[fold[name]] += count
    return [fold[s] for s in story]


def adam(gradient, size, rounds, rate=0.05):
    weights, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, rounds + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def learn_order(sets, l2=0.005, rounds=400):
    """Weights of the features, unscaled."""
    deviation = np.vstack([q.features for s in sets for q in s]).std(0) + 1e-9
    rows = [
        (q.features / deviation, q.right / q.right.sum(), 1 / len(s) / len(sets))
        for s in sets for q in s if q.right.any()
    ]

    def gradient(weights):
        total = l2 * weights
        for features, target, share in rows:
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            total = total + share * (features.T @ (chance / chance.sum() - target))
        return total

    return adam(gradient, len(deviation), rounds) / deviation


def learn_confidence(features, known, l2=0.03, rounds=1500):
    """Weights of the signals and the bias, unscaled; known and unknown questions count alike."""
    middle, deviation = features.mean(0), features.std(0) + 1e-9
    scaled = np.hstack([(features - middle) / deviation, np.ones((len(features), 1))])
    share = np.where(known, 0.5 / known.sum(), 0.5 / (~known).sum())

    def gradient(weights):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        return l2 * np.append(weights[:-1], 0) + scaled.T @ (share * (chance - known))

    weights = adam(gradient, scaled.shape[1], rounds)
    return np.append(weights[:-1] / deviation, weights[-1] - (weights[:-1] / deviation) @ middle)


def auc(known, unknown):
    every = sorted([(s, True) for s in known] + [(s, False) for s in unknown])
    below, wins = 0, 0
    for _, is_known in every:
        wins += below if is_known else 0
        below += not is_known
    return wins / len(known) / len(unknown)


def write(kind, values):
    """Puts numbers behind `case .name:` in one of the enumerations of the weights."""
    text = WEIGHTS.read_text(encoding="utf-8")
    start = text.index(f"enum {kind}:")
    end = text.find("\n    enum ", start)
    part = text[start:] if end < 0 else text[start:end]
    for name, value in values.items():
        words = name.split()
        case = words[0] + "".join(w.capitalize() for w in words[1:])
        pattern = rf"static let {case} = -?[\d.]+" if name == "bias" else rf"case \.{case}: -?[\d.]+"
        part, count = re.subn(pattern, lambda m: m[0].rsplit(" ", 1)[0] + f" {value:.2f}", part)
        assert count == 1, f"no weight for {name} in {kind}"
    WEIGHTS.write_text(text[:start] + part + ("" if end < 0 else text[end:]), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=2, action="append", required=True, metavar=("DEV", "FEATURES"))
    parser.add_argument("--null", action="append", default=[], metavar="FEATURES")
    parser.add_argument("--most", type=int, default=500, help="questions of a set, spread over it")
    parser.add_argument(
        "--write", nargs="*", default=[], choices=["PassageFeature", "ArticleFeature", "Confidence"],
        help="the weights to write into the source")
    options = parser.parse_args()

    sets, known, near_known, unknown, foreign, names, signals = [], [], [], [], [], None, None
    for dev, features in options.set:
        gold = {q["id"]: q for q in lines(dev)}
        # A question without a word to look for has no signals.
        rows = [r for r in lines(features) if r["signals"] and r["candidates"]]
        rows = rows[:: max(1, len(rows) // options.most)]
        names = names or sorted(rows[0]["candidates"][0]["features"])
        signals = signals or sorted(rows[0]["signals"])
        questions = [Question(gold[r["id"]], r, names) for r in rows if gold[r["id"]]["evidence"]]
        sets.append(questions)
        vectors = {r["id"]: [r["signals"][s] for s in signals] for r in rows}
        answerable = [v for i, v in vectors.items() if gold[i]["evidence"]]
        known += answerable
        if len(answerable) < len(vectors):
            near_known += answerable
            unknown += [v for i, v in vectors.items() if not gold[i]["evidence"]]
    for features in options.null:
        rows = [r for r in lines(features) if r["signals"]]
        foreign += [[r["signals"][s] for s in signals] for r in rows[:: max(1, len(rows) // options.most)]]

    folded = [folds(s) for s in sets]
    learnt = [
        learn_order([[q for q, f in zip(s, fold) if f != held] for s, fold in zip(sets, folded)])
        for held in range(FOLDS)
    ]
    for (dev, _), questions, fold in zip(options.set, sets, folded):
        for label, scores in [
            ("passage alone", [q.features[:, names.index("passage")] for q in questions]),
            ("learnt", [q.features @ learnt[f] for q, f in zip(questions, fold)]),
        ]:
            found = np.mean([q.measure(s) for q, s in zip(questions, scores)], axis=0)
            print(f"{dev}: {label:14s} MRR {found[0]:.3f}  in the first four {found[1]:.3f}")
    order = learn_order(sets)
    print("passages:", {n: round(float(w), 2) for n, w in zip(names, order)})

    wholes = [[q.articles(names) for q in s] for s in sets]
    learnt = [
        learn_order([[q for q, f in zip(s, fold) if f != held] for s, fold in zip(wholes, folded)])
        for held in range(FOLDS)
    ]
    for (dev, _), questions, fold in zip(options.set, wholes, folded):
        found = np.mean([q.measure(q.features @ learnt[f]) for q, f in zip(questions, fold)], axis=0)
        print(f"{dev}: articles learnt MRR {found[0]:.3f}  in the first four {found[1]:.3f}")
    of_article = learn_order(wholes)
    of_article *= ARTICLE_SHARE / of_article[0]
    print("articles:", {n: round(float(w), 2) for n, w in zip(OF_ARTICLE, of_article)})

    # What is far from all that an archive has is told easily; so only what is near teaches, and the rest is a check.
    every = np.array(near_known + unknown)
    truth = np.arange(len(every)) < len(near_known)
    held = np.arange(len(every)) % FOLDS
    scores = np.zeros(len(every))
    for fold in range(FOLDS):
        weights = learn_confidence(every[held != fold], truth[held != fold])
        # Each fold has a bias of its own, without which its scores are not those of the other folds.
        scores[held == fold] = every[held == fold] @ weights[:-1] + weights[-1]
    confidence = learn_confidence(every, truth)
    print(f"confidence: AUC {auc(scores[truth], scores[~truth]):.3f} of {truth.sum()} known, {(~truth).sum()} unknown")
    if foreign:
        far = auc(np.array(known) @ confidence[:-1], np.array(foreign) @ confidence[:-1])
        print(f"confidence: AUC {far:.3f} of all {len(known)} known, {len(foreign)} asked of another archive")
    print("signals:", {n: round(float(w), 2) for n, w in zip(signals + ["bias"], confidence)})

    for kind, values in [
        ("PassageFeature", dict(zip(names, order))),
        ("ArticleFeature", dict(zip(OF_ARTICLE, of_article))),
        ("Confidence", dict(zip(signals + ["bias"], confidence))),
    ]:
        if kind in options.write:
            write(kind, values)


if __name__ == "__main__":
    main()
