/// The French stemmer of Snowball: endings that form words, or else those of verbs, or else those of the plural.
///
/// Source: M. Porter and others, "French stemming algorithm", snowballstem.org, in its form of 2025.
enum FrenchStemmer {
    static func stem(_ word: inout StemWord) {
        markLetters(in: &word)
        word.findRegions(vowels: vowels)
        findVerbRegion(of: &word)
        if word.apply(derivations) || word.apply(verbsInI, within: .rv) || word.apply(verbs, within: .rv) {
            word.apply(lastLetters)
        } else {
            word.apply(plurals)
            word.apply(residues, within: .rv)
        }
        word.apply(doubles)
        removeLastAccent(from: &word)
        restoreLetters(in: &word)
    }

    private static let vowels: LetterSet = "aeiouyâàëéêèïîôûù"

    /// Writes a capital for a vowel that is spoken as a consonant or not at all, and "He" and "Hi" for "ë" and "ï", which
    /// are spoken apart from the vowel before.
    private static func markLetters(in word: inout StemWord) {
        func isVowel(_ index: Int) -> Bool { index < word.count && vowels.contains(word[index]) }
        var index = 0
        while index < word.count {
            if isVowel(index), word.has("u", at: index + 1), isVowel(index + 2) {
                word[index + 1] = "U"
            } else if isVowel(index), word.has("i", at: index + 1), isVowel(index + 2) {
                word[index + 1] = "I"
            } else if isVowel(index), word.has("y", at: index + 1) {
                word[index + 1] = "Y"
            } else if word[index] == "ë" {
                word.replace(index..<(index + 1), by: "He")
            } else if word[index] == "ï" {
                word.replace(index..<(index + 1), by: "Hi")
            } else if word[index] == "y", isVowel(index + 1) {
                word[index] = "Y"
            } else if word[index] == "q", word.has("u", at: index + 1) {
                word[index + 1] = "U"
            } else {
                index += 1
            }
        }
    }

    private static func findVerbRegion(of word: inout StemWord) {
        let startsWithVowels = word.count > 2 && vowels.contains(word[0]) && vowels.contains(word[1])
        if startsWithVowels || ["par", "col", "tap"].contains(where: { word.has($0, at: 0) })
            || word.has("ni", at: 0) && word.count > 2 && vowels.contains(word[2])
        {
            word.rv = 3
        } else if let vowel = word.index(from: 1, where: vowels.contains) {
            word.rv = vowel + 1
        }
    }

    private static let derivations: SuffixTable<SuffixRule> = [
        "ance iqUe isme able iste eux ances iqUes ismes ables istes": .delete(in: .r2),
        "atrice ateur ation atrices ateurs ations": .delete(
            in: .r2, then: ["ic": .delete(in: .r2).or(.replace(by: "iqU"))]),
        "logie logies": .replace(in: .r2, by: "log"),
        "usion ution usions utions": .replace(in: .r2, by: "u"),
        "ence ences": .replace(in: .r2, by: "ent"),
        "ement ements": .delete(
            in: .rv,
            then: [
                "iv": .delete(in: .r2, then: ["at": .delete(in: .r2)]),
                "eus": .delete(in: .r2).or(.replace(in: .r1, by: "eux")),
                "abl iqU": .delete(in: .r2),
                "ièr Ièr": .replace(in: .rv, by: "i"),
            ]),
        "ité ités": .delete(
            in: .r2,
            then: [
                "abil": .delete(in: .r2).or(.replace(by: "abl")),
                "ic": .delete(in: .r2).or(.replace(by: "iqU")),
                "iv": .delete(in: .r2),
            ]),
        "if ive ifs ives": .delete(
            in: .r2,
            then: ["at": .delete(in: .r2, then: ["ic": .delete(in: .r2).or(.replace(by: "iqU"))])]),
        "eaux": .replace(by: "eau"),
        "aux": .replace(in: .r1, by: "al"),
        "oux": .replace(by: "ou", if: .afterLetter("bhjlnp")),
        "euse euses": .delete(in: .r2).or(.replace(in: .r1, by: "eux")),
        "issement issements": .delete(in: .r1, if: .afterLetterOtherThan(vowels)),
        // What is left of an adverb is a participle.
        "amment": .replace(in: .rv, by: "ant").thenReadOn,
        "emment": .replace(in: .rv, by: "ent").thenReadOn,
        "ment ments": .delete(if: .afterLetter(vowels, in: .rv)).thenReadOn,
    ]

    private static let verbsInI: SuffixTable<SuffixRule> = [
        """
        îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent issais \
        issait issant issante issantes issants isse issent isses issez issiez issions issons it
        """: .delete(if: .afterLetterOtherThan("aeiouyâàëéêèïîôûùH", in: .rv))
    ]

    private static let verbs: SuffixTable<SuffixRule> = [
        "ions": .delete(in: .r2),
        """
        é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez eais
        """: .delete(),
        """
        âmes ât âtes a ai aIent ait ant ante antes ants as asse assent asses assiez assions
        """: .delete(then: ["e": .delete(in: .rv)]),
        // Not those of "palais", "mauvais" and "déplais".
        "ais aise aises": .delete(
            if: .notAfter("auv épl"), .holds { word, suffix in !(suffix == 3 && word.has("al", at: 1)) }),
    ]

    private static let lastLetters: SuffixTable<SuffixRule> = [
        "Y": .replace(by: "i"), "ç": .replace(by: "c"),
    ]

    private static let plurals: SuffixTable<SuffixRule> = [
        "s": .delete(if: .after("Hi")).or(.delete(if: .afterLetterOtherThan("aiousè")))
    ]

    private static let residues: SuffixTable<SuffixRule> = [
        "ion": .delete(in: .r2, if: .afterLetter("st", in: .rv)),
        "ier ière Ier Ière": .replace(by: "i"),
        "e": .delete(),
    ]

    private static let doubles: SuffixTable<SuffixRule> = [
        "enn": .replace(by: "en"), "onn": .replace(by: "on"), "ett": .replace(by: "et"),
        "ell": .replace(by: "el"), "eill": .replace(by: "eil"),
    ]

    /// "é" and "è" before the last consonants become "e".
    private static func removeLastAccent(from word: inout StemWord) {
        guard let last = word.letters.lastIndex(where: vowels.contains), last < word.count - 1 else { return }
        if word[last] == "é" || word[last] == "è" { word[last] = "e" }
    }

    private static func restoreLetters(in word: inout StemWord) {
        var index = 0
        while index < word.count {
            if word.has("He", at: index) {
                word.replace(index..<(index + 2), by: "ë")
            } else if word.has("Hi", at: index) {
                word.replace(index..<(index + 2), by: "ï")
            } else if word[index] == "H" {
                word.replace(index..<(index + 1), by: "")
                continue
            }
            index += 1
        }
        word.map(["I": "i", "U": "u", "Y": "y"])
    }
}
