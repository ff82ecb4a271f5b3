/// Articles, pronouns and joining words that lose their last vowel before another, and are written with it as one word:
/// "l'état", "qu'il", "dell'arte".
enum Elision {
    /// What may stand before the apostrophe in a language, in small letters.
    static func heads(in language: Language) -> Set<String> {
        switch language {
        case .french: french
        case .italian: italian
        default: []
        }
    }

    /// What stands behind the last apostrophe of a folded word, where only such heads stand before; or else the word.
    static func tail(of folded: String, in language: Language) -> Substring {
        let heads = heads(in: language)
        guard !heads.isEmpty else { return folded[...] }
        var tail = folded[...]
        while let apostrophe = tail.firstIndex(where: { $0 == "'" || $0 == "’" }),
            heads.contains(String(tail[..<apostrophe]))
        {
            tail = tail[tail.index(after: apostrophe)...]
        }
        return tail
    }

    private static let french: Set<String> = [
        "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    ]
    private static let italian: Set<String> = [
        "all", "anch", "c", "coll", "com", "cos", "d", "dall", "dell", "dov", "gl", "l", "m", "n", "neanch",
        "nell",
        "nessun", "qual", "quand", "quant", "quell", "quest", "s", "sull", "t", "tutt", "un", "v",
    ]
}
