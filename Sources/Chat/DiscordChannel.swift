import Crypto
public import Foundation

/// Discord's interactions over HTTP: commands and buttons, signed with Ed25519 (RFC 8032).
///
/// Source: discord-api-docs, “Interactions: Receiving and Responding”.
public struct DiscordChannel: Channel {
    /// `discord`.
    public let name = "discord"
    private let key: Curve25519.Signing.PublicKey
    let applicationID: String?
    let botToken: String?
    let apiURL: String

    /// - Parameters:
    ///   - publicKey: the app's public key as 64 hexadecimal digits; nil is returned of anything else.
    ///   - applicationID: the app's identity, needed to make commands known.
    ///   - botToken: the bot's token, needed for commands and for what nobody asked for, such as digests.
    ///   - apiURL: where the API is served.
    public init?(
        publicKey: String, applicationID: String? = nil, botToken: String? = nil,
        apiURL: String = "https://discord.com/api/v10"
    ) {
        guard let bytes = Hexadecimal.bytes(publicKey),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
        self.applicationID = applicationID
        self.botToken = botToken
        self.apiURL = apiURL
    }

    /// Checks the signature over the time and the body; Discord sends wrong ones to see that they get 401.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        guard let claim = request.header("X-Signature-Ed25519"),
            let timestamp = request.header("X-Signature-Timestamp")
        else { throw .unauthorised(reason: "X-Signature-Ed25519 or X-Signature-Timestamp is missing") }
        guard let signature = Hexadecimal.bytes(claim), signature.count == 64 else {
            throw .unauthorised(reason: "X-Signature-Ed25519 is not 128 hexadecimal digits")
        }
        guard !timestamp.isEmpty, timestamp.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            throw .unauthorised(reason: "X-Signature-Timestamp is not a number")
        }
        guard key.isValidSignature(signature, for: Array(timestamp.utf8) + request.body) else {
            throw .unauthorised(reason: "the signature is not the one of these bytes")
        }
    }

    /// Reads an interaction; commands are acknowledged as deferred, so that the answer may take 15 minutes.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        // Nothing separates the time from the body in what is signed: a digit may have moved from one to the other.
        guard request.body.first == UInt8(ascii: "{") else {
            throw .malformed(reason: "it does not begin with a JSON object")
        }
        let interaction = try JSONNode(object: request.body)
        switch interaction["type"].integer {
        case 1: return Update(acknowledgement: .json(#"{"type":1}"#))
        case 2:
            var event = try event(interaction, kind: .command)
            event.command = interaction["data"]["name"].string
            read(command: interaction["data"], into: &event)
            event.isMentioned = true
            if event.command == Self.handOver { hand(interaction, over: &event) }
            return Update([event], acknowledgement: .json(#"{"type":5}"#))
        case 3:
            var event = try event(interaction, kind: .button)
            event.message = interaction["message"]["id"].identity
            event.text = interaction["data"]["custom_id"].string
            return Update([event], acknowledgement: .json(#"{"type":6}"#))
        case 4: return Update(acknowledgement: .json(#"{"type":8,"data":{"choices":[]}}"#))
        // A form is sent in, though the bot has none.
        case 5: return Update(acknowledgement: .json(#"{"type":6}"#))
        default: throw .malformed(reason: "“type” is not one of the interactions 1 to 5")
        }
    }

    private func event(_ interaction: JSONNode, kind: ChatEvent.Kind) throws(ChannelError) -> ChatEvent {
        let isGuild = interaction["guild_id"].isPresent
        let user = isGuild ? interaction["member"]["user"] : interaction["user"]
        var event = ChatEvent(
            id: try interaction.required("id"), kind: kind, chat: interaction["channel_id"].identity)
        event.user = user["id"].identity
        event.isFromBot = user["bot"].isTrue
        // Context 2 is a group of several people without a guild.
        event.isPrivate = !isGuild && interaction["context"].integer != 2
        event.locale = interaction["locale"].string
        event.replyHandle = interaction["token"].string
        event.account = interaction["application_id"].identity
        return event
    }

    /// The command in the menu of a message by which administrators take it in as news: Discord tells apps that are reached
    /// over HTTP of no message by itself.
    static let handOver = "Take in as news"

    private func hand(_ interaction: JSONNode, over event: inout ChatEvent) {
        guard let message = event.message, let channel = event.chat else { return }
        let posted = interaction["data"]["resolved"]["messages"][message]
        // Discord writes fractions of a second, which tell a reader nothing.
        let time = posted["timestamp"].string.flatMap { stamp in
            try? Date.ISO8601FormatStyle().parse(stamp.replacing(/\.[0-9]+/, with: ""))
        }
        event.request = .forward(
            ChatEvent.Origin(
                channel: channel, title: interaction["channel"]["name"].string, name: nil, message: message,
                time: time))
        let guild = interaction["guild_id"].identity ?? "@me"
        event.permalink =
            "https://discord.com/channels/\(guild == "@me" ? guild : JSONBody.escaped(guild))/"
            + "\(JSONBody.escaped(channel))/\(JSONBody.escaped(message))"
    }

    private func read(command: JSONNode, into event: inout ChatEvent) {
        if let target = command["target_id"].identity {
            event.message = target
            event.text = command["resolved"]["messages"][target]["content"].string
            return
        }
        // A subcommand holds its options one level further down.
        var options = command["options"].elements
        for _ in 0..<2 where options.first?["options"].isPresent == true {
            options = options.first?["options"].elements ?? []
        }
        event.text = options.lazy.compactMap(\.["value"].identity).first
    }
}
