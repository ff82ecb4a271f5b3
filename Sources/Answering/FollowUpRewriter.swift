import Foundation
import LLM
import News
import Storage
import Text

/// Lets a model make a question stand alone where the rules of ``FollowUp`` leave it without an answer.
///
/// What it writes is only a search: it is used if it says nothing that the conversation has not said, and the answer to
/// it is found and checked like any other.
struct FollowUpRewriter: Sendable {
    let model: any LanguageModel
    let prompts: PromptLibrary

    private static let mostTurns = 3
    private static let longestAnswer = 400
    private static let longestQuestion = 300

    /// The question, standing alone; nil where the model gives none that may be used.
    func standalone(
        _ question: String, after turns: [Turn], language: Language, deadline: ContinuousClock.Instant
    ) async -> String? {
        var generator = SystemRandomNumberGenerator()
        let mark = Spotlight.mark(using: &generator)
        let told = turns.suffix(Self.mostTurns).map { turn -> TemplateValues in
            [
                "question": Spotlight.quoted(turn.question), "mark": mark,
                "answer": Spotlight.quoted(String(turn.answer.prefix(Self.longestAnswer))),
            ]
        }
        let values: TemplateValues = [
            "turns": told, "question": Spotlight.quoted(question), "language": language.englishName,
        ]
        // The rules stand in the template with the turns: they are used too seldom for a provider to cache them.
        let prompt = Prompt(system: "", user: prompts.text(.rewrite, in: language, values))
        do throws(CompletionError) {
            let text = try await model.complete(prompt, deadline: deadline).text
            return Self.accepted(text, instead: question, after: turns, language: language)
        } catch {
            // Without it the reader gets what the rules have found.
            return nil
        }
    }

    /// What a model has written, if it is the same question with nothing but the conversation's own words added.
    static func accepted(
        _ text: String, instead question: String, after turns: [Turn], language: Language
    ) -> String? {
        let line = text.trimmingCharacters(in: CharacterSet(charactersIn: " \n\r\t\"“”「」"))
        guard !line.isEmpty, line.count <= longestQuestion, !line.contains(where: \.isNewline),
            line != question, Links.all(in: line).isEmpty, !Spotlight.addressesModel(line)
        else { return nil }
        let analyzer = TextAnalyzer(language)
        func content(_ text: String) -> Set<String> {
            Set(
                analyzer.tokens(in: text).filter {
                    $0.kind != .ideograph && !StopWords.contains($0.term, in: language)
                }.map(\.term))
        }
        let said = turns.suffix(mostTurns).map { "\($0.question) \($0.standalone) \($0.answer)" }
        let (written, asked) = (content(line), content(question))
        guard !written.isEmpty, written.isSubset(of: asked.union(content(said.joined(separator: "\n"))))
        else {
            return nil
        }
        // What the reader asks must still be asked.
        return written.isSuperset(of: asked) ? line : nil
    }
}
