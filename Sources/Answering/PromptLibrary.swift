import Foundation
import Mustache
public import Text

/// What is wrong with the templates of an installation.
public enum PromptError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The folder is not there or cannot be read.
    case missingDirectory(String)
    /// A language lacks a template that answers need.
    case missingTemplate(path: String)
    /// A template is not valid Mustache.
    case invalidTemplate(path: String, reason: String)

    /// The cause and the mend.
    public var description: String {
        switch self {
        case .missingDirectory(let path):
            "no templates in \(path): set prompts_dir to the folder that has en/fact.mustache"
        case .missingTemplate(let path):
            "template \(path) is missing: copy it from the language en and translate it"
        case .invalidTemplate(let path, let reason): "template \(path) is not valid Mustache: \(reason)"
        }
    }
}

/// The templates that answers and prompts are set in, one folder a language.
///
/// They are read and checked once, when a program starts, so that a broken one stops the start and not an answer. A
/// folder named by a language tag is a language; adding one needs no code. A language without a folder is served by the
/// other Chinese script where it is Chinese, else by English.
public struct PromptLibrary: Sendable {
    /// The templates of one language: one for every form that an answer can take.
    public enum Name: String, Sendable, CaseIterable {
        /// Sentences from the articles.
        case fact
        /// A date with the sentence that gives it.
        case when
        /// A name with the sentences that it is taken from.
        case name
        /// Several things by name.
        case list
        /// Whether something is so.
        case yesNo = "yes_no"
        /// Reasons.
        case why
        /// The source's own reading.
        case opinion
        /// The main points of a story.
        case summary
        /// The newest headlines.
        case latest
        /// What happened, day by day.
        case timeline
        /// The newest on a matter beside what was said before.
        case changed
        /// Two things beside each other.
        case compare
        /// Who published it and when.
        case source
        /// Nothing in the archive is on the matter.
        case notFound = "not_found"
        /// The matter is there, the fact is not.
        case notSaid = "not_said"
        /// An answer with who else reported the same.
        case alsoReported = "also_reported"
        /// An answer to a question about today, where the archive has nothing of today.
        case notToday = "not_today"
        /// An answer that leans on sources that have gone silent or fail.
        case lapsed
        /// A greeting, thanks, or a word on how to ask.
        case smallTalk = "small_talk"
        /// A whole message: the answer with its sources.
        case message
        /// What a model is told once.
        case system
        /// What a model is told with each question.
        case prompt
        /// How a model is asked to make a follow-up stand alone.
        case rewrite

        /// Whether a model reads it: then its head has a version, because what a model writes hangs on it.
        var isForModel: Bool { self == .system || self == .prompt || self == .rewrite }
    }

    private let library: MustacheLibrary
    private let versions: [String: String]
    /// The languages that have templates.
    public let languages: Set<Language>

    /// The templates of a folder.
    ///
    /// - Parameter directory: holds one folder a language, each with a file `<name>.mustache` for every ``Name``.
    /// - Throws: ``PromptError`` naming the first file that is missing or broken.
    public init(directory: String) throws(PromptError) {
        var templates: [String: MustacheTemplate] = [:]
        var versions: [String: String] = [:]
        var languages: Set<Language> = []
        let folders: [String]
        do {
            folders = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        } catch {
            throw .missingDirectory(directory)
        }
        for folder in folders {
            guard let language = Language(rawValue: folder) else { continue }
            for name in Name.allCases {
                let path = "\(directory)/\(folder)/\(name.rawValue).mustache"
                guard let bytes = FileManager.default.contents(atPath: path) else {
                    throw .missingTemplate(path: path)
                }
                let text = String(decoding: bytes, as: UTF8.self)
                do {
                    templates["\(folder)/\(name.rawValue)"] = try MustacheTemplate(string: text)
                } catch {
                    throw .invalidTemplate(path: path, reason: "\(error)")
                }
                if name.isForModel {
                    guard let version = text.prefixMatch(of: /\{\{!\s*version\s+(\S+)\s*\}\}/)?.output.1
                    else {
                        throw .invalidTemplate(
                            path: path, reason: "its head lacks a version: begin it with {{! version 1 }}")
                    }
                    versions["\(folder)/\(name.rawValue)"] = String(version)
                }
            }
            languages.insert(language)
        }
        guard languages.contains(.english) else { throw .missingDirectory(directory) }
        library = MustacheLibrary(templates: templates)
        self.versions = versions
        self.languages = languages
    }

    /// The language whose templates serve another.
    public func served(_ language: Language) -> Language {
        if languages.contains(language) { return language }
        let fallbacks: [Language] =
            language.isChinese ? [.traditionalChinese, .simplifiedChinese] : []
        return fallbacks.first(where: languages.contains) ?? .english
    }

    /// The version of a template that a model reads, such as `en/system 2`.
    func version(of name: Name, in language: Language) -> String {
        let path = "\(served(language).rawValue)/\(name.rawValue)"
        return "\(path) \(versions[path] ?? "")"
    }

    /// The text of a template with its values filled in, without blank lines at its ends.
    func text(_ name: Name, in language: Language, _ values: TemplateValues) -> String {
        let path = "\(served(language).rawValue)/\(name.rawValue)"
        let text = library.render(values, withTemplate: path) ?? ""
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
