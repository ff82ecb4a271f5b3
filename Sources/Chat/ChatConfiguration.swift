public import Foundation
public import Text

/// What an owner may set for all platforms together.
public struct ChatConfiguration: Sendable {
    /// The language of all replies; nil follows the question.
    public var language: Language?
    /// By which clock daily digests are sent.
    public var timeZone = TimeZone.gmt
    /// How many questions one person may ask a minute, at least 1; as many at once after a pause.
    public var personRate = 20
    /// The same for all people of one chat together.
    public var chatRate = 60
    /// The chats and people that are answered, such as `telegram:-100123` or `slack:U024`; empty means all.
    public var allowed: Set<String> = []
    /// The chats and people that are not answered.
    public var blocked: Set<String> = []
    /// The channels whose posts are news, such as `telegram:-100123` or `telegram:@harbourwire`.
    public var newsChannels: Set<String> = []
    /// How answers name channels whose platform tells no title.
    public var newsNames: [String: String] = [:]
    /// The people whose forwarded posts of channels are news, such as `telegram:42`.
    public var administrators: Set<String> = []
    /// Whether answers are corrected where they stand when an article that they cite changes or is taken back.
    public var correctsAnswers = false
    /// How long questions and answers are kept; nil keeps them until somebody says `/forget`.
    public var retention: Duration?
    /// How many questions may wait before no model is asked any more, so that all are answered soon.
    public var crowd = 100
    /// The name of the model that may word answers; nil where there is none.
    public var model: String?
    /// The same for one conversation, where they differ in the models that they allow; nil for none.
    public var providers: (@Sendable (_ conversation: String) -> String?)?

    /// The defaults.
    public init() {}

    /// Whether somebody may ask here: not blocked, and allowed where a list says who is.
    func admits(_ event: ChatEvent, on channel: String) -> Bool {
        let names = Set([event.chat, event.user].compactMap { $0.map { "\(channel):\($0)" } })
        return blocked.isDisjoint(with: names) && (allowed.isEmpty || !allowed.isDisjoint(with: names))
    }

    /// Whether an event is a post of a channel whose posts are news, its end, or one that an administrator hands on.
    func isNews(_ event: ChatEvent, on channel: String) -> Bool {
        if case .forward = event.request {
            return event.user.map { administrators.contains("\(channel):\($0)") } ?? false
        }
        guard let chat = event.chat else { return false }
        switch event.request {
        case .post(_, let name):
            return newsChannels.contains("\(channel):\(chat)")
                || name.map { newsChannels.contains("\(channel):@\($0)") } ?? false
        case .withdrawal: return newsChannels.contains("\(channel):\(chat)")
        default: return false
        }
    }
}
