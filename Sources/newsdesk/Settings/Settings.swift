import Answering
import Chat
import Foundation
import Ingest
import LLM
import Logging
import News
import Text

/// What an owner has set, checked and typed.
///
/// The command line wins over the environment, that over `newsdesk.yaml`, that over the defaults.
struct Settings: Sendable {
    var dataDirectory: String
    var promptsDirectory: String
    var logLevel: Logger.Level
    var host: String
    var port: Int
    var maxBodyBytes: Int
    /// How others reach the server, without a slash at its end; nil where nobody need.
    var publicURL: String?
    var token: Secret?
    var webhookSecret: Secret?
    /// How feeds and pages are fetched.
    var fetching = WebFetcher.Configuration()
    var answers = Answerer.Configuration()
    /// The language of all replies; nil follows the question.
    var language: Language?
    /// Which models may be asked for whom; nil answers from templates alone.
    var models: RoutingPolicy?
    /// The endpoint that makes vectors of passages and questions; nil finds by words alone.
    var embeddings: EmbeddingConfiguration?
    /// What nearness of meaning counts beside the words.
    var similarityWeight: Double
    /// The chat platforms that are on.
    var channels: [any Channel] = []
    /// How people are answered on all of them.
    var chat = ChatConfiguration()
    /// The chats that are told when others than before receive questions.
    var announceTo: Set<String> = []
    /// Where each value came from, for `newsdesk doctor`.
    var places: [SettingKey: String]

    /// The archive's file.
    var storePath: String { dataDirectory + "/newsdesk.sqlite" }
    /// Where the index is kept; it can be taken away at any time, and is built again from the archive.
    var indexFolder: String { dataDirectory + "/index" }
    /// Whether only this machine can reach the server.
    var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// Checks what was written.
    ///
    /// - Parameters:
    ///   - raw: the layers, laid over each other.
    ///   - locations: where things lie on this machine when nothing is set.
    /// - Throws: the first thing that is wrong.
    init(_ raw: RawSettings, locations: Locations) throws(SettingsError) {
        let reader = SettingsReader(raw: raw)
        dataDirectory = reader.text(.dataDirectory).map(Locations.expanded) ?? locations.dataDirectory
        promptsDirectory =
            reader.text(.promptsDirectory).map(Locations.expanded) ?? locations.promptsDirectory
        logLevel = try reader.value(.logLevel, "one of trace, debug, info, notice, warning, error") {
            Logger.Level(rawValue: $0)
        }
        host = try reader.value(.serverHost, "an address") { $0.isEmpty ? nil : $0 }
        port = try reader.integer(.serverPort, in: 0...65_535)
        maxBodyBytes = try reader.integer(.serverMaxBodyBytes, in: 1024...(1 << 30))
        publicURL = try reader.text(.serverPublicURL) == nil ? nil : reader.address(.serverPublicURL)
        token = try reader.secret(.serverToken)
        webhookSecret = try reader.secret(.webhookSecret)
        fetching.allowedHosts = Set(
            (reader.text(.feedsAllowedHosts) ?? "").split(separator: ",")
                .map { $0.lowercased().filter { !$0.isWhitespace } })
        answers.maxCitations = try reader.integer(.answersMaxCitations, in: 1...10)
        answers.topicExpiry = try reader.seconds(.conversationTopicExpiry)
        answers.deadline = try reader.seconds(.llmTimeout)
        if reader.text(.answersLanguage) != nil {
            language = try reader.value(.answersLanguage, "a language such as en, zh-Hant or zh-Hans") {
                Language(tag: $0)
            }
        }
        models = try ModelSettings(reader: reader).policy()
        similarityWeight = try reader.value(.embeddingsWeight, "a number from 0 to 100") { text in
            Double(text).flatMap { (0...100).contains($0) ? $0 : nil }
        }
        announceTo = reader.list(.subprocessorsAnnounceTo)
        embeddings = try Self.embeddings(reader)
        channels = try ChannelRegistry.channels(reader)
        chat = try ChannelRegistry.configuration(reader)
        chat.language = language
        if let models {
            chat.model = Self.names(models.reachable)
            chat.providers = { conversation in
                let levels = models.levels(for: models.audience(of: conversation))
                return Self.names(levels.joined().map { models.endpoints[$0] })
            }
        }
        places = raw.entries.mapValues(\.place)
    }

