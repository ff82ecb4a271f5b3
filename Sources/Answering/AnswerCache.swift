import News
import Text

/// Checked answers of models, so that the same question about the same news costs its price once.
///
/// An answer is good as long as nothing that it was made from has changed: the question in other marks and letter cases is
/// the same question, but another version of an article, another prompt, another model or another day make another
/// answer. Bounded: what was not asked for longest makes room. Pure; whoever shares it guards it.
struct AnswerCache: Sendable {
    /// What an answer was made for.
    struct Key: Sendable, Hashable {
        /// The question, standing alone.
        var question: PlainText
        /// Its kind, which a follow-up may give the same words.
        var kind: QuestionKind
        /// The language of the answer.
        var language: Language
        /// The day on which it was asked, which the prompt names.
        var day: String
        /// The versions of the prompt's templates.
        var prompt: String
        /// The models that may answer.
        var model: String
    }

    /// The articles that an answer was made from: row → version.
    typealias Evidence = [Int64: Int]

    private struct Entry: Sendable {
        var answer: WrittenAnswer
        var evidence: Evidence
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0

    /// An empty cache of at most `capacity` answers.
    init(capacity: Int) { self.capacity = capacity }

    /// How many answers are kept.
    var count: Int { entries.count }

    /// The answer that was made for a question from exactly this evidence; one made from other evidence is let go.
    ///
    /// - Complexity: O(number of articles in the evidence).
    mutating func answer(for key: Key, evidence: Evidence) -> WrittenAnswer? {
        guard let entry = entries[key] else { return nil }
        guard entry.evidence == evidence else {
            entries[key] = nil
            return nil
        }
        uses += 1
        entries[key]?.lastUse = uses
        return entry.answer
    }

    /// Keeps an answer.
    ///
    /// - Complexity: O(1), or O(capacity) where one has to make room.
    mutating func keep(_ answer: WrittenAnswer, for key: Key, evidence: Evidence) {
        guard capacity > 0 else { return }
        if entries[key] == nil, entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
        uses += 1
        entries[key] = Entry(answer: answer, evidence: evidence, lastUse: uses)
    }

    /// Lets go of every answer that an article has a part in.
    ///
    /// - Parameter rows: the articles that have changed or are gone.
    /// - Complexity: O(number of answers and their articles).
    mutating func drop(changed rows: Set<Int64>) {
        guard !rows.isEmpty else { return }
        entries = entries.filter { rows.isDisjoint(with: $0.value.evidence.keys) }
    }
}
