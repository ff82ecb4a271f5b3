import Text

/// A short summary of an article's wording, from which it is told how much two articles have in common.
///
/// MinHash: of all runs of three words (of three characters in Chinese and Japanese), hashed in 64 ways, the least hash
/// of each way is kept. The share of equal places of two sketches estimates the Jaccard similarity of the two sets of
/// runs, with a standard error of √(s(1 − s)/64), at most 0.0625.
///
/// Source: Broder, "On the resemblance and containment of documents", 1997.
public struct ArticleSketch: Sendable, Hashable {
    /// The least hash of each way; empty for a text with fewer than three words.
    private let least: [UInt32]

    private static let ways = 64

    /// The sketch of headline and body; opinion is each source's own, and no part of what was reported.
    ///
    /// - Complexity: O(length · 64).
    public init(_ article: Article) {
        self.init(text: ([article.headline] + article.body).joined(separator: "\n"))
    }

    /// The sketch of a text.
    public init(text: String) {
        let words = Self.words(text)
        guard words.count >= 3 else {
            least = []
            return
        }
        var least = [UInt32](repeating: .max, count: Self.ways)
        for place in 2..<words.count {
            let run = Self.mixed(words[place - 2] &+ Self.mixed(words[place - 1] &+ Self.mixed(words[place])))
            for way in 0..<Self.ways {
                let hash = UInt32(truncatingIfNeeded: Self.mixed(run ^ Self.seeds[way]) >> 32)
                if hash < least[way] { least[way] = hash }
            }
        }
        self.least = least
    }

    /// How much two texts have in common, 0…1, as an estimate; 0 where one of them is too short to tell.
    public func similarity(to other: ArticleSketch) -> Double {
        guard !least.isEmpty, least.count == other.least.count else { return 0 }
        return Double(zip(least, other.least).count { $0 == $1 }) / Double(Self.ways)
    }

    /// The words of a text as hashes; a character of Chinese or Japanese is a word.
    private static func words(_ text: String) -> [UInt64] {
        var words: [UInt64] = []
        var word: UInt64 = 0
        for scalar in String(decoding: PlainText(text).bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x20:
                if word != 0 { words.append(word) }
                word = 0
            case 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x3134F:
                if word != 0 { words.append(word) }
                words.append(mixed(UInt64(scalar.value)))
                word = 0
            default: word = mixed(word &+ UInt64(scalar.value))
            }
        }
        if word != 0 { words.append(word) }
        return words
    }

    /// The finaliser of SplitMix64: every bit of the result depends on every bit of the number.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var z = number &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static let seeds: [UInt64] = (1...UInt64(ways)).map { mixed($0 &* 0xD1B5_4A32_D192_ED03) }
}
