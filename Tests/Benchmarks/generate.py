#!/usr/bin/env python3
"""Writes passages and questions with the word statistics of a corpus, but none of its text.

  generate.py --corpus corpus.jsonl --passages 100000 --questions 1000 --out passages.jsonl --asked questions.txt

The corpus is JSON Lines with "title" and "text". Fitted to it are: the frequencies of words (Zipf and Mandelbrot:
p(r) ~ 1 / (r + q)^s), the growth of the vocabulary (Heaps: v = k * n^b), the lengths of sentences, passages, articles and
titles, and the spelling of words (letters after two letters), from which words beyond the corpus's own are made. An
article has two of 400 topics, each of which favours some words of middling frequency; within a passage words come back
more often than chance has it. Passages of an article follow each other and bear its title, as in Newsdesk's index.

A question takes words of a passage in their order, among common words. The same seed gives the same bytes. Needs numpy.

  generate.py --corpus corpus.jsonl --articles 1000000 --longest 4 --out articles.jsonl

writes whole articles as `newsdesk ingest` reads them, a minute apart, of no more than so many passages each.
"""
import argparse
import collections
import itertools
import json
import re

import numpy as np

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
SENTENCES_OF_A_PASSAGE = 3
TOPICS = 400
WORDS_OF_A_TOPIC = 4000
FROM_TOPIC, FROM_PASSAGE = 0.35, 0.06
FIRST = 1_500_000_000
ASKING = "what which who when where why how did does was were is are has have the a of in to for".split()