    /// How readers are told of providers; nil for none.
    private static func names(_ endpoints: [ModelEndpoint]) -> String? {
        let names = endpoints.map { $0.region.isEmpty ? $0.name : "\($0.name) (\($0.region))" }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private static func embeddings(_ reader: SettingsReader) throws(SettingsError) -> EmbeddingConfiguration?
    {
        let batchSize = try reader.integer(.embeddingsBatchSize, in: 1...2048)
        let timeout = try reader.seconds(.embeddingsTimeout)
        let endpoint = try reader.endpoint(
            .embeddingsBaseURL, model: .embeddingsModel, key: .embeddingsAPIKey)
        guard let endpoint else { return nil }
        return EmbeddingConfiguration(
            baseURL: endpoint.baseURL, apiKey: endpoint.key, model: endpoint.model,
            queryPrefix: reader.text(.embeddingsQueryPrefix) ?? "",
            passagePrefix: reader.text(.embeddingsPassagePrefix) ?? "", batchSize: batchSize,
            queryTimeout: timeout)
    }
}

/// Makes typed values of written ones.
struct SettingsReader {
    let raw: RawSettings

    func text(_ key: SettingKey) -> String? {
        raw.entries[key].map(\.value).flatMap { $0.isEmpty ? nil : $0 }
    }

    func error(_ key: SettingKey, _ message: String) -> SettingsError {
        SettingsError(place: raw.entries[key]?.place ?? key.rawValue, message: "\(key.rawValue): \(message)")
    }

    func value<Value>(
        _ key: SettingKey, _ wanted: String, _ make: (String) -> Value?
    ) throws(SettingsError) -> Value {
        let text = raw.entries[key]?.value ?? ""
        guard let value = make(text) else { throw error(key, "“\(text)” is not \(wanted)") }
        return value
    }

    func integer(_ key: SettingKey, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        try value(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func seconds(_ key: SettingKey) throws(SettingsError) -> Duration {
        try value(key, "a number of seconds above 0") { text in
            Double(text).flatMap { $0 > 0 && $0 < 1e9 ? .milliseconds($0 * 1000) : nil }
        }
    }

    /// Whether a word says on or off; nil for any other.
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "on", "yes", "true": true
        case "off", "no", "false": false
        default: nil
        }
    }

    /// An endpoint by its address, model and key; nil where neither address nor model is set.
    func endpoint(
        _ address: SettingKey, model modelKey: SettingKey, key: SettingKey
    ) throws(SettingsError) -> (baseURL: String, model: String, key: Secret?)? {
        guard let baseURL = text(address) else {
            if text(modelKey) != nil {
                throw error(modelKey, "a model needs an endpoint: set \(address.rawValue) too")
            }
            return nil
        }
        guard let url = URL(string: baseURL), ["http", "https"].contains(url.scheme ?? ""),
            url.host?.isEmpty == false
        else { throw error(address, "“\(baseURL)” is not an http or https address") }
        guard url.user == nil, url.password == nil else {
            throw error(address, "an address must not hold a key: set \(key.rawValue)_file")
        }
        guard let model = text(modelKey) else {
            throw error(address, "an endpoint needs a model: set \(modelKey.rawValue) too")
        }
        return (baseURL, model, try secret(key))
    }

    /// A secret given as such or by a file; of both the one from the stronger layer.
    func secret(_ key: SettingKey) throws(SettingsError) -> Secret? {
        let direct = text(key).flatMap { _ in raw.entries[key] }
        guard let fileKey = key.fileKey, text(fileKey) != nil, let file = raw.entries[fileKey] else {
            return direct.flatMap { Secret($0.value) }
        }
        if let direct, direct.layer == file.layer {
            throw error(key, "set either this or \(fileKey.rawValue), not both")
        }
        if let direct, direct.layer > file.layer { return Secret(direct.value) }
        let path = Locations.expanded(file.value)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw error(fileKey, "cannot read \(path): create it, or mend its permissions")
        }
        guard let secret = Secret(String(decoding: bytes, as: UTF8.self)) else {
            throw error(fileKey, "\(path) is empty")
        }
        return secret
    }
}
