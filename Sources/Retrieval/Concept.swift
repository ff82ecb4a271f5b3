public import Text

/// One thing that a question asks about, with the ways an article may put it.
public struct Concept: Sendable, Hashable {
    /// The reader's own word or words.
    public var word: String
    /// Its share in what an answer must meet, relative to the other concepts; > 0.
    public var weight: Double
    /// What sort of word it is.
    public var kind: Kind
    /// The wordings that meet it, the reader's own first; never empty.
    public var ways: [Way]
    /// The word that the reader probably meant, where the archive does not know the one typed.
    public var mended: String?
    /// The numbers of the question's clauses that it stands in, from 0; ascending.
    public var clauses: [Int] = []

    /// A concept made of the given parts.
    public init(word: String, weight: Double, kind: Kind, ways: [Way], mended: String? = nil) {
        self.word = word
        self.weight = weight
        self.kind = kind
        self.ways = ways
        self.mended = mended
    }

    /// What sort of word a concept is, which decides what its absence means.
    public enum Kind: String, Sendable, Hashable {
        /// It names somebody or something: an article without it is about something else.
        case name
        /// A figure: another figure contradicts it.
        case number
        /// A content word.
        case word
        /// A word that says little about what is asked, and may be missing.
        case generic
    }

    /// One wording of a concept.
    public struct Way: Sendable, Hashable {
        /// What has to stand in the text.
        public let form: Form
        /// How fully this wording meets the concept, 0…1.
        public var strength: Double
        /// The languages of the texts in which it counts; nil for all.
        ///
        /// The reader's own word, by the rules of other languages than the question's, is a wording in texts of these
        /// alone: what French makes of "news" is another word in English.
        public var languages: Set<Language>?

        /// The form as texts are held against it.
        let pattern: WordPattern

        /// A wording and its strength.
        public init(_ form: Form, strength: Double = 1, languages: Set<Language>? = nil) {
            self.form = form
            self.strength = strength
            self.languages = languages
            pattern = WordPattern(form)
        }

        /// Whether it counts in texts of a language.
        func counts(in language: Language) -> Bool { languages?.contains(language) != false }

        /// Whether both say the same; the pattern follows from the form.
        public static func == (first: Way, second: Way) -> Bool {
            first.form == second.form && first.strength == second.strength
                && first.languages == second.languages
        }

        /// Feeds what ``==(_:_:)`` compares.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(form)
            hasher.combine(strength)
            hasher.combine(languages)
        }
    }

    /// What has to stand in a text for a wording to be met.
    public enum Form: Sendable, Hashable {
        /// All of these stems, in any order.
        case stems([String])
        /// These characters in a row, folded to simplified.
        case characters(String)
        /// As many of these characters as possible, in rows of two or more: an unknown run of Chinese, met by degrees.
        case run(String)
    }
}
