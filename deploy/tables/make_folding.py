#!/usr/bin/env python3
"""Writes Sources/Text/FoldingTable.swift: what folds to what, from Unicode's own data.

Letters come from Python's unicodedata (NFKD, case folding, marks removed), Han characters from ICU through
han_pairs.swift. Run it from any folder; it needs Python 3.11 (Unicode 14) and Swift, and changes nothing else.
"""
import pathlib
import subprocess
import textwrap
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parent.parent / "Sources/Text/FoldingTable.swift"

# Letters that Unicode does not decompose and that readers type without their stroke.
STROKES = {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "Æ": "ae",
           "œ": "oe", "Œ": "oe"}


def folded(character):
    """What a letter or digit outside ASCII and Han folds to; None where it stays as it is."""
    point = ord(character)
    if unicodedata.category(character) in ("Cn", "Cs", "Co", "Cc", "Cf", "Mn", "Mc", "Me"):
        return None
    if 0x1100 <= point <= 0x11FF or 0x3130 <= point <= 0x318F:
        return None  # Parts of Korean syllables mean nothing alone.
    if 0x3040 <= point <= 0x30FF or 0xFF65 <= point <= 0xFF9F:
        # The voiced marks of kana tell sounds apart and stay.
        result = character if 0x30A1 <= point <= 0x30F6 else unicodedata.normalize("NFKC", character)
    else:
        result = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
        result = "".join(c for c in result if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    if result == character or not 0 < len(result) <= 4 or not all(c.isalnum() for c in result):
        return None
    return result


def letters():
    """All foldings of letters and digits, by character."""
    points = [*range(0xA0, 0x3000), *range(0xFF01, 0xFFEF), *range(0x3000, 0x3400)]
    table = {chr(p): f for p in points if (f := folded(chr(p)))}
    table.update(STROKES)
    # Russian tells и and й apart.
    table["Й"] = "й"
    table.pop("й", None)
    return table


def runs(table):
    """The entries of the table, with characters that move by the same distance drawn together."""
    entries = sorted((ord(a), b) for a, b in table.items())
    out, i = [], 0
    while i < len(entries):
        first, to = entries[i]
        if len(to) > 1:
            out.append("%x=%s" % (first, "+".join("%x" % ord(c) for c in to)))
            i += 1
            continue
        offset = ord(to) - first
        best, stride = i, 1
        for step in (1, 2):
            j = i
            while (j + 1 < len(entries) and entries[j + 1][0] == entries[j][0] + step
                   and len(entries[j + 1][1]) == 1 and ord(entries[j + 1][1]) - entries[j + 1][0] == offset):
                j += 1
            if j > best:
                best, stride = j, step
        out.append("%x=%x" % (first, ord(to)) if best == i
                   else "%x-%x/%d=%x" % (first, entries[best][0], stride, ord(to)))
        i = best + 1
    return out


def literal(lines):
    """Lines of a Swift string literal that is one line."""
    return "\n".join("        " + line + ("\\" if n + 1 < len(lines) else "") for n, line in enumerate(lines))


def cut(text, width=48):
    return [text[i:i + width] for i in range(0, len(text), width)]


def main():
    wrapped = textwrap.wrap(" ".join(runs(letters())), 95)
    wrapped = [line + (" " if n + 1 < len(wrapped) else "") for n, line in enumerate(wrapped)]
    pairs = subprocess.run(["swift", str(HERE / "han_pairs.swift")], check=True, capture_output=True, text=True)
    to_simplified, simplified, to_traditional, traditional = pairs.stdout.split("\n")[:4]
    TABLE.write_text(f'''/// What folds to what, made once by `deploy/tables/make_folding.py`; not edited by hand.
enum FoldingTable {{
    /// Compatibility decomposition, case folding and removal of marks for the letters and digits of the Basic
    /// Multilingual Plane outside ASCII and Han.
    ///
    /// Entries are parted by spaces, all numbers hexadecimal: `from=to` where `to` is one or more scalars joined by `+`,
    /// or `first-last/step=to` for a run whose scalars all move by the same distance.
    static let letters = """
{literal(wrapped)}
        """

    /// Traditional characters, each with its simplified form at the same place in ``simplified``.
    static let traditional = """
{literal(cut(to_simplified))}
        """

    /// The simplified forms of ``traditional``.
    static let simplified = """
{literal(cut(simplified))}
        """

    /// Simplified characters, each with its commonest traditional form at the same place in ``traditionalForms``.
    static let simplifiedForms = """
{literal(cut(to_traditional))}
        """

    /// The traditional forms of ``simplifiedForms``.
    static let traditionalForms = """
{literal(cut(traditional))}
        """
}}
''')


if __name__ == "__main__":
    main()
