public import Foundation
public import News
import Synchronization
public import Text

/// A stored article taken apart once, so that any number of questions can be held against it.
public final class ReadArticle: Sendable {
    /// The article as the archive holds it.
    public let stored: StoredArticle
    /// Its passages, as they were indexed.
    public let passages: [Passage]
    /// Its sentences with their wordings, in reading order.
    public let sentences: [ReadSentence]
    /// The wording of the headline.
    public let headline: Wording
    /// The wording of everything that may be cited: headline, body and analysis.
    public let whole: Wording

    /// The article, read.
    ///
    /// - Complexity: O(length of the article).
    public init(_ stored: StoredArticle) {
        self.stored = stored
        let article = stored.article
        passages = article.passages()
        let texts = [article.headline] + passages.flatMap { $0.sentences.map(\.text) }
        let (language, publishedAt) = (article.language, article.publishedAt)
        let parts = Wording.parts(texts, analyzer: TextAnalyzer(language))
        whole = parts.whole
        headline = parts[0]
        var sentences: [ReadSentence] = []
        sentences.reserveCapacity(texts.count - 1)
        for passage in passages {
            for sentence in passage.sentences {
                sentences.append(
                    ReadSentence(
                        sentence: sentence, section: passage.section, passage: passage.ordinal,
                        wording: parts[sentences.count + 1], language: language, publishedAt: publishedAt))
            }
        }
        self.sentences = sentences
    }

    private let sketched = Mutex<ArticleSketch?>(nil)

    /// Whether another article publishes the same in nearly the same words: a repost with a new headline and a sentence
    /// more or less.
    ///
    /// - Complexity: O(terms); O(length) for the first that has most words in common.
    func isRepost(of other: ReadArticle) -> Bool {
        // Lengths and words alone rule nearly all out, and are soon known.
        let lengths = (reportedLength, other.reportedLength)
        return min(lengths.0, lengths.1) * 3 >= max(lengths.0, lengths.1)
            && whole.share(of: other.whole) >= 0.5 && sketch.similarity(to: other.sketch) >= 0.6
    }

    /// The bytes of what the sketch is made of.
    private var reportedLength: Int {
        article.body.reduce(article.headline.utf8.count) { $0 + $1.utf8.count }
    }

    private var sketch: ArticleSketch {
        if let known = sketched.withLock({ $0 }) { return known }
        let fresh = ArticleSketch(article)
        sketched.withLock { $0 = fresh }
        return fresh
    }

    /// The article itself.
    public var article: Article { stored.article }

    // What sentence after sentence asks for, without the whole article being handed out.

    /// The article's language.
    public var language: Language { stored.article.language }

    /// The number of its sentences that have a term.
    ///
    /// - Complexity: O(sentences · log terms); O(log terms) where none has it.
    public func count(of key: TermKey) -> Int {
        whole.has(key) ? sentences.count { $0.has(key) } : 0
    }

    /// The moment at which the article was published, where that is known.
    public var publishedAt: Date? { stored.article.publishedAt }

    /// The sentences around a passage: those of its section, together at most `limit` characters where its own are not
    /// more, in reading order.
    public func sentences(around ordinal: UInt32, limit: Int) -> ArraySlice<ReadSentence> {
        sentences[stretch(around: ordinal, limit: limit).sentences]
    }

    /// The sentences of a passage and those around it in its section, as numbers in ``sentences``.
    ///
    /// - Parameters:
    ///   - ordinal: the place of the passage.
    ///   - limit: how many characters the sentences may have together, where its own are not more.
    ///   - isShown: whether a sentence is told elsewhere; the stretch ends before it.
    ///   - worth: how much the passage of a place promises; the stretch grows to the side that promises more. Nil for
    ///     both sides by turns.
    /// - Returns: the sentences with those around them; both ranges are empty where there is no such passage.
    func stretch(
        around ordinal: UInt32, limit: Int, isShown: (Int) -> Bool = { _ in false },
        worth: ((UInt32) -> Double)? = nil
    ) -> (sentences: Range<Int>, home: Range<Int>) {
        guard let first = sentences.firstIndex(where: { $0.passage == ordinal }) else {
            return (0..<0, 0..<0)
        }
        var end = first
        while end < sentences.count, sentences[end].passage == ordinal { end += 1 }
        let home = first..<end
        var stretch = home
        var length = sentences[home].reduce(home.count - 1) { $0 + $1.length }
        func fits(_ number: Int) -> Bool {
            sentences.indices.contains(number) && sentences[number].section == sentences[first].section
                && !isShown(number) && length + 1 + sentences[number].length <= limit
        }
        var grewDown = false
        while true {
            let (above, below) = (stretch.lowerBound - 1, stretch.upperBound)
            let mayGrow = (up: fits(above), down: fits(below))
            guard mayGrow.up || mayGrow.down else { break }
            var isDown = mayGrow.down
            if mayGrow.up, mayGrow.down {
                isDown =
                    worth.map { $0(sentences[below].passage) >= $0(sentences[above].passage) } ?? !grewDown
            }
            length += 1 + sentences[isDown ? below : above].length
            stretch = isDown ? stretch.lowerBound..<(below + 1) : above..<stretch.upperBound
            grewDown = isDown
        }
        return (stretch, home)
    }

