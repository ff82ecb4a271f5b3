import Foundation

/// How rare the words of a question are, as far as that tells whether an archive has anything on it.
///
/// In an archive of a hundred thousand articles the rarest word is nearly twice as rare as in one of hundreds, and a common
/// one as common. So that a question is about as sure of its answer in both, no word is rarer than in an archive of
/// ``tellingCount`` documents.
struct Rarities {
    /// So many documents tell of a word's rarity what there is to tell.
    static let tellingCount = 5000

    private let idf: [Double]
    private let documentCount: Double
    /// How many of the documents are as telling as all.
    let count: Int
    /// How rare a word can be.
    let highest: Double

    /// The rarities of words by their idf in an index of so many documents.
    init(_ idf: [Float], in documentCount: Int) {
        self.idf = idf.map(Double.init)
        self.documentCount = Double(documentCount)
        count = min(documentCount, Self.tellingCount)
        highest = log(1 + (Double(count) + 0.5) / 0.5)
    }

    /// How rare the word of a clause is, at most ``highest``.
    subscript(clause: Int) -> Double { min(idf[clause], highest) }

    /// The share of what the word of a clause scores that its rarity is told by.
    func share(of clause: Int) -> Double { idf[clause] > highest ? highest / idf[clause] : 1 }

    /// Whether no more than a few documents have the word of a clause.
    func isOf(atMost few: Int, _ clause: Int) -> Bool {
        idf[clause] >= log(1 + (documentCount - Double(few) + 0.5) / (Double(few) + 0.5)) - 0.001
    }
}
