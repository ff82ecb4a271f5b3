import Foundation
import Retrieval
import Text

/// A question with its kind: what the archive is asked for.
struct Question: Sendable {
    /// The question as it was understood, standing alone.
    var standalone: String
    /// What sort of answer it wants.
    var kind: QuestionKind
    /// Its words, taken apart.
    var read: ReadQuestion
    /// Sentences that the reader has seen already and now wants more than.
    var seen: String?
    /// The articles that the conversation has just been about.
    var recent: [String]

    init(_ standalone: String, kind: QuestionKind, read: ReadQuestion) {
        self.standalone = standalone
        self.kind = kind
        self.read = read
        seen = nil
        recent = []
        adjustWeights()
    }

    /// The concepts that an exact answer cannot do without.
    var essential: [Concept] { read.concepts.filter { $0.kind != .generic } }

    /// Lightens the noun of "which countries" and "how many devices": it tells the kind of thing wanted, and a good
    /// answer often gives the thing itself instead.
    private mutating func adjustWeights() {
        let heads = QuestionAnalysis.headNouns(of: standalone, language: read.language)
        let types = QuestionAnalysis.typeNouns
        for index in read.concepts.indices {
            let concept = read.concepts[index]
            let word = Folding.fold(concept.word)
            if heads.contains(word), types.contains(word) || types.contains(where: { word == $0 + "s" }) {
                read.concepts[index].kind = .generic
                read.concepts[index].weight *= 0.5
            } else if concept.kind == .word, QuestionAnalysis.isAside(word) {
                read.concepts[index].kind = .generic
                read.concepts[index].weight *= 0.4
            }
        }
    }
}