class Fit:
    """What is known of a corpus."""

    def __init__(self, path):
        counts, growth = collections.Counter(), []
        self.sentences, self.passages, self.titles = [], [], []
        total = 0
        for line in open(path, encoding="utf-8"):
            article = json.loads(line)
            self.titles.append(max(1, len(WORD.findall(article["title"]))))
            lengths = [n for n in (len(WORD.findall(s)) for s in SENTENCE.split(article["text"])) if n]
            self.sentences += lengths
            self.passages.append(max(1, -(-len(lengths) // SENTENCES_OF_A_PASSAGE)))
            words = [w.lower() for w in WORD.findall(article["text"])]
            counts.update(words)
            total += len(words)
            growth.append((total, len(counts)))
        ranked = counts.most_common()
        self.words = [word for word, _ in ranked]
        self.zipf(np.array([count for _, count in ranked], dtype=float), total)
        n, v = np.log(np.array(growth[len(growth) // 10:], dtype=float)).T
        self.heaps_b, log_k = np.polyfit(n, v, 1)
        self.heaps_k = float(np.exp(log_k))

    def zipf(self, counts, total):
        ranks = np.unique(np.geomspace(1, np.count_nonzero(counts >= 3), 400).astype(int))
        y, best = np.log(counts[ranks - 1] / total), None
        for q in np.linspace(0, 60, 121):
            (slope, shift), residual, *_ = np.polyfit(np.log(ranks + q), y, 1, full=True)
            if best is None or residual[0] < best[0]:
                best = (residual[0], q, -slope)
        _, self.q, self.s = best
        self.head = counts[:200] / total

    def vocabulary(self, tokens):
        """How many different words a text of so many tokens has."""
        return max(len(self.words), int(self.heaps_k * tokens ** self.heaps_b))

    def probabilities(self, size):
        """The probability of each word: as counted for the commonest, by the law for the others."""
        p = (np.arange(1, size + 1) + self.q) ** -self.s
        share = self.head.sum()
        p[200:] *= (1 - share) / p[200:].sum()
        p[:200] = self.head
        return p / p.sum()

    def spell(self, count, random):
        """Made-up words, none of them in the corpus."""
        after = collections.defaultdict(list)
        for word in self.words[:20000]:
            if word.isascii() and word.isalpha():
                for a, b, c in zip("^^" + word, "^" + word, word + "$"):
                    after[a + b].append(c)
        seen, made = set(self.words), []
        while len(made) < count:
            state, word = "^^", ""
            while len(word) < 14:
                letter = random.choice(after[state]) if state in after else "$"
                if letter == "$":
                    break
                word, state = word + letter, state[1] + letter
            if len(word) >= 4 and word not in seen:
                seen.add(word)
                made.append(word)
        return made


class Text:
    """Draws articles."""

    def __init__(self, fit, passages, seed):
        self.random = np.random.default_rng(seed)
        self.fit = fit
        tokens = int(passages * np.mean(fit.sentences) * SENTENCES_OF_A_PASSAGE)
        size = fit.vocabulary(tokens)
        import random
        made = fit.spell(size - len(fit.words), random.Random(seed))
        self.words = np.array(fit.words + made, dtype=object)
        self.upper = np.array([word.capitalize() for word in self.words], dtype=object)
        p = fit.probabilities(size)
        self.sums = np.cumsum(p)
        # Words of middling rank, the commoner the likelier, each topic its own.
        middle = np.arange(60, min(size, 60000))
        self.topics = np.stack([
            self.random.choice(middle, min(WORDS_OF_A_TOPIC, len(middle)), replace=False)
            for _ in range(TOPICS)])
        self.topics.sort(axis=1)
        weights = (np.arange(1, self.topics.shape[1] + 1) + 20.0) ** -1.1
        self.topic_sums = np.cumsum(weights / weights.sum())

    def draw(self, topics):
        """Words for tokens whose articles have these topics (two columns)."""
        random, count = self.random, len(topics)
        words = np.searchsorted(self.sums, random.random(count) * self.sums[-1]).astype(np.int64)
        topical = np.flatnonzero(random.random(count) < FROM_TOPIC)
        chosen = topics[topical, (random.random(len(topical)) < 0.3).astype(int)]
        places = np.searchsorted(self.topic_sums, random.random(len(topical)) * self.topic_sums[-1])
        words[topical] = self.topics[chosen, np.minimum(places, self.topics.shape[1] - 1)]
        return np.minimum(words, len(self.words) - 1)

    def articles(self, count, longest=None):
        """Passages as (article, title, words by number, ends of sentences); those of an article follow each other."""
        random, fit = self.random, self.fit
        topics = random.integers(0, TOPICS, (count, 2))
        titles = random.choice(fit.titles, count)
        passages = np.minimum(random.choice(fit.passages, count), longest or np.inf).astype(int)
        sentences = np.repeat(SENTENCES_OF_A_PASSAGE, passages.sum())
        lengths = random.choice(fit.sentences, sentences.sum())
        of_passage = np.add.reduceat(lengths, np.r_[0, np.cumsum(sentences)[:-1]])
        article_of_passage = np.repeat(np.arange(count), passages)
        words = self.draw(topics[np.repeat(article_of_passage, of_passage)])
        starts = np.r_[0, np.cumsum(of_passage)]
        place = np.arange(len(words)) - np.repeat(starts[:-1], of_passage)
        again = np.flatnonzero((random.random(len(words)) < FROM_PASSAGE) & (place > 0))
        words[again] = words[again - 1 - (random.random(len(again)) * place[again]).astype(np.int64)]
        title_words = self.draw(topics[np.repeat(np.arange(count), titles)])
        title_starts = np.r_[0, np.cumsum(titles)]
        ends = np.cumsum(lengths)
        sentence = passage = 0
        for article in range(count):
            title = title_words[title_starts[article]:title_starts[article + 1]]
            for _ in range(passages[article]):
                cuts = ends[sentence:sentence + SENTENCES_OF_A_PASSAGE]
                yield article, title, words[starts[passage]:starts[passage + 1]], cuts - starts[passage]
                sentence += SENTENCES_OF_A_PASSAGE
                passage += 1


def question(text, words, random):
    """A question of 5 to 40 words about a passage."""
    length = int(random.integers(5, 41))
    own = min(len(words), max(3, int(length * random.uniform(0.5, 0.8))))
    places = np.sort(random.choice(len(words), own, replace=False))
    asked = [str(random.choice(ASKING)) for _ in range(min(3, length - own))]
    asked += [text.words[w] for w in words[places]]
    while len(asked) < length:
        common = text.words[np.searchsorted(text.sums, random.random() * text.sums[150])]
        asked.insert(int(random.integers(1, len(asked))), common)
    return " ".join(asked)


def show(text, words, cuts):
    """A passage as it is read."""
    shown, start = text.words[words], 0
    for cut in cuts:
        shown[start] = text.upper[words[start]]
        shown[cut - 1] += "."
        start = cut
    return " ".join(shown)


def write_passages(text, random, options):
    about = set(random.choice(options.passages, min(options.questions, options.passages), replace=False).tolist())
    asked, number = [], 0
    with open(options.out, "w", encoding="utf-8") as out:
        while number < options.passages:
            for _, title, words, cuts in itertools.islice(text.articles(500), options.passages - number):
                out.write('{"title":%s,"text":%s}\n' % (
                    json.dumps(" ".join(text.upper[title]), ensure_ascii=False),
                    json.dumps(show(text, words, cuts), ensure_ascii=False)))
                if number in about:
                    asked.append(question(text, words, random))
                number += 1
    with open(options.asked, "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in asked)
    return f"{number} passages, {len(asked)} questions"


def write_articles(text, options):
    number = 0
    with open(options.out, "w", encoding="utf-8") as out:
        while number < options.articles:
            made = text.articles(min(500, options.articles - number), options.longest)
            for _, passages in itertools.groupby(made, key=lambda passage: passage[0]):
                passages = list(passages)
                out.write(json.dumps({
                    "id": f"made-{number}", "title": " ".join(text.upper[passages[0][1]]), "source": "Made Up",
                    "published_at": FIRST + number * 60,
                    "text": "\n\n".join(show(text, words, cuts) for _, _, words, cuts in passages)},
                    ensure_ascii=False) + "\n")
                number += 1
    return f"{number} articles"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--passages", type=int)
    size.add_argument("--articles", type=int)
    parser.add_argument("--longest", type=int, help="the most passages of an article")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--out", required=True)
    parser.add_argument("--asked", help="where the questions about passages go")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.passages and not options.asked:
        parser.error("--asked is needed for questions about passages")
    fit = Fit(options.corpus)
    passages = options.passages or options.articles * (options.longest or round(np.mean(fit.passages)))
    text = Text(fit, passages, options.seed)
    if options.passages:
        made = write_passages(text, np.random.default_rng(options.seed + 1), options)
    else:
        made = write_articles(text, options)
    print(f"{made}; Zipf-Mandelbrot s {fit.s:.3f} q {fit.q:.1f}, "
          f"Heaps k {fit.heaps_k:.1f} b {fit.heaps_b:.3f}, {len(text.words)} words")


if __name__ == "__main__":
    main()
