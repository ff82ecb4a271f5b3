#!/usr/bin/env python3
"""Writes Sources/Text/Detection/LanguageProfileTable.swift: how usual groups of letters are in the languages with the Latin
alphabet.

The groups come from the commonest words of each language and how often they are used, as the package wordfreq tells it
(3.1, Robyn Speer; from subtitles, Wikipedia, news, books and the web). No text is kept, only frequencies of up to four
letters. Run it from any folder; it needs Python 3.11 and `pip install 'wordfreq>=3.1,<4'`, and changes nothing else.
"""
import collections
import math
import pathlib
import textwrap

import wordfreq

TABLE = pathlib.Path(__file__).resolve().parents[2] / "Sources/Text/Detection/LanguageProfileTable.swift"

# In the order of the table's columns.
LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
             "nl": "dutch", "sv": "swedish"}
WORDS = 20_000
GROUPS = 1_500
# Between counting words as often as they are used and once each: names and new words are in no list.
DAMPING = 0.8
# Of what is never met in a language.
LEAST = 2e-6
# A step of the table, in natural logarithms.
STEP = 0.5


def groups(word):
    """The groups of letters of a word with its borders; of single letters those outside ASCII, of four those that are
    a word of two letters with both borders."""
    bordered = f"_{word}_"
    for length in range(1, 5):
        for start in range(len(bordered) - length + 1):
            group = bordered[start:start + length]
            if length == 1 and group.isascii() or length == 4 and not (group[0] == group[-1] == "_"):
                continue
            yield group


def profile(tag):
    """The share of each group in a language."""
    counts = collections.Counter()
    for word, frequency in list(wordfreq.get_frequency_dict(tag).items())[:WORDS]:
        if word.isalpha():
            for group in groups(word):
                counts[group] += frequency ** DAMPING
    total = sum(counts.values())
    return {group: count / total for group, count in counts.items()}


def main():
    profiles = [profile(tag) for tag in LANGUAGES]
    rows = []
    for group in sorted(set().union(*profiles)):
        shares = [known.get(group, 0) + LEAST for known in profiles]
        logs = [math.log(share) for share in shares]
        mean = sum(logs) / len(logs)
        # How much the group tells the languages apart.
        worth = sum(share * (log - mean) for share, log in zip(shares, logs))
        steps = "".join(chr(ord("a") + round((max(logs) - log) / STEP)) for log in logs)
        rows.append((worth, f"{group}={steps}"))
    rows.sort(key=lambda row: (-row[0], row[1]))
    text = " ".join(row for _, row in sorted(rows[:GROUPS], key=lambda row: row[1]))
    lines = textwrap.wrap(text, 108, break_long_words=False, break_on_hyphens=False)
    body = " \\\n".join("        " + line for line in lines)
    columns = ", ".join("." + name for name in LANGUAGES.values())
    TABLE.write_text(f'''/// How usual groups of letters are in languages, made by `deploy/tables/make_language_profiles.py`; not edited by hand.
enum LanguageProfileTable {{
    /// The languages of the columns.
    static let languages: [Language] = [{columns}]

    /// What a step is, in natural logarithms.
    static let step = {STEP}

    /// Entries are parted by spaces: `group=columns`, where `_` is the border of a word and a column tells by how many
    /// steps the group is rarer in that language than in the one where it is most usual, from `a` for none.
    static let groups = """
{body}
        """
}}
''', encoding="utf-8")


if __name__ == "__main__":
    main()
