import Foundation
import LLM
import News
import Retrieval
import Text

/// Why a model's answer was not used.
enum ModelFailure: Error, Hashable, CustomStringConvertible {
    /// The provider failed.
    case completion(CompletionError)
    /// The model says that the passages do not hold the answer.
    case declined
    /// Nothing that it wrote is supported by its sources.
    case unsupported(ClaimCheck.Violation?)
    /// What is supported says something, but not what was asked.
    case beside
    /// It gave away what it was told in confidence, and so obeyed somebody else.
    case leak
    /// It wrote in another language than it was told to.
    case wrongLanguage
    /// Not even one passage fits into its window.
    case noRoom

    var description: String {
        switch self {
        case .completion(let error): "\(error)"
        case .declined: "the model found no answer in the passages"
        case .unsupported(let violation):
            violation.map { "unsupported: \($0)" } ?? "the model's answer has no content"
        case .beside: "what the articles carry of the model's answer does not answer the question"
        case .leak: "the model gave away its instructions"
        case .wrongLanguage: "the model answered in another language"
        case .noRoom: "no passage fits into the model's window: raise context_tokens or lower max_tokens"
        }
    }

    /// A bounded name for logs and metrics.
    var label: String {
        switch self {
        case .completion(let error): error.label
        case .declined: "declined"
        case .unsupported: "unsupported"
        case .beside: "beside"
        case .leak: "leak"
        case .wrongLanguage: "wrong_language"
        case .noRoom: "no_room"
        }
    }
}

/// What may go out of a model's answer.
struct CheckedAnswer: Sendable, Hashable {
    /// Its supported sentences, each with the numbers of its sources.
    var text: String
    /// The sources, numbered in the order in which they are cited.
    var citations: [Citation]
    /// The sentences that were dropped, by what was wrong with them.
    var dropped: [ClaimCheck.Violation]
    /// The sentences that cited no source or the wrong one, and were given the one that says them.
    var mended: Int
}

/// Lets through of a model's answer what its sources say, and nothing else.
///
/// It trusts neither the model nor the articles: whatever made the model write a sentence, it goes out only if a source
/// that it was given says it, so that a model which obeys an article against us gains nothing. Pure: the same text, the
/// same verdict.
final class AnswerCheck: Sendable {
    let question: Question
    let grounded: GroundedPrompt
    let language: Language

    init(question: Question, grounded: GroundedPrompt, language: Language) {
        (self.question, self.grounded, self.language) = (question, grounded, language)
    }

    /// The supported part of a completion.
    ///
    /// - Complexity: O(sentences · sources · length of a source).
    func checked(_ completion: Completion) -> Result<CheckedAnswer, ModelFailure> {
        let text = completion.text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.contains("NO_ANSWER") else { return .failure(.declined) }
        guard !leaks(text) else { return .failure(.leak) }
        guard isOfLanguage(Markers.removed(from: text)) else { return .failure(.wrongLanguage) }
        var sentences = Markers.sentences(of: text)
        // The last sentence of a text that was cut off may lack the word that turns it round.
        if completion.isTruncated, let last = text.last, !".!?。！？]】".contains(last) {
            sentences.removeLast(min(1, sentences.count))
        }
        return checked(sentences)
    }

