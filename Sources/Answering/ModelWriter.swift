import Foundation
import LLM
import News
import Retrieval
import Text

/// Why a model's answer was not used.
enum ModelFailure: Error, CustomStringConvertible {
    /// The provider failed.
    case completion(CompletionError)
    /// The model says that the passages do not hold the answer.
    case declined
    /// Nothing that it wrote is supported by its sources.
    case unsupported(ClaimCheck.Violation?)
    /// It wrote in another language than it was told to.
    case wrongLanguage

    var description: String {
        switch self {
        case .completion(let error): "\(error)"
        case .declined: "the model found no answer in the passages"
        case .unsupported(let violation):
            violation.map { "unsupported: \($0)" } ?? "the model's answer has no content"
        case .wrongLanguage: "the model answered in another language"
        }
    }

    /// A bounded name for logs and metrics.
    var label: String {
        switch self {
        case .completion(let error): error.label
        case .declined: "declined"
        case .unsupported: "unsupported"
        case .wrongLanguage: "wrong_language"
        }
    }
}

/// Asks a model to answer from numbered passages, and lets through only what the passages say.
struct ModelWriter: Sendable {
    private(set) var model: any LanguageModel
    let prompts: PromptLibrary
    private static let windowCharacters = 1250
    private static let maxPassages = 5

    /// One passage as the model sees it.
    private struct Source {
        let number: Int
        let article: ReadArticle
        let text: String
    }

    /// The same writer for one conversation, by a model that the conversation allows.
    func serving(_ conversation: String?) -> ModelWriter {
        var writer = self
        writer.model = model.serving(conversation)
        return writer
    }

    func answer(
        _ question: Question, evidence: [Evidence], extract: Answer, language: Language, today: Date,
        deadline: ContinuousClock.Instant
    ) async -> Result<Answer, ModelFailure> {
        let sources = evidence.prefix(Self.maxPassages).enumerated().map { index, item in
            Source(
                number: index + 1, article: item.article,
                text: item.article.window(
                    around: item.passages.first?.ordinal ?? 0, limit: Self.windowCharacters))
        }
        let prompt = prompt(question, sources: sources, language: language, today: today)
        do throws(CompletionError) {
            let completion = try await model.complete(prompt, deadline: deadline)
            return checked(completion, sources: sources, extract: extract, language: language)
        } catch {
            return .failure(.completion(error))
        }
    }

    // MARK: Asking

    private func prompt(_ question: Question, sources: [Source], language: Language, today: Date) -> Prompt {
        // Passages carry a mark that no article can know, so that none of them can pretend to end.
        let mark = String((0..<6).compactMap { _ in "abcdefghjkmnpqrstuvwxyz23456789".randomElement() })
        let passages = sources.map { source -> [String: Any] in
            var values: [String: Any] = [
                "number": source.number, "mark": mark, "text": Self.defused(source.text),
                "headline": Self.defused(source.article.article.headline),
                "source": Self.defused(source.article.article.source),
            ]
            if let date = source.article.article.publishedAt {
                values["date"] = DateText.day(date, language: .english)
            }
            return values
        }
        let values: [String: Any] = [
            "question": question.standalone, "passages": passages,
            "today": DateText.day(today, language: .english),
            "language": language.englishName, "mark": mark,
        ]
        return Prompt(
            system: prompts.text(.system, in: language, values),
            user: prompts.text(.prompt, in: language, values))
    }

    /// Text that cannot forge a citation or close a passage.
    private static func defused(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "[": result.append("(")
            case "]": result.append(")")
            case "<": result.append("‹")
            case ">": result.append("›")
            case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}",
                "\u{E0000}"..."\u{E007F}":
                continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    // MARK: Checking

    private func checked(
        _ completion: Completion, sources: [Source], extract: Answer, language: Language
    ) -> Result<Answer, ModelFailure> {
        let text = completion.text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.contains("NO_ANSWER") else { return .failure(.declined) }
        let written = LanguageDetector.detect(Markers.removed(from: text))
        guard written == language || (written.isChinese && language.isChinese) || written == .undetermined
        else {
            return .failure(.wrongLanguage)
        }
        var kept: [String] = []
        var citations: [Citation] = []
        var first: ClaimCheck.Violation?
        for sentence in Markers.sentences(of: text) {
            let plain = Markers.removed(from: sentence)
            guard plain.contains(where: \.isLetter) else { continue }
            let (source, violation) = support(
                for: plain, numbers: Markers.numbers(in: sentence), sources: sources)
            guard let source else {
                first = first ?? violation
                continue
            }
            let number: Int
            if let known = citations.first(where: { $0.articleID == source.article.article.id }) {
                number = known.number
            } else {
                number = citations.count + 1
                citations.append(
                    Citation(
                        number: number, article: source.article.article,
                        quote: quote(for: plain, in: source.article)))
            }
            kept.append("\(plain) [\(number)]")
        }
        guard !kept.isEmpty else { return .failure(.unsupported(first)) }
        return .success(
            Answer(
                text: kept.joined(separator: language.isCJK ? "" : " "), status: .answered,
                engine: .model(provider: completion.provider), language: language, citations: citations,
                asOf: extract.asOf ?? citations.compactMap(\.publishedAt).max(), confidence: 0.8))
    }

    /// The source that says a sentence: one that it cites or, where it cites none, the first that says all of it.
    private func support(
        for sentence: String, numbers: [Int], sources: [Source]
    ) -> (Source?, ClaimCheck.Violation?) {
        if let unknown = numbers.first(where: { number in !sources.contains { $0.number == number } }),
            numbers.count == 1
        {
            return (nil, .unknownCitation(unknown))
        }
        let pool = numbers.isEmpty ? sources : sources.filter { numbers.contains($0.number) }
        var first: ClaimCheck.Violation?
        for source in pool {
            let violation = ClaimCheck.violation(
                in: sentence, source: source.article.article.headline + "\n" + source.text,
                article: source.article.article)
            guard let violation else { return (source, nil) }
            first = first ?? violation
        }
        return (nil, first ?? .noCitation)
    }

    /// The sentence of the article that says most of a claim.
    private func quote(for claim: String, in article: ReadArticle) -> String {
        let terms = Set(TextAnalyzer(article.article.language).terms(in: claim)).map { TermKey($0) }
        return article.sentences.max {
            terms.count(where: $0.wording.has) < terms.count(where: $1.wording.has)
        }?.sentence.text ?? article.article.headline
    }
}

extension Language {
    /// The language's name, as a model is told it.
    fileprivate var englishName: String {
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
