import Synchronization
import Text

/// What the words of recent questions mean in one snapshot of the archive, so that a word that is asked with again is not
/// held against the index, the lexicon and the words one slip away once more.
final class WordConcepts: Sendable {
    /// All that a word's concept depends on besides the archive.
    struct Key: Sendable, Hashable {
        /// As typed.
        let surface: String
        let startsSentence: Bool
        /// Whether capitals tell names apart in its question.
        let isCased: Bool
        /// That of its question.
        let language: Language
    }

    private let capacity: Int
    /// Nil for a word that only asks.
    private let known = Mutex<[Key: Concept?]>([:])

    /// Room for so many words; where one more comes, the others go.
    init(capacity: Int) { self.capacity = capacity }

    /// What a word was found to mean; nil where it was not asked with.
    func known(_ key: Key) -> Concept?? { known.withLock { $0[key] } }

    /// Keeps what a word means.
    func keep(_ concept: Concept?, for key: Key) {
        // What makes room is let go of outside of the lock.
        _ = known.withLock { known in
            let gone = known.count >= capacity ? known : [:]
            if !gone.isEmpty { known = [:] }
            known[key] = .some(concept)
            return gone
        }
    }
}
