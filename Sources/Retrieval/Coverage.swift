import Search

/// How much of a question stands in a passage, whatever that scores.
///
/// BM25 lets a word that comes often in a short passage make up for another that is missing. Here each word counts once, so
/// that what holds all of them is told from what repeats some.
struct Coverage {
    /// What each clause is worth: weight times idf.
    private let worth: [Double]
    /// The squared idf of the reader's own words, by their clauses.
    private let rarities: [(clause: Int, squared: Double)]
    /// The question's single words, or its single characters where it is written without spaces, with their idf.
    private let singles: [(single: QuestionQuery.Single, idf: Double)]
    /// Stretches of the question, as the clauses that follow each other in it.
    private let chains: [[Int]]
    private let total: Double
    private let totalRarity: Double
    private let totalSingles: Double
    private let fullestChain: Double

    /// What a question is worth.
    ///
    /// - Complexity: O(clauses).
    init(of question: QuestionQuery) {
        let worth = zip(question.query.clauses, question.idf).map { Double($0.weight * $1) }
        self.worth = worth
        rarities = question.own.sorted().map { ($0, Double(question.idf[$0] * question.idf[$0])) }
        singles = question.singles.map { ($0, Double(question.idf[$0.clause])) }
        chains = question.chains
        total = worth.reduce(question.unheld.whole, +)
        totalSingles = singles.reduce(0) { $0 + $1.idf }
        totalRarity = rarities.reduce(0) { $0 + $1.squared }
        fullestChain = chains.map { $0.reduce(0) { $0 + worth[$1] } }.max() ?? 0
    }

    /// The share of what all words are worth that stands in the passage, 0…1.
    func words(of match: Match) -> Double {
        guard total > 0 else { return 0 }
        return worth.indices.reduce(0) { $0 + (match.scores[$1] > 0 ? worth[$1] : 0) } / total
    }

    /// The same of the reader's own words by their squared idf, 0…1.
    func rarity(of match: Match) -> Double {
        guard totalRarity > 0 else { return 0 }
        return rarities.reduce(0) { $0 + (match.scores[$1.clause] > 0 ? $1.squared : 0) } / totalRarity
    }

    /// The share of its single words or characters that stands in the passage, by their idf, 0…1.
    ///
    /// Another wording, such as a synonym or what it is called in another language, counts by its strength. Characters
    /// meet what is written in other words of the same characters, such as 首都設在 for 設都, where pairs do not.
    func singles(of match: Match) -> Double {
        guard totalSingles > 0 else { return 0 }
        return singles.reduce(0.0) { sum, item -> Double in
            if match.scores[item.single.clause] > 0 { return sum + item.idf }
            let best = item.single.others.reduce(0.0) { best, other -> Double in
                other.strength > best && other.clauses.allSatisfy { match.scores[$0] > 0 }
                    ? other.strength : best
            }
            return sum + item.idf * best
        } / totalSingles
    }

    /// The most that words are worth which follow each other in the question and all stand in the passage, the fullest
    /// stretch of the question being 1.
    ///
    /// - Complexity: O(clauses).
    func run(of match: Match) -> Double {
        guard fullestChain > 0 else { return 0 }
        var best = 0.0
        for chain in chains {
            var sum = 0.0
            for clause in chain {
                sum = match.scores[clause] > 0 ? sum + worth[clause] : 0
                best = max(best, sum)
            }
        }
        return best / fullestChain
    }
}
