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
        let analyzer = TextAnalyzer(stored.article.language)
        passages = stored.article.passages()
        sentences = passages.flatMap { passage in
            passage.sentences.map {
                ReadSentence(
                    sentence: $0, section: passage.section, passage: passage.ordinal, analyzer: analyzer,
                    article: stored.article)
            }
        }
        headline = Wording(stored.article.headline, analyzer: analyzer)
        whole = Wording(joining: [headline] + sentences.map(\.wording))
    }

    private let sketched = Mutex<ArticleSketch?>(nil)

    /// Whether another article publishes the same in nearly the same words: a repost with a new headline and a sentence
    /// more or less.
    ///
    /// - Complexity: O(terms); O(length) for the first that has most words in common.
    func isRepost(of other: ReadArticle) -> Bool {
        // Words alone rule nearly all out, and are known already.
        whole.share(of: other.whole) >= 0.5 && sketch.similarity(to: other.sketch) >= 0.6
    }

    private var sketch: ArticleSketch {
        if let known = sketched.withLock({ $0 }) { return known }
        let fresh = ArticleSketch(article)
        sketched.withLock { $0 = fresh }
        return fresh
    }

    /// The article itself.
    public var article: Article { stored.article }

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
        var length = text(of: home).count
        func fits(_ number: Int) -> Bool {
            sentences.indices.contains(number) && sentences[number].section == sentences[first].section
                && !isShown(number) && length + 1 + sentences[number].sentence.text.count <= limit
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
            length += 1 + sentences[isDown ? below : above].sentence.text.count
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
    /// Its wording.
    public let wording: Wording
    private let kept = Mutex<PlainText?>(nil)
    /// What it mentions.
    public let mentions: Mentions

    /// Its words without marks; found when they are first asked for.
    public var plain: PlainText {
        if let known = kept.withLock({ $0 }) { return known }
        let fresh = PlainText(sentence.text)
        kept.withLock { $0 = fresh }
        return fresh
    }

    init(
        sentence: Passage.Sentence, section: Passage.Section, passage: UInt32, analyzer: TextAnalyzer,
        article: Article
    ) {
        self.sentence = sentence
        self.section = section
        self.passage = passage
        wording = Wording(sentence.text, analyzer: analyzer)
        mentions = Mentions(
            in: sentence.text, language: article.language, publishedAt: article.publishedAt)
    }
}
