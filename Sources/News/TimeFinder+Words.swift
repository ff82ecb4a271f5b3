extension TimeFinder {
    static let spanWords: Set<String> = ["to", "until", "till", "through", "-", "~", "至", "到"]
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
