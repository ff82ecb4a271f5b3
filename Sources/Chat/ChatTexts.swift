import Foundation
import Mustache
public import Text
import Yams

/// What is wrong with the texts of the bot.
public enum ChatTextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is not there or cannot be read.
    case missingFile(String)
    /// The file is not what is expected.
    case invalidFile(path: String, reason: String)

    /// The cause and the mend.
    public var description: String {
        switch self {
        case .missingFile(let path): "\(path) is missing: set prompts_dir to the folder that has chat/en.yaml"
        case .invalidFile(let path, let reason): "\(path): \(reason)"
        }
    }
}

/// What the bot says besides answers: greetings, help, words on limits, in the languages that have a file.
///
/// The files are `prompts/chat/<language>.yaml`, each a list of keys with Mustache templates. They are read and checked
/// once at the start.
public struct ChatTexts: Sendable {
    /// What there is to say.
    public enum Key: String, Sendable, CaseIterable {
        case start, help, empty, failed, unreadable, slowDown = "slow_down", noSources = "no_sources", sources
        case noTurn = "no_turn", reset, forgotten, thanks, complaint
        case languageSet = "language_set", languageNow = "language_now", languageUnknown = "language_unknown"
        case providers, subprocessors, status
        case unknownCommand = "unknown_command", incompleteCommand = "incomplete_command"
        case invalidTime = "invalid_time"
        case subscribed, subscribedDaily = "subscribed_daily", unsubscribed, notSubscribed = "not_subscribed"
        case cannotSubscribe = "cannot_subscribe"
        case correction, correctedAbove = "corrected_above"
        case digest, alert, nothingNew = "nothing_new", nothingFound = "nothing_found"
        case remark
        case buttonSources = "button_sources", buttonMore = "button_more"
        case suggestArticle = "suggest_article", suggestTimeline = "suggest_timeline"
        case suggestLatest = "suggest_latest", suggestNewest = "suggest_newest"
    }

    private let library: MustacheLibrary
    private let purposes: [Language: [String: String]]
    /// The languages that have a file, English among them.
    public let languages: [Language]

    /// Reads the files of a folder.
    ///
    /// - Parameter directory: the folder of the templates, in which `chat/` lies.
    /// - Throws: ``ChatTextError`` naming the first file that is missing or broken.
    public init(directory: String) throws(ChatTextError) {
        let folder = directory + "/chat"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        var templates: [String: MustacheTemplate] = [:]
        var purposes: [Language: [String: String]] = [:]
        for name in names where name.hasSuffix(".yaml") {
            guard let language = Language(rawValue: String(name.dropLast(5))) else { continue }
            let path = "\(folder)/\(name)"
            let file = try Self.file(path)
            for key in Key.allCases {
                guard let text = file.texts[key.rawValue] else {
                    throw .invalidFile(path: path, reason: "“\(key.rawValue)” is missing")
                }
                do {
                    templates["\(language.rawValue)/\(key.rawValue)"] = try MustacheTemplate(string: text)
                } catch {
                    throw .invalidFile(path: path, reason: "\(key.rawValue): not valid Mustache: \(error)")
                }
            }
            for command in ChatCommand.names where file.commands[command] == nil {
                throw .invalidFile(path: path, reason: "commands: “\(command)” is missing")
            }
            purposes[language] = file.commands
        }
        guard purposes[.english] != nil else { throw .missingFile(folder + "/en.yaml") }
        library = MustacheLibrary(templates: templates)
        self.purposes = purposes
        languages = purposes.keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// The language whose texts serve another: the other Chinese script, else English.
    public func served(_ language: Language) -> Language {
        if purposes[language] != nil { return language }
        let fallbacks: [Language] = language.isChinese ? [.traditionalChinese, .simplifiedChinese] : []
        return fallbacks.first { purposes[$0] != nil } ?? .english
    }

    /// A text with its values filled in.
    func text(_ key: Key, in language: Language, _ values: [String: Any] = [:]) -> String {
        let text = library.render(values, withTemplate: "\(served(language).rawValue)/\(key.rawValue)") ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The commands with what each does, for every language and, first, for all others.
    var commandLists: [CommandList] {
        func list(_ language: Language, tag: String?) -> CommandList {
            CommandList(
                language: tag,
                commands: ChatCommand.names.map {
                    .init(name: $0, purpose: String((purposes[language]?[$0] ?? $0).prefix(100)))
                })
        }
        return [list(.english, tag: nil)]
            + languages.filter { $0 != .english }.map { list($0, tag: $0.rawValue) }
    }

    /// The lines of `/help`.
    func commandLines(in language: Language) -> String {
        ChatCommand.names.map { "• /\($0) — \(purposes[served(language)]?[$0] ?? "")" }
            .joined(separator: "\n")
    }

    private struct File: Decodable {
        var texts: [String: String]
        var commands: [String: String]
    }

    private static func file(_ path: String) throws(ChatTextError) -> File {
        guard let data = FileManager.default.contents(atPath: path) else { throw .missingFile(path) }
        do { return try YAMLDecoder().decode(File.self, from: data) } catch {
            throw .invalidFile(path: path, reason: "\(error)")
        }
    }
}