    /// The words of some sentences.
    func text(of numbers: Range<Int>) -> String {
        sentences[numbers].map(\.sentence.text).joined(separator: " ")
    }
}

/// One sentence of an article with its wording and its mentions.
public final class ReadSentence: Sendable {
    /// The sentence and its place.
    public let sentence: Passage.Sentence
    /// The section it stands in.
    public let section: Passage.Section
    /// The passage it belongs to.
    public let passage: UInt32
    /// Its length in characters.
    public let length: Int
    /// Its wording.
    public let wording: Wording
    private let language: Language
    private let publishedAt: Date?
    private let kept = Mutex((plain: PlainText?.none, mentions: Mentions?.none))

    /// What it mentions.
    public var mentions: Mentions {
        kept.withLock { kept in
            if let known = kept.mentions { return known }
            let fresh = Mentions(in: sentence.text, language: language, publishedAt: publishedAt)
            kept.mentions = fresh
            return fresh
        }
    }

    /// Its words without marks; found when they are first asked for.
    public var plain: PlainText {
        if let known = kept.withLock({ $0.plain }) { return known }
        let fresh = PlainText(sentence.text)
        kept.withLock { $0.plain = fresh }
        return fresh
    }

    init(
        sentence: Passage.Sentence, section: Passage.Section, passage: UInt32, wording: consuming Wording,
        language: Language, publishedAt: Date?
    ) {
        self.sentence = sentence
        self.section = section
        self.passage = passage
        self.wording = wording
        length = Self.length(of: sentence.text)
        self.language = language
        self.publishedAt = publishedAt
    }

    // What is asked of each sentence for each word of a question is asked here, so that its wording is not handed out.

    /// Whether it has a term.
    public func has(_ key: TermKey) -> Bool { wording.has(key) }

    /// How fully it meets a concept: 0 not at all, 1 in the reader's own words.
    public func degree(of concept: Concept) -> Double { wording.degree(of: concept) }

    /// Adds how fully it meets each of some concepts that were narrowed to its article.
    public func appendDegrees(of concepts: [NarrowConcept], to degrees: inout [Double]) {
        wording.appendDegrees(of: concepts, to: &degrees)
    }

    /// The paragraph of the article that it stands in, counted from 0 over all sections.
    public var paragraph: Int { sentence.paragraph }

    /// Whether three bytes are a character that joins with none before or behind it: of the marks of General Punctuation, of
    /// Chinese marks, kana and Han characters, or of the wide forms of ASCII.
    @inline(__always)
    private static func standsAlone(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch first {
        case 0xE2: second == 0x80 && 0x90...0xA7 ~= third
        // U+302A to U+302F, U+3099 and U+309A join with what is before them.
        case 0xE3 where second == 0x80: third < 0xAA
        case 0xE3 where second == 0x82: third != 0x99 && third != 0x9A
        case 0xE3: second == 0x81 || second == 0x83
        case 0xE4...0xE9: true
        case 0xEF: second == 0xBC || second == 0xBD
        default: false
        }
    }

    /// The number of characters; by bytes where none can join with another.
    private static func length(of text: String) -> Int {
        var text = text
        let plain = text.withUTF8 { bytes -> Int? in
            var (at, count) = (0, 0)
            while at < bytes.count {
                let unusual = bytes.firstUnusual(from: at)
                count &+= unusual &- at
                at = unusual
                guard at < bytes.count else { break }
                let byte = bytes[at]
                if byte < 0x80, byte != 0x0D {
                    at &+= 1
                } else if at + 2 < bytes.count, standsAlone(byte, bytes[at + 1], bytes[at + 2]) {
                    at &+= 3
                } else {
                    return nil
                }
                count &+= 1
            }
            return count
        }
        return plain ?? text.count
    }
}
