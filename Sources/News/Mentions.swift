public import Foundation
import Synchronization
public import Text

/// What a sentence mentions that an answer may be made of: names, dates, amounts and lists.
///
/// It is found when it is first asked for and kept, because a sentence is held against many questions. Safe to share.
public final class Mentions: Sendable {
    private struct Found: Sendable {
        var names: [String]?
        var dates: [DateMention]?
        var quantities: [Quantity]?
        var lists: [Enumeration]?
    }

    private let text: String
    private let language: Language
    private let publishedAt: Date?
    private let found = Mutex(Found())

    /// The mentions of a sentence.
    ///
    /// - Parameters:
    ///   - text: the sentence.
    ///   - language: what it is written in.
    ///   - publishedAt: the date from which its dates are resolved.
    public init(in text: String, language: Language, publishedAt: Date?) {
        self.text = text
        self.language = language
        self.publishedAt = publishedAt
    }

    /// The names of people, places and organisations, in order.
    public var names: [String] { kept(\.names) { Names.all(in: text, language: language) } }
    /// The dates, resolved as far as the date of publication allows.
    public var dates: [DateMention] {
        kept(\.dates) {
            DateMention.all(in: text, language: language).map { $0.resolved(against: publishedAt) }
        }
    }
    /// The amounts.
    public var quantities: [Quantity] { kept(\.quantities) { Quantity.all(in: text, language: language) } }
    /// The coordinated lists.
    public var lists: [Enumeration] { kept(\.lists) { Enumeration.all(in: text) } }

    private func kept<Value: Sendable>(
        _ sort: any WritableKeyPath<Found, Value?> & Sendable, _ find: () -> Value
    ) -> Value {
        if let known = found.withLock({ $0[keyPath: sort] }) { return known }
        // Found outside the lock: finding it twice is cheaper than having readers wait for each other.
        let fresh = find()
        found.withLock { $0[keyPath: sort] = fresh }
        return fresh
    }
}
