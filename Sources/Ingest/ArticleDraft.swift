import Foundation
import News
import Text

/// The parts of an article as a file gives them, before what is missing is made up for.
struct ArticleDraft: Sendable {
    /// The line on which it begins.
    var line: Int
    var id: String?
    var source: String?
    var author: String?
    var url: String?
    var language: Language?
    var publishedAt: Date?
    var headline: String?
    var body: [String] = []
    var analyses: [Analysis] = []
    var tagline: String?
    /// Where it was read from, where that is more exact than the file.
    var origin: String?

    init(line: Int) { self.line = line }

    /// Takes body, analyses, tagline and, where none is known, the link from a text, as from the text of a post.
    mutating func read(text: String) {
        if let plain = PlainParagraphs(text, source: source, seeksLink: url == nil) {
            (body, analyses, tagline) = (plain.paragraphs, [], nil)
        } else {
            readLines(of: text)
        }
    }

    /// The same by the rules for posts, which hold for every text.
    mutating func readLines(of text: String) {
        var lines = SourceText(text: text).lines
        // Without blank lines every line is a paragraph; a list of points keeps its lines together either way.
        if !lines.contains(where: \.isBlank) {
            lines = lines.flatMap { [$0, SourceText.Line(number: $0.number, text: "", indent: 0)] }
        }
        let tail = PostTail(lines[...], source: source, isPost: false)
        tagline = tail.tagline
        url = url ?? tail.url
        var reader = SectionReader()
        reader.read(lines[..<tail.textEnd])
        (body, analyses) = (reader.body, reader.analyses)
    }

    /// The articles and diagnostics of one file while it is read.
    struct Report: Sendable {
        let origin: String
        private(set) var articles: [Article] = []
        /// The line on which each of the articles begins.
        private(set) var lines: [Int] = []
        private(set) var diagnostics: [Diagnostic] = []
        private var ids: Set<String> = []
        /// How often each id has been wanted more than once.
        private var counts: [String: Int] = [:]
        /// Whether an article is known by its place in the file, as posts are, rather than by its id.
        private let keepsOrigins: Bool

        init(origin: String, keepsOrigins: Bool = true) {
            (self.origin, self.keepsOrigins) = (origin, keepsOrigins)
        }

        mutating func refuse(_ line: Int, _ message: String, mend: String) {
            diagnostics.append(
                Diagnostic(origin: origin, line: line, severity: .refused, message: message, mend: mend))
        }

        mutating func warn(_ line: Int, _ message: String, mend: String) {
            diagnostics.append(
                Diagnostic(origin: origin, line: line, severity: .warning, message: message, mend: mend))
        }

        /// Takes a draft in, or refuses it where there is nothing to read in it.
        mutating func add(_ draft: ArticleDraft) {
            let opinion = draft.analyses.flatMap { analysis in
                analysis.opening + analysis.points.map { $0.heading ?? $0.text } + analysis.outlook
            }
            guard let start = draft.headline ?? draft.body.first ?? opinion.first else {
                refuse(draft.line, "neither headline nor text is found", mend: "write a headline and a text")
                return
            }
            if draft.headline == nil {
                warn(
                    draft.line, "no headline is found; the first sentence stands in for it",
                    mend: "write a headline in a line of its own")
            }
            let headline = draft.headline ?? Headline.fromText(start)
            let source = draft.source ?? slogan(draft) ?? folder
            if draft.source == nil {
                warn(
                    draft.line, "no channel is named; it is taken to be “\(source)”",
                    mend: "name the channel or source")
            }
            let id =
                draft.id
                ?? ArticleIdentity.id(source: source, publishedAt: draft.publishedAt, headline: headline)
            let language =
                draft.language
                ?? LanguageDetector.detect([headline] + (draft.body.isEmpty ? opinion : draft.body))
            let place = articles.isEmpty ? origin : "\(origin)#\(articles.count + 1)"
            lines.append(draft.line)
            articles.append(
                Article(
                    id: draft.id ?? unique(id), source: source, author: draft.author, url: draft.url,
                    language: language, publishedAt: draft.publishedAt, headline: headline, body: draft.body,
                    analyses: draft.analyses, tagline: draft.tagline,
                    origin: draft.origin ?? (keepsOrigins ? place : nil)))
        }

        /// The id, with a number behind it where the file has it already.
        private mutating func unique(_ id: String) -> String {
            var result = id
            while !ids.insert(result).inserted {
                let number = (counts[id] ?? 1) + 1
                counts[id] = number
                result = "\(id)-\(number)"
            }
            return result
        }

        /// The name that a slogan begins with.
        private func slogan(_ draft: ArticleDraft) -> String? {
            draft.tagline.flatMap { PostTail.head(of: $0) }.map { String($0.head).trimming(" #@") }
                .flatMap { $0.isEmpty ? nil : $0 }
        }

        /// The name of the folder that the file lies in.
        private var folder: String {
            let parts = origin.split(separator: "/")
            return parts.count > 1 ? String(parts[parts.count - 2]) : "unknown"
        }
    }
}
