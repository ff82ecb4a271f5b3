import Search
import Text

extension ReadQuestion {
    /// What a synonym counts beside the reader's own word: it finds what has no other way to be found, and must not
    /// outweigh what is said outright.
    private static let synonymShare = 0.15
    /// What words count that say little about what is asked.
    private static let genericShare = 0.4
    /// What every pair of characters of a Chinese question counts beside the words that were made out in it: where words
    /// begin and end is a guess, and the pairs make none.
    private static let pairShare = 0.6

    /// The question as the index understands it: every wording of every concept, weighed.
    ///
    /// How rare a term is, the index knows better than any table; so all words start out equal here.
    var query: Query {
        guard !concepts.isEmpty else { return Query([]) }
        var weights: [String: Float] = [:]
        var order: [String] = []
        func add(_ term: String, _ weight: Double) {
            if let old = weights[term] {
                weights[term] = max(old, Float(weight))
            } else {
                weights[term] = Float(weight)
                order.append(term)
            }
        }
        for concept in concepts {
            let base = concept.kind == .generic ? Self.genericShare : 1
            for way in concept.ways {
                let isOwn = way.strength == 1 || isTranslation(way)
                let weight = base * way.strength * (isOwn ? 1 : Self.synonymShare)
                switch way.form {
                case .stems(let stems):
                    // A phrase of several words is as heavy as one word, so that long synonyms do not drown the rest.
                    for stem in stems { add(stem, weight / Double(stems.count)) }
                case .characters(let text), .run(let text):
                    let pairs = QuestionPiece.bigrams(of: text)
                    for pair in pairs { add(pair, weight / Double(pairs.count).squareRoot()) }
                }
            }
        }
        if language.isCJK {
            for piece in QuestionPiece.pieces(of: text, language: language) where !piece.isWord {
                for pair in QuestionPiece.bigrams(of: Folding.fold(piece.surface)) {
                    add(pair, Self.pairShare)
                }
            }
        }
        return Query(order.map { Clause($0, weight: weights[$0] ?? 0) })
    }

    /// Whether a wording is of another language than the question: then it competes with no word of the reader's.
    private func isTranslation(_ way: Concept.Way) -> Bool {
        switch way.form {
        case .stems: language.isCJK
        case .characters, .run: !language.isCJK
        }
    }
}
