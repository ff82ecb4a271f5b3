import Foundation

extension TimeFinder {
    static let spanWords: Set<String> = ["to", "until", "till", "through", "-", "~", "至", "到"]
    static let betweenWords: Set<String> = ["and", "-", "to"]
    static let beginnings: Set<String> = ["from", "从", "自", "由"]
    static let backCues: Set<String> = ["past", "last", "recent", "previous"]
    static let backPrepositions: Set<String> = ["in", "over", "during", "within", "for"]
    static let partPrepositions: Set<String> = ["in", "during", "of"]
    /// How many "a few" are, and the like.
    static let vague = ["few": 3, "couple": 2, "several": 5, "几": 3, "数": 3]
    /// What the units of a stretch that reaches back come to.
    static let steps: [String: (Calendar.Component, Int)] = [
        "minute": (.minute, 1), "hour": (.hour, 1), "day": (.day, 1), "week": (.day, 7), "month": (.month, 1),
        "quarter": (.month, 3), "year": (.year, 1), "decade": (.year, 10),
    ]
    static let cues: Set<String> = [
        "in", "on", "since", "before", "after", "until", "till", "by", "during", "from", "of", "at", "within",
    ]
    /// Words between a preposition and its date.
    static let fillers: Set<String> = [
        "the", "early", "late", "mid", "-", "year", "end", "beginning", "start", "of",
    ]
    static let endings: [(run: [String], meaning: String)] = [
        (["onwards"], "since"), (["onward"], "since"), (["以", "来"], "since"), (["起"], "since"),
        (["之", "后"], "after"),
        (["以", "后"], "after"), (["后"], "after"), (["之", "前"], "before"), (["以", "前"], "before"),
        (["前"], "before"),
    ]
    /// What a form begins with where that is neither a date nor a number.
    static let openings: Set<String> = {
        var openings: Set<String> = ["between", "prior", "q", "h"]
        for words in [beginnings, backCues, partPrepositions, cues, fillers] { openings.formUnion(words) }
        openings.formUnion(vague.keys)
        openings.formUnion(ordinals.keys)
        openings.formUnion((latestWords + pastWords).compactMap(\.first))
        return openings
    }()
    static let latestWords: [[String]] = {
        let english = [
            "most recently", "most recent", "right now", "so far", "these days", "at the moment",
            "at present",
            "as of now", "recently", "recent", "latest", "newest", "currently", "nowadays", "lately",
        ].map(Vocabulary.list)
        let chinese = Vocabulary.list("最新 最近 近期 近日 近來 目前 現在 如今 當前 迄今 至今 剛剛").map(Vocabulary.run)
        return english + chinese
    }()
}
