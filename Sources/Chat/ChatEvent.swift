public import Foundation

/// One thing that happened on a chat platform, in the same words for all platforms.
public struct ChatEvent: Sendable, Equatable, Codable {
    /// What happened.
    public enum Kind: String, Sendable, Codable {
        /// Somebody wrote.
        case message
        /// Somebody wrote a command, or chose one from the platform's list.
        case command
        /// Somebody changed a message; ``ChatEvent/message`` is the one that was changed, the text is the new one.
        case edit
        /// Somebody pressed a button; the text is what the button stands for.
        case button
        /// The bot was invited, added, removed or blocked.
        case join
        /// Nothing to answer: what the bot itself or another bot wrote, receipts, what is not served.
        case ignore
    }

    /// The platform's identity of this delivery, equal whenever it is delivered again.
    public var id: String
    /// What happened.
    public var kind: Kind
    /// Where to answer: the room, channel, group, or person; nil where the platform names none.
    public var chat: String?
    /// Who did it; nil for channels that post under their own name.
    public var user: String?
    /// The message it is about, unique within the chat.
    public var message: String?
    /// The thread or topic within the chat.
    public var thread: String?
    /// What was written, without the platform's escapes.
    public var text: String?
    /// The bot is named in the text.
    public var isMentioned = false
    /// The message answers one of the bot's own.
    public var isReplyToBot = false
    /// The command names another bot, so that it is not for us.
    public var isForAnotherBot = false
    /// Nobody but the user and the bot are in the chat.
    public var isPrivate = false
    /// The user's language as a BCP 47 tag, where the platform tells it.
    public var locale: String?
    /// When it happened, by the platform's clock, where the platform tells it.
    public var time: Date?
    /// It comes from a bot, maybe from us.
    public var isFromBot = false
    /// A token or address, good for a short time, that the platform gives to answer just this event.
    public var replyHandle: String?
    /// The account of ours that was written to, where a platform serves several under one secret.
    public var account: String?
    /// The command's name, where the platform gives it apart from the text.
    public var command: String?
    /// The pieces of the text that name the bot, which are no part of a question.
    public var namings: [String] = []
    /// It wants something that ``kind`` has no word for.
    public var request: Request?
    /// The text of a post as its readers see it, links behind their words; nil where it is ``text``.
    public var reading: String?
    /// Where a reader can open the post.
    public var permalink: String?
    /// What the pictures and captions of one post have in common that the platform delivers one by one.
    public var album: String?

    /// What platforms have beside messages.
    public enum Request: Sendable, Equatable, Codable {
        /// Results to choose from while somebody is still writing.
        case results
        /// Consent to an invitation; whether nobody else is in the room.
        case join(isDirect: Bool)
        /// A post of a channel, which is news: the channel's title and its name in addresses.
        case post(channel: String?, name: String?)
        /// An answer to something that cannot be read, because it is encrypted for others.
        case unreadable
        /// A post of a channel was taken away; ``ChatEvent/message`` is the one.
        case withdrawal
        /// A post of a channel that somebody hands on, with where the platform vouches that it comes from.
        case forward(Origin)
    }

    /// Where a post comes from that was handed on.
    public struct Origin: Sendable, Equatable, Codable {
        /// The channel's number.
        public var channel: String
        /// Its title.
        public var title: String?
        /// Its name in addresses.
        public var name: String?
        /// The post's number there.
        public var message: String
        /// When it was published there.
        public var time: Date?

        /// An origin made of the given parts.
        public init(channel: String, title: String?, name: String?, message: String, time: Date?) {
            (self.channel, self.title, self.name) = (channel, title, name)
            (self.message, self.time) = (message, time)
        }
    }

    /// An event with what every one has.
    public init(id: String, kind: Kind, chat: String? = nil, text: String? = nil) {
        self.id = id
        self.kind = kind
        self.chat = chat
        self.text = text
    }

    /// Whether the bot is spoken to, so that silence would be rude and an answer is not.
    ///
    /// In private always; among several people only when named, answered or called; never by bots. Threads that the
    /// bot owns are known to the store, not to the event.
    public var isAddressed: Bool {
        guard !isFromBot, !isForAnotherBot else { return false }
        return switch kind {
        case .message, .edit: isPrivate || isMentioned || isReplyToBot
        case .command, .button: true
        case .join, .ignore: false
        }
    }
}
