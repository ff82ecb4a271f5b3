/// The Spanish stemmer of Snowball: pronouns behind a verb, endings that form words or else those of verbs, and vowels.
///
/// The acute accents of vowels are lost at last.
///
/// Source: M. Porter and others, "Spanish stemming algorithm", snowballstem.org, in its form of 2025.
enum SpanishStemmer {
    static func stem(_ word: inout StemWord) {
        word.findRegions(vowels: vowels)
        word.findVerbRegion(vowels: vowels)
        removePronoun(from: &word)
        _ =
            word.apply(derivations) || word.apply(verbsInY, within: .rv) || word.apply(verbs, within: .rv)
        word.apply(residues)
        word.map(["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"])
    }

    private static let vowels: LetterSet = "aeiouáéíóúü"

    /// Takes a pronoun off that is joined to a verb form, which loses the accent that it bears for the pronoun's sake.
    private static func removePronoun(from word: inout StemWord) {
        guard
            let pronoun = pronouns.longest(in: word.letters, before: word.count, from: 0)?.start,
            let form = verbForms.longest(in: word.letters, before: pronoun, from: 0), form.start >= word.rv,
            form.meaning != "yendo" || word.has("u", before: form.start)
        else { return }
        word.replace(from: form.start, by: form.meaning)
    }

    private static let pronouns: SuffixList = "me se sela selo selas selos la le lo las les los nos"

    private static let verbForms: SuffixTable<String> = [
        "iendo iéndo": "iendo", "ando ándo": "ando", "yendo": "yendo", "ar ár": "ar", "er ér": "er",
        "ir ír": "ir",
    ]

    private static let derivations: SuffixTable<SuffixRule> = [
        """
        anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos \
        imiento imientos
        """: .delete(in: .r2),
        """
        adora ador acion ación adoras adores aciones ante antes ancia ancias
        """: .delete(in: .r2, then: ["ic": .delete(in: .r2)]),
        "logía logías": .replace(in: .r2, by: "log"),
        "ucion ución uciones": .replace(in: .r2, by: "u"),
        "encia encias": .replace(in: .r2, by: "ente"),
        "amente": .delete(
            in: .r1,
            then: ["iv": .delete(in: .r2, then: ["at": .delete(in: .r2)]), "os ic ad": .delete(in: .r2)]),
        "mente": .delete(in: .r2, then: ["ante able ible": .delete(in: .r2)]),
        "idad idades": .delete(in: .r2, then: ["abil ic iv": .delete(in: .r2)]),
        "iva ivo ivas ivos": .delete(in: .r2, then: ["at": .delete(in: .r2)]),
    ]

    private static let verbsInY: SuffixTable<SuffixRule> = [
        "ya ye yan yen yeron yendo yo yó yas yes yais yamos": .delete(if: .afterLetter("u"))
    ]

    private static let verbs: SuffixTable<SuffixRule> = [
        // The "u" of "gu" only keeps the "g" hard.
        "en es éis emos": .delete(then: ["u": .delete(if: .afterLetter("g"))]),
        """
        arían arías arán arás aríais aría aréis aríamos aremos ará aré \
        erían erías erán erás eríais ería eréis eríamos eremos erá eré \
        irían irías irán irás iríais iría iréis iríamos iremos irá iré \
        aba ada ida ía ara iera ad ed id ase iese aste iste an aban ían aran ieran asen iesen aron ieron ado ido ando \
        iendo ió ar er ir as abas adas idas ías aras ieras ases ieses ís áis abais íais arais ierais aseis ieseis asteis \
        isteis ados idos amos ábamos íamos imos áramos iéramos iésemos ásemos
        """: .delete(),
    ]

    private static let residues: SuffixTable<SuffixRule> = [
        "os a o á í ó": .delete(in: .rv),
        "e é": .delete(in: .rv, then: ["u": .delete(in: .rv, if: .afterLetter("g"))]),
    ]
}