    /// The supported part of a text that is still being written, by its whole sentences; nil where nothing of it may be
    /// shown yet.
    func checked(begun text: String) -> CheckedAnswer? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        // The last sentence may go on, and its sources stand at its end.
        let sentences = Markers.sentences(of: text).dropLast()
        guard !sentences.isEmpty, !text.contains("NO_ANSWER"), !leaks(text),
            isOfLanguage(Markers.removed(from: text))
        else { return nil }
        return try? checked(Array(sentences)).get()
    }

    private func checked(_ sentences: [String]) -> Result<CheckedAnswer, ModelFailure> {
        var result = CheckedAnswer(text: "", citations: [], dropped: [], mended: 0)
        var kept: [(plain: String, sources: [Source])] = []
        for sentence in sentences {
            let plain = Markers.removed(from: sentence)
            guard plain.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            switch support(for: sentence) {
            case .success(let support):
                // Small models say the same again and again.
                guard !kept.contains(where: { PlainText($0.plain) == PlainText(plain) }) else { continue }
                kept.append((plain, support.sources))
                if support.isMended { result.mended += 1 }
            case .failure(let violation): result.dropped.append(violation)
            }
        }
        guard !kept.isEmpty else { return .failure(.unsupported(result.dropped.first)) }
        guard answers(kept.map(\.plain), by: kept.flatMap(\.sources)) else { return .failure(.beside) }
        let lines = kept.map { plain, sources in
            let numbers = sources.map { number(of: $0, for: plain, in: &result.citations) }
            return plain + " " + numbers.map { "[\($0)]" }.joined()
        }
        result.text = lines.joined(separator: language.isCJK ? "" : " ")
        return .success(result)
    }

    // MARK: Support

    private struct Support {
        var sources: [Source]
        var isMended: Bool
    }

    /// The sources of a sentence: every part of it needs one that says it.
    private func support(for sentence: String) -> Result<Support, ClaimCheck.Violation> {
        let addresses = Set(grounded.sources.compactMap(\.article.article.url))
        if let link = Links.all(in: sentence).first(where: { !addresses.contains($0) }) {
            return .failure(.link(link))
        }
        // Broken characters, and such as are not seen, are nobody's words.
        guard !sentence.unicodeScalars.contains(where: { $0 == "\u{FFFD}" || Spotlight.isInvisible($0) })
        else {
            return .failure(.garbled)
        }
        // What speaks to a machine was held back, and does not become news by being repeated.
        guard !Spotlight.addressesModel(Markers.removed(from: sentence)) else { return .failure(.noCitation) }
        var support = Support(sources: [], isMended: false)
        for claim in Markers.claims(of: sentence) {
            if let unknown = claim.numbers.first(where: { number in
                !grounded.sources.contains { $0.number == number }
            }) {
                return .failure(.unknownCitation(unknown))
            }
            let cited = grounded.sources.filter { claim.numbers.contains($0.number) }
            var saying: [Source] = []
            var violation: ClaimCheck.Violation?
            for source in cited {
                if let found = self.violation(in: claim.text, by: source) {
                    violation = violation ?? found
                } else {
                    saying.append(source)
                }
            }
            if saying.isEmpty {
                let others = grounded.sources.filter { !claim.numbers.contains($0.number) }
                guard
                    let source = others.first(where: {
                        self.violation(in: claim.text, by: $0, .found) == nil
                            && isSameLanguage($0, as: claim.text)
                    })
                else { return .failure(violation ?? .noCitation) }
                saying = [source]
                support.isMended = true
            }
            for source in saying where !support.sources.contains(where: { $0.number == source.number }) {
                support.sources.append(source)
            }
        }
        return support.sources.isEmpty ? .failure(.noCitation) : .success(support)
    }

    private func violation(
        in claim: String, by source: Source, _ strictness: ClaimCheck.Strictness = .cited
    ) -> ClaimCheck.Violation? {
        let article = source.article.article
        let found = ClaimCheck.violation(
            in: claim, headline: source.headline, sentences: source.sentences.map(\.sentence.text),
            article: article, strictness)
        if let found { return found }
        if isSameLanguage(source, as: claim), let nearest = nearest(to: claim, in: source) {
            if Contradiction(claim, language: article.language).isOpposite(nearest) { return .opposite }
            if let name = exchangedName(in: claim, from: nearest, of: article) { return .name(name) }
        }
        guard source.isOpinion else { return nil }
        let plain = PlainText(claim)
        let isAttributed =
            Folding.fold(claim).contains(Folding.fold(article.source)) || plain.contains(Self.attributions)
        return isAttributed || CueWords.isHedged(plain) ? nil : .opinion
    }

    /// The sentence of a source that has most of a claim's words.
    private func nearest(to claim: String, in source: Source) -> ReadSentence? {
        let analyzer = TextAnalyzer(source.article.language)
        let terms = Set(analyzer.terms(in: claim))
        func shared(_ sentence: ReadSentence) -> Int {
            terms.intersection(analyzer.terms(in: sentence.sentence.text)).count
        }
        return source.sentences.max { shared($0) < shared($1) }
    }

    /// A name of a claim that stands where the sentence which it comes from has another.
    private func exchangedName(in claim: String, from sentence: ReadSentence, of article: Article) -> String?
    {
        func parts(_ name: String) -> Set<Substring> { Set(Folding.fold(name).split(separator: " ")) }
        func isNamed(_ name: String, in text: String, with names: [String]) -> Bool {
            let folded = Folding.fold(text)
            let own = parts(name)
            // "Bankman-Fried" is "Sam Bankman-Fried"; "Harlow Bridge" is not "Velm Bridge".
            return own.allSatisfy(folded.contains) || names.contains { parts($0).isSubset(of: own) }
        }
        let said = sentence.sentence.text
        let claimed = Names.all(in: claim, language: article.language)
        let others = Names.all(in: said, language: article.language)
        guard !others.allSatisfy({ isNamed($0, in: claim, with: claimed) }) else { return nil }
        return claimed.first { !isNamed($0, in: said, with: others) }
    }

    private func isSameLanguage(_ source: Source, as claim: String) -> Bool {
        let (own, other) = (LanguageDetector.detect(claim), source.article.language)
        return own == other || (own.isChinese && other.isChinese)
    }

    private func number(of source: Source, for claim: String, in citations: inout [Citation]) -> Int {
        let article = source.article.article
        if let known = citations.first(where: { $0.articleID == article.id }) { return known.number }
        let quote = nearest(to: claim, in: source)
        citations.append(
            Citation(
                number: citations.count + 1, article: article,
                quote: quote?.sentence.text ?? article.headline))
        return citations.count
    }

    // MARK: The whole

    /// Whether what is left says what was asked for: something of the kind that the question wants, about the things that
    /// it names.
    private func answers(_ sentences: [String], by sources: [Source]) -> Bool {
        let article = ReadArticle(
            StoredArticle(
                row: 0, version: 0, sequence: 0,
                article: Article(
                    id: "", source: "", language: language,
                    publishedAt: sources.compactMap(\.article.publishedAt).max(), headline: "",
                    body: sentences)))
        let expectation = Expectation(question)
        if expectation.isTyped, !article.sentences.contains(where: expectation.isMet) { return false }
        // What a sentence is about may be said by its article; what it says of it must be said by itself.
        func met(_ concepts: [Concept], besides sources: [Source]) -> Bool {
            let met = concepts.filter { concept in
                article.whole.degree(of: concept) > 0
                    || sources.contains { $0.article.whole.degree(of: concept) > 0 }
            }
            return met.reduce(0) { $0 + $1.weight } >= Self.leastMet * concepts.reduce(0) { $0 + $1.weight }
        }
        let wanted = question.essential
        return met(wanted.filter { $0.kind == .name }, besides: sources)
            && met(wanted.filter { $0.kind != .name }, besides: [])
    }

    private func isOfLanguage(_ text: String) -> Bool {
        let written = LanguageDetector.detect(text)
        if written == language || written == .undetermined { return true }
        return written.isChinese && language.isChinese && LanguageDetector.isOfBothScripts(text)
    }

    /// Whether a text repeats the rules or the mark that the model was given.
    private func leaks(_ text: String) -> Bool {
        if text.contains(grounded.mark) || Self.keys.contains(where: text.contains) { return true }
        let runs = PhraseList(utf8: Self.runs(of: text))
        let told = runs.occurring(in: Self.words(of: grounded.prompt.system))
        guard !told.isEmpty else { return false }
        // The articles may talk as the rules do.
        let known = Self.words(of: grounded.sources.map(\.text).joined(separator: "\n"))
        return !told.isSubset(of: runs.occurring(in: known))
    }

    /// The words of a text, or the characters of a script without spaces, each between two spaces.
    private static func words(of text: String) -> [UInt8] {
        var words: [UInt8] = []
        let space = UInt8(ascii: " ")
        for byte in PlainText(text).bytes {
            if byte >= 0xC0, words.last != space { words.append(space) }
            if byte < 0x80, byte != space, words.last.map({ $0 >= 0x80 }) ?? false { words.append(space) }
            words.append(byte)
        }
        return words
    }

    /// Every run of a few words, or of as many characters of a script without spaces as make them.
    private static func runs(of text: String) -> [[UInt8]] {
        let words = words(of: text).split(separator: UInt8(ascii: " "))
        let length = words.contains { $0.first.map { $0 >= 0xE0 } ?? false } ? 10 : 6
        guard words.count >= length else { return [] }
        return (0...(words.count - length)).map { start -> [UInt8] in
            var run = [UInt8(ascii: " ")]
            for word in words[start..<(start + length)] {
                run += word
                run.append(UInt8(ascii: " "))
            }
            return run
        }
    }

    private static let leastMet = 0.5
    private static let attributions: PhraseList = [
        " accord", " analysis ", " analyst", " observer", " argues ", " argue ", " says ", " said ",
        " expects ",
        " sees ", " believes ", " view ", " opinion", "分析", "认为", "表示", "指出", "观察", "评论", "预计", "看来",
    ]
    /// How keys of well-known services begin.
    private static let keys = [
        "sk-", "AKIA", "ghp_", "github_pat_", "xoxb-", "xoxp-", "AIza", "-----BEGIN", "Bearer ",
    ]
}
