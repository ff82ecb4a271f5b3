import Foundation
import News
import Retrieval

/// Something that the archive says in answer to a question, with the words that say it.
struct Finding: Sendable {
    /// The article that says it.
    var article: ReadArticle
    /// What is shown: sentences of the article, verbatim.
    var text: String
    /// The words that carry it, verbatim.
    var quote: String
    /// The title of the argument, where it is a point of an analysis.
    var heading: String?
    /// Whether it is the source's opinion.
    var isOpinion: Bool
    /// The day that it tells of, where it stands in an order of days.
    var day: Date?
    /// Whether a newer article tells it otherwise.
    var isSuperseded = false

    init(_ candidate: Candidate, text: String? = nil) {
        article = candidate.article
        self.text = text ?? candidate.sentence.sentence.text
        quote = text ?? candidate.sentence.sentence.text
        isOpinion = candidate.sentence.section.isOpinion
    }

    init(article: ReadArticle, text: String, heading: String? = nil, isOpinion: Bool) {
        self.article = article
        self.text = text
        self.quote = text.isEmpty ? heading ?? "" : text
        self.heading = heading
        self.isOpinion = isOpinion
    }
}

/// What the extraction found: the findings and the form to set them in, before any template.
struct Extract: Sendable {
    /// The template.
    var form: PromptLibrary.Name
    /// The evidence of the answer, best first.
    var findings: [Finding]
    /// A date, an amount or a verdict that stands before the evidence.
    var lead: String?
    /// The items of a list.
    var items: [String] = []
    /// What is asked about besides and is not in the articles.
    var lacking: String?
    /// Whether there may be more items than these.
    var isOpen = false
    /// Whether it only comes closest to what is asked.
    var isUnsure = false
    /// `yes`, `no` or `open`, for a question whether something is so.
    var verdict: String?
    /// How sure it is, 0…1.
    var confidence: Double
}
