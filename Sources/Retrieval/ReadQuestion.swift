public import News
public import Text

/// A question taken apart: what it names, what it asks about, and the time and sources it speaks of.
public struct ReadQuestion: Sendable, Hashable {
    /// The words, as typed.
    public var text: String
    /// The language of the words.
    public var language: Language
    /// What an answer has to meet, in the order of the words.
    public var concepts: [Concept]
    /// The stretches of time that it names.
    public var times: [TimePhrase]
    /// The names of the archive's sources that it mentions; they are preferred, never required.
    public var sources: [String]
    /// Its stretches of characters written without spaces, folded, with the number of the clause that each stands in.
    var runs: [Run] = []
    /// The terms of the dates that it names.
    var dates: [String] = []

    struct Run: Sendable, Hashable {
        var text: String
        var clause: Int
    }

    /// A question made of the given parts.
    public init(
        text: String, language: Language, concepts: [Concept] = [], times: [TimePhrase] = [],
        sources: [String] = []
    ) {
        self.text = text
        self.language = language
        self.concepts = concepts
        self.times = times
        self.sources = sources
    }

    /// The concepts that name somebody or something.
    public var names: [Concept] { concepts.filter { $0.kind == .name } }

    /// Whether it asks for the newest there is.
    public var wantsLatest: Bool { times.contains(where: \.wantsLatest) }
}
