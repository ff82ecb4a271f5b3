import Search

extension ReadQuestion {
    /// The question as the index understands it: every wording of every concept, weighed.
    var query: Query {
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
            for way in concept.ways {
                let weight = concept.weight * way.strength
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
        return Query(order.map { Clause($0, weight: weights[$0] ?? 0) })
    }
}
