import Text

/// A stretch of an article that is ranked as one: about three sentences of one section.
///
/// Small stretches rank articles best; what is shown around a hit is cut from the article again.
public struct Passage: Sendable, Hashable {
    /// The part of the article that it stands in.
    public var section: Section
    /// Its place among the article's passages, from 0; the same for the same version of an article.
    public var ordinal: UInt32
    /// The sentences, as the article has them, in order.
    public var sentences: [Sentence]

    /// The words of the passage.
    public var text: String { sentences.map(\.text).joined(separator: " ") }

    /// The parts of an article, as a reader tells them apart.
    public enum Section: Sendable, Hashable {
        /// The title line.
        case headline
        /// Reported fact.
        case body
        /// The opening of an analysis.
        case analysis
        /// A numbered point of an analysis, counted from 1.
        case point(Int)
        /// What an analysis expects next.
        case outlook

        /// Whether it is the source's opinion rather than what it reports.
        public var isOpinion: Bool {
            switch self {
            case .headline, .body: false
            case .analysis, .point, .outlook: true
            }
        }
    }

    /// One sentence with its place in the article.
    public struct Sentence: Sendable, Hashable {
        /// The words, verbatim.
        public var text: String
        /// The paragraph of the article that it stands in, counted from 0 over all sections.
        public var paragraph: Int
        /// Its place in the article, counted from 0 over all sections.
        public var position: Int
    }
}

extension Article {
    /// The passages of the article, in reading order; an article without text has its headline as the only one.
    ///
    /// Paragraphs are never torn where they fit: short ones of one section are joined up to three sentences, long ones
    /// are cut after every third. A point of an analysis is a passage of its own.
    ///
    /// - Complexity: O(length of the article).
    public func passages() -> [Passage] {
        let cut = cut()
        return cut.stretches.enumerated().map { ordinal, stretch in
            Passage(
                section: stretch.section, ordinal: UInt32(ordinal),
                sentences: cut.pieces[stretch.pieces].map {
                    Passage.Sentence(
                        text: String(cut.text(of: $0)), paragraph: $0.paragraph, position: $0.position)
                })
        }
    }

    /// The words of the passages, each with its section: what an index takes, without the sentences.
    ///
    /// They are slices of the article where they stand there in a row.
    ///
    /// - Complexity: O(length of the article).
    public func passageTexts() -> [(section: Passage.Section, text: Substring)] {
        let cut = cut()
        return cut.stretches.map { ($0.section, cut.text(of: $0)) }
    }

    private func cut() -> PassageBuilder {
        var builder = PassageBuilder(paragraphs: body.count)
        builder.add(paragraphs: body, section: .body)
        for analysis in analyses {
            builder.add(paragraphs: analysis.opening, section: .analysis)
            for (index, point) in analysis.points.enumerated() {
                builder.add(point: point, number: index + 1)
            }
            builder.add(paragraphs: analysis.outlook, section: .outlook)
        }
        if builder.stretches.isEmpty { builder.add(paragraphs: [headline], section: .headline) }
        return builder
    }
}

/// A sentence, as a slice of the article.
private struct Piece {
    /// Which of the article's strings it is a slice of; a heading and its text share a paragraph, but are two.
    var source: Int
    /// Where it lies there, in UTF-8 code units.
    var range: Range<Int>
    var paragraph: Int
    var position: Int
}

/// What becomes a passage: some of the sentences in a row.
private struct Stretch {
    var section: Passage.Section
    var pieces: Range<Int>
}

private struct PassageBuilder {
    private static let sentencesPerPassage = 3
    /// A sentence without an end, such as a table dumped into a post, is cut here, so that no passage grows without bound.
    private static let longestSentence = 1200

    private(set) var stretches: [Stretch] = []
    private(set) var pieces: [Piece] = []
    private var sources: [String] = []
    private var paragraph = 0
    private var position = 0

    /// One for an article whose body has so many paragraphs; most have few sentences.
    init(paragraphs: Int) {
        sources.reserveCapacity(paragraphs)
        pieces.reserveCapacity(paragraphs * Self.sentencesPerPassage)
        stretches.reserveCapacity(paragraphs)
    }

    mutating func add(paragraphs: [String], section: Passage.Section) {
        var start = pieces.count
        for text in paragraphs {
            let open = pieces.count - start
            split(text)
            if open > 0, pieces.count - start > Self.sentencesPerPassage {
                close(start..<start + open, section)
                start += open
            }
            while pieces.count - start >= Self.sentencesPerPassage {
                close(start..<start + Self.sentencesPerPassage, section)
                start += Self.sentencesPerPassage
            }
        }
        if start < pieces.count { close(start..<pieces.count, section) }
    }

    mutating func add(point: Analysis.Point, number: Int) {
        var start = pieces.count
        if let heading = point.heading {
            sources.append(heading)
            addPiece(0..<heading.utf8.count)
        }
        split(point.text)
        while start < pieces.count {
            let end = min(start + Self.sentencesPerPassage + 1, pieces.count)
            close(start..<end, .point(number))
            start = end
        }
    }

    private mutating func close(_ pieces: Range<Int>, _ section: Passage.Section) {
        stretches.append(Stretch(section: section, pieces: pieces))
    }

    /// Adds the sentences of a paragraph.
    private mutating func split(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        sources.append(text)
        SentenceSplitter.forEachSentence(in: text) { sentence in
            var sentence = sentence
            while sentence.count > Self.longestSentence, let cut = Self.cut(sentence, of: text) {
                addPiece(sentence.lowerBound..<cut)
                sentence = cut..<sentence.upperBound
            }
            addPiece(sentence)
        }
        paragraph += 1
    }

    /// Where a sentence is cut that has more characters than the longest.
    private static func cut(_ sentence: Range<Int>, of text: String) -> Int? {
        let end = text.utf8.index(text.startIndex, offsetBy: sentence.upperBound)
        let cut = text.index(
            text.utf8.index(text.startIndex, offsetBy: sentence.lowerBound), offsetBy: longestSentence,
            limitedBy: end)
        return cut.flatMap { $0 < end ? text.utf8.distance(from: text.startIndex, to: $0) : nil }
    }

    /// Adds the next slice of the last of the strings.
    private mutating func addPiece(_ range: Range<Int>) {
        pieces.append(
            Piece(source: sources.count - 1, range: range, paragraph: paragraph, position: position))
        position += 1
    }

    /// The words of a sentence.
    func text(of piece: Piece) -> Substring { text(piece.range, of: piece.source) }

    /// The words of sentences with a space between them, as ``Passage/text``.
    func text(of stretch: Stretch) -> Substring {
        let pieces = pieces[stretch.pieces]
        guard let first = pieces.first, let last = pieces.last else { return "" }
        // Slices of one string that a space parts lie there as they are wanted.
        let base = sources[first.source].utf8
        var end = first.range.upperBound
        let isWhole = pieces.dropFirst().allSatisfy { piece in
            defer { end = piece.range.upperBound }
            return piece.source == first.source && end + 1 == piece.range.lowerBound
                && base[base.index(base.startIndex, offsetBy: end)] == UInt8(ascii: " ")
        }
        return isWhole
            ? text(first.range.lowerBound..<last.range.upperBound, of: first.source)
            : pieces.map(text(of:)).joined(separator: " ")[...]
    }

    private func text(_ range: Range<Int>, of source: Int) -> Substring {
        let text = sources[source]
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        return text[start..<text.utf8.index(start, offsetBy: range.count)]
    }
}
