import Chat
import Foundation
import LLM

/// The chat platforms that there are: each with the settings that turn it on.
///
/// A platform whose secret is not set is off, and its routes lead nowhere.
enum ChannelRegistry {
    private typealias Maker = @Sendable (SettingsReader) throws(SettingsError) -> (any Channel)?

    private static let makers: [Maker] = [
        telegram, slack, discord, line, meta, matrix, generic,
    ]

    /// The platforms that are on.
    ///
    /// - Throws: ``SettingsError`` for one that is set by half.
    static func channels(_ reader: SettingsReader) throws(SettingsError) -> [any Channel] {
        var channels: [any Channel] = []
        for make in makers {
            if let channel = try make(reader) { channels.append(channel) }
        }
        return channels
    }

    /// What holds for all of them.
    static func configuration(_ reader: SettingsReader) throws(SettingsError) -> ChatConfiguration {
        var chat = ChatConfiguration()
        chat.allowed = reader.list(.chatAllowed)
        chat.blocked = reader.list(.chatBlocked)
        for entry in (reader.text(.chatNewsChannels) ?? "").split(separator: ",") {
            let parts = entry.split(separator: "=", maxSplits: 1)
            guard let channel = parts.first?.filter({ !$0.isWhitespace }), !channel.isEmpty else { continue }
            chat.newsChannels.insert(channel)
            let name = parts.dropFirst().first?.trimmingCharacters(in: .whitespaces) ?? ""
            if !name.isEmpty { chat.newsNames[channel] = name }
        }
        chat.administrators = reader.list(.chatAdministrators)
        chat.personRate = try reader.integer(.chatPersonRate, in: 1...1_000_000)
        chat.chatRate = try reader.integer(.chatRate, in: 1...1_000_000)
        if reader.text(.chatRetentionDays) != nil {
            chat.retention = .seconds(86_400 * (try reader.integer(.chatRetentionDays, in: 1...36_500)))
        }
        chat.correctsAnswers = try reader.value(.chatCorrections, "on or off", SettingsReader.flag)
        chat.timeZone = try reader.value(.chatTimeZone, "a time zone such as Asia/Taipei") {
            TimeZone(identifier: $0)
        }
        return chat
    }

    private static let telegram: Maker = { reader throws(SettingsError) in
        guard let secret = try reader.channelSecret(.telegramSecret) else { return nil }
        return TelegramChannel(
            secret: secret, botName: try reader.needed(.telegramBotName, with: .telegramSecret),
            token: try reader.secret(.telegramToken)?.revealed, apiURL: try reader.address(.telegramAPIURL))
    }

    private static let slack: Maker = { reader throws(SettingsError) in
        guard let secret = try reader.channelSecret(.slackSigningSecret) else { return nil }
        return SlackChannel(
            secret: secret, token: try reader.secret(.slackToken)?.revealed,
            apiURL: try reader.address(.slackAPIURL))
    }

    private static let discord: Maker = { reader throws(SettingsError) in
        guard let key = reader.text(.discordPublicKey) else { return nil }
        guard
            let channel = DiscordChannel(
                publicKey: key, applicationID: reader.text(.discordApplicationID),
                botToken: try reader.secret(.discordBotToken)?.revealed,
                apiURL: try reader.address(.discordAPIURL))
        else { throw reader.error(.discordPublicKey, "is not 64 hexadecimal digits of an Ed25519 key") }
        return channel
    }

    private static let line: Maker = { reader throws(SettingsError) in
        guard let secret = try reader.channelSecret(.lineSecret) else { return nil }
        return LINEChannel(
            secret: secret, token: try reader.secret(.lineToken)?.revealed,
            apiURL: try reader.address(.lineAPIURL))
    }

    private static let meta: Maker = { reader throws(SettingsError) in
        guard let secret = try reader.channelSecret(.metaAppSecret) else { return nil }
        guard let verify = try reader.channelSecret(.metaVerifyToken) else {
            throw reader.error(.metaAppSecret, "needs meta.verify_token too")
        }
        return MetaChannel(
            secret: secret, verifyToken: verify,
            whatsAppToken: try reader.secret(.metaWhatsAppToken)?.revealed,
            messengerToken: try reader.secret(.metaMessengerToken)?.revealed,
            whatsAppNumber: reader.text(.metaWhatsAppNumber),
            apiURL: try reader.address(.metaAPIURL))
    }

    private static let matrix: Maker = { reader throws(SettingsError) in
        guard let secret = try reader.channelSecret(.matrixHSToken) else { return nil }
        return MatrixChannel(
            secret: secret, userID: try reader.needed(.matrixUserID, with: .matrixHSToken),
            token: try reader.secret(.matrixASToken)?.revealed,
            homeserver: try reader.address(.matrixHomeserver))
    }

    /// The generic webhook answers in its response; only with an address for callbacks is it a platform like the others.
    private static let generic: Maker = { reader throws(SettingsError) in
        guard reader.text(.webhookCallbackURL) != nil else { return nil }
        guard let secret = try reader.secret(.webhookSecret) else {
            throw reader.error(.webhookCallbackURL, "callbacks are signed: set webhook.secret too")
        }
        return GenericChannel(secret: secret.revealed, callback: try reader.address(.webhookCallbackURL))
    }
}

extension SettingsReader {
    /// A list whose entries are parted by commas.
    func list(_ key: SettingKey) -> Set<String> {
        Set((text(key) ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    }

    /// One secret, or two parted by white space while one replaces the other.
    fileprivate func channelSecret(_ key: SettingKey) throws(SettingsError) -> ChannelSecret? {
        try secret(key).flatMap {
            ChannelSecret($0.revealed.split(whereSeparator: \.isWhitespace).map(String.init))
        }
    }

    /// A value that another one makes necessary.
    fileprivate func needed(_ key: SettingKey, with other: SettingKey) throws(SettingsError) -> String {
        guard let text = text(key) else { throw error(other, "needs \(key.rawValue) too") }
        return text
    }

    /// An `http` or `https` address without a slash at its end.
    func address(_ key: SettingKey) throws(SettingsError) -> String {
        try value(key, "an http or https address") { text in
            guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""),
                url.host?.isEmpty == false
            else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
    }
}
