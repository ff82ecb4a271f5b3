import Foundation
import LLM
import News
import Retrieval
import Text

/// One stretch of an article as a model sees it, under its number.
struct Source: Sendable {
    /// From 1; what the model cites it by.
    let number: Int
    let article: ReadArticle
    /// Its sentences in reading order, none of which gives a machine orders.
    let sentences: [ReadSentence]

    /// Whether it is the source's opinion rather than what it reports.
    var isOpinion: Bool { sentences.first?.section.isOpinion ?? false }
    /// The headline, or nothing where it gives a machine orders.
    var headline: String {
        let headline = article.article.headline
        return Spotlight.addressesModel(headline) ? "" : headline
    }
    var text: String { sentences.map(\.sentence.text).joined(separator: " ") }
}

/// What a model is asked about one question, with the sources that its answer is held against.
struct GroundedPrompt: Sendable {
    let prompt: Prompt
    let sources: [Source]
    /// What the delimiters of this prompt carry.
    let mark: String

    /// The most passages that a model is given: more only dilute the first ones.
    private static let mostSources = 5
    /// How long a passage may be, in characters; the shorter ones are for a window that is nearly full.
    private static let lengths = [1250, 600, 300]
    /// The most tokens of passages, whatever the window holds.
    private static let mostTokens = 1500

    /// Packs the best evidence into a model's window.
    ///
    /// The best passage comes first and is the last to be cut. An article whose passage does not fit in any length gives
    /// way to the next one. The `evidence` comes best first; the `window` is the tokens that the whole prompt may have, nil
    /// where nobody knows. Nil where not even one passage fits.
    ///
    /// - Complexity: O(length of the passages).
    static func packed(
        _ question: Question, evidence: [Evidence], language: Language, today: Date, window: Int?,
        prompts: PromptLibrary, using generator: inout some RandomNumberGenerator
    ) -> GroundedPrompt? {
        let mark = Spotlight.mark(using: &generator)
        func grounded(_ sources: [Source]) -> GroundedPrompt {
            GroundedPrompt(
                prompt: prompt(question, sources, language, today, mark, prompts), sources: sources,
                mark: mark)
        }
        let bare = grounded([]).prompt
        let limit = min(window ?? .max, bare.estimatedTokens + mostTokens)
        let bareUser = estimatedTokenCount(of: bare.user)
        var sources: [Source] = []
        var room = limit - bare.estimatedTokens
        for item in evidence where sources.count < mostSources {
            for length in lengths {
                let sentences = sentences(of: item, limit: length)
                guard !sentences.isEmpty else { break }
                let source = Source(number: sources.count + 1, article: item.article, sentences: sentences)
                let alone = prompts.text(
                    .prompt, in: language, values(question, [source], language, today, mark))
                let cost = estimatedTokenCount(of: alone) - bareUser
                guard cost <= room else { continue }
                sources.append(source)
                room -= cost
                break
            }
        }
        // A template may say more about several passages than about each.
        var packed = grounded(sources)
        while packed.prompt.estimatedTokens > limit, !sources.isEmpty {
            sources.removeLast()
            packed = grounded(sources)
        }
        return sources.isEmpty ? nil : packed
    }

    /// The sentences around the best passage that a model may see.
    private static func sentences(of item: Evidence, limit: Int) -> [ReadSentence] {
        let stretch = item.article.sentences(around: item.passages.first?.ordinal ?? 0, limit: limit)
        let ordering = Set(
            stretch.filter { Spotlight.addressesModel($0.sentence.text) }.map(\.sentence.paragraph))
        return stretch.filter { !ordering.contains($0.sentence.paragraph) }
    }

    private static func prompt(
        _ question: Question, _ sources: [Source], _ language: Language, _ today: Date, _ mark: String,
        _ prompts: PromptLibrary
    ) -> Prompt {
        let values = values(question, sources, language, today, mark)
        return Prompt(
            system: prompts.text(.system, in: language, values),
            user: prompts.text(.prompt, in: language, values))
    }

    private static func values(
        _ question: Question, _ sources: [Source], _ language: Language, _ today: Date, _ mark: String
    ) -> TemplateValues {
        let passages = sources.map { source -> TemplateValues in
            let article = source.article.article
            var values: TemplateValues = [
                "number": source.number, "mark": mark, "text": Spotlight.quoted(source.text),
                "headline": Spotlight.quoted(source.headline),
                // It stands between quotation marks.
                "source": Spotlight.quoted(article.source).replacing("\"", with: "'"),
                "opinion": source.isOpinion,
            ]
            if let date = article.publishedAt { values["date"] = DateText.day(date, language: .english) }
            return values
        }
        return [
            "question": Spotlight.quoted(question.standalone), "passages": passages, "mark": mark,
            "today": DateText.day(today, language: .english), "language": language.englishName,
        ]
    }
}

extension Language {
    /// The language's name, as a model is told it.
    var englishName: String {
        switch self {
        case .english, .undetermined: "English"
        case .traditionalChinese: "Chinese (Traditional)"
        case .simplifiedChinese: "Chinese (Simplified)"
        case .japanese: "Japanese"
        case .korean: "Korean"
        case .german: "German"
        case .french: "French"
        case .spanish: "Spanish"
        case .italian: "Italian"
        case .portuguese: "Portuguese"
        case .dutch: "Dutch"
        case .swedish: "Swedish"
        case .russian: "Russian"
        case .arabic: "Arabic"
        }
    }
}
