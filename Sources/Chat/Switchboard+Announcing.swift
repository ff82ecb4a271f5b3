import Foundation
public import Storage
import Text

/// Something to say to chats in which nobody has asked.
public struct Announcement: Sendable {
    /// What is said.
    public enum Text: Sendable, Hashable {
        /// Others than before receive what is asked here.
        case subprocessors([SubprocessorChange])
    }

    /// What is said.
    public var text: Text
    /// Where, such as `telegram:-100123`.
    public var chats: Set<String>
    /// The same whenever the same is announced again, so that it is said once.
    public var key: String

    /// An announcement.
    public init(_ text: Text, to chats: Set<String>, key: String) {
        (self.text, self.chats, self.key) = (text, chats, key)
    }
}

/// What has become of one of those who receive questions and passages.
public struct SubprocessorChange: Sendable, Hashable, CustomStringConvertible {
    /// What has become of it.
    public enum Kind: String, Sendable, Hashable { case added, changed, removed }

    /// What has become of it.
    public var kind: Kind
    /// The provider's name.
    public var name: String
    /// The model.
    public var model: String
    /// Where it computes; empty where nobody knows.
    public var region: String
    /// Whether it receives all articles, to find them by their meaning, and not just some passages, to word an answer.
    public var receivesAll: Bool

    /// A change.
    public init(_ kind: Kind, name: String, model: String, region: String, receivesAll: Bool) {
        (self.kind, self.name, self.model) = (kind, name, model)
        (self.region, self.receivesAll) = (region, receivesAll)
    }

    /// The change in a line for an operator.
    public var description: String {
        kind == .removed
            ? "removed: \(name)"
            : "\(kind.rawValue): \(name) (\(model)\(region.isEmpty ? "" : ", " + region))"
    }
}

extension Switchboard {
    /// Says something to some chats, to each once and in its language, however often it is announced.
    ///
    /// - Parameter announcement: what is said, and where.
    /// - Returns: the chats that cannot be written to: of a platform that is off, or that only answers.
    /// - Throws: ``StorageError`` where it cannot be kept; announced again, it reaches all.
    public func announce(_ announcement: Announcement) async throws(StorageError) -> Set<String> {
        var unreached: Set<String> = []
        var entries: [OutboxEntry] = []
        for lane in announcement.chats.sorted() {
            let place = lane.split(separator: ":", maxSplits: 1).map(String.init)
            guard place.count == 2, let channel = channels[place[0]] else {
                unreached.insert(lane)
                continue
            }
            let profile = try await store.chat(lane).profile
            let language = profile.language.flatMap { Language(tag: $0) } ?? configuration.language
            let address = ReplyAddress(
                chat: place[1], isPrivate: profile.isPrivate, isPress: false, receivedAt: now())
            let parts = channel.render(
                responder.document(of: announcement.text, in: language ?? .english), at: address)
            let messages = parts.enumerated().map { index, part in
                let key = "\(lane):\(announcement.key)-\(index)"
                return OutboundMessage(address: address, content: .part(part), index: index, key: key)
            }
            guard messages.allSatisfy({ channel.send($0, now: now()) != nil }) else {
                unreached.insert(lane)
                continue
            }
            entries += messages.map { message in
                OutboxEntry(
                    channel: channel.name, key: message.key, lane: lane, about: nil,
                    content: Self.json(message))
            }
        }
        if !entries.isEmpty {
            try await store.answered(nil, with: entries, at: now())
            parcelsArrived()
        }
        return unreached
    }
}

extension ChatResponder {
    /// An announcement in the words of a language.
    func document(of text: Announcement.Text, in language: Language) -> ReplyDocument {
        switch text {
        case .subprocessors(let changes):
            func entries(_ kind: SubprocessorChange.Kind) -> [[String: Any]] {
                changes.filter { $0.kind == kind }.map { change in
                    var entry: [String: Any] = ["name": change.name, "model": change.model]
                    if !change.region.isEmpty { entry["region"] = change.region }
                    entry["all"] = change.receivesAll
                    return entry
                }
            }
            return ReplyDocument(
                plain: texts.text(
                    .subprocessors, in: language,
                    [
                        "added": entries(.added), "changed": entries(.changed),
                        "removed": entries(.removed),
                    ]))
        }
    }
}
