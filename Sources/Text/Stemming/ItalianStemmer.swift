/// The Italian stemmer of Snowball: pronouns behind a verb, endings that form words or else those of verbs, and vowels.
///
/// Acute accents count as grave ones.
///
/// Source: M. Porter and others, "Italian stemming algorithm", snowballstem.org, in its form of 2025.
enum ItalianStemmer {
    static func stem(_ word: inout StemWord) {
        word.map(["á": "à", "é": "è", "í": "ì", "ó": "ò", "ú": "ù"])
        markConsonants(in: &word)
        word.findRegions(vowels: vowels)
        word.findVerbRegion(vowels: vowels)
        // Or else "divano" would meet "diva".
        if word.has("divan", at: 0) { word.rv = 5 }
        removePronoun(from: &word)
        _ = word.apply(derivations) || word.apply(verbs, within: .rv)
        word.apply(residues)
        word.apply(hardness)
        word.map(["I": "i", "U": "u"])
    }

    private static let vowels: LetterSet = "aeiouàèìòù"

    /// "i" and "u" between vowels are consonants, and so is the "u" of "qu".
    private static func markConsonants(in word: inout StemWord) {
        for index in word.letters.indices.dropFirst() where word[index] == "u" && word[index - 1] == "q" {
            word[index] = "U"
        }
        for index in word.letters.indices.dropFirst().dropLast()
        where vowels.contains(word[index - 1]) && vowels.contains(word[index + 1]) {
            if word[index] == "u" { word[index] = "U" } else if word[index] == "i" { word[index] = "I" }
        }
    }

    /// Takes a pronoun off that is joined to a verb form, of which an infinitive gets its last vowel back.
    private static func removePronoun(from word: inout StemWord) {
        guard let pronoun = pronouns.longest(in: word.letters, before: word.count, from: 0)?.start,
            let form = verbForms.longest(in: word.letters, before: pronoun, from: 0), form.start >= word.rv
        else { return }
        word.replace(from: pronoun, by: form.meaning)
    }

    private static let pronouns: SuffixList = """
        ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene tela tele teli \
        telo tene cela cele celi celo cene vela vele veli velo vene
        """

    private static let verbForms: SuffixTable<String> = ["ando endo": "", "ar er ir": "e"]

    private static let derivations: SuffixTable<SuffixRule> = [
        """
        anza anze ico ici ica ice iche ichi ismo ismi abile abili ibile ibili ista iste isti istà istè istì oso osi osa \
        ose mente atrice atrici ante anti
        """: .delete(in: .r2),
        "azione azioni atore atori": .delete(in: .r2, then: ["ic": .delete(in: .r2)]),
        "logia logie": .replace(in: .r2, by: "log"),
        "uzione uzioni usione usioni": .replace(in: .r2, by: "u"),
        "enza enze": .replace(in: .r2, by: "ente"),
        "amento amenti imento imenti": .delete(in: .rv),
        "amente": .delete(
            in: .r1,
            then: ["iv": .delete(in: .r2, then: ["at": .delete(in: .r2)]), "os ic abil": .delete(in: .r2)]
        ),
        "ità": .delete(in: .r2, then: ["abil ic iv": .delete(in: .r2)]),
        "ivo ivi iva ive": .delete(
            in: .r2, then: ["at": .delete(in: .r2, then: ["ic": .delete(in: .r2)])]),
    ]

    private static let verbs: SuffixTable<SuffixRule> = [
        """
        ammo ando ano are arono asse assero assi assimo ata ate ati ato ava avamo avano avate avi avo emmo enda ende endi \
        endo erà erai eranno ere erebbe erebbero erei eremmo eremo ereste eresti erete erò erono essero ete eva evamo evano \
        evate evi evo Yamo iamo immo irà irai iranno ire irebbe irebbero irei iremmo iremo ireste iresti irete irò irono \
        isca iscano isce isci isco iscono issero ita ite iti ito iva ivamo ivano ivate ivi ivo ono uta ute uti uto ar ir
        """: .delete()
    ]

    private static let residues: SuffixTable<SuffixRule> = [
        "a e i o à è ì ò": .delete(in: .rv, then: ["i": .delete(in: .rv)])
    ]

    /// The "h" that keeps a "c" or "g" hard before a vowel that is gone.
    private static let hardness: SuffixTable<SuffixRule> = ["h": .delete(if: .afterLetter("cg", in: .rv))]
}
