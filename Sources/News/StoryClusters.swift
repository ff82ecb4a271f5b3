/// Which articles of an archive are the same story, published several times.
///
/// Each article joins the story of the most similar one that is known, if it is similar enough, or begins its own. Only
/// articles that share a band are compared, so that an article costs the same however large the archive is.
public struct StoryClusters: Sendable {
    /// The least similarity of two publications of one story: a repost with a new headline and a sentence more or less.
    private static let threshold = 0.6

    /// Names a story for as long as the clusters live; never given twice.
    public typealias Story = Int

    private struct Member: Sendable {
        var sketch: ArticleSketch
        var story: Story
    }

    private var members: [Int64: Member] = [:]
    private var rowsByBand: [UInt64: [Int64]] = [:]
    private var rowsByStory: [Story: [Int64]] = [:]
    private var nextStory: Story = 0

    /// Stories of no articles.
    public init() {}

    /// Takes an article in, or its new version in place of the old one.
    ///
    /// - Parameters:
    ///   - row: the archive's key of the article.
    ///   - sketch: its wording.
    /// - Returns: the story that it is of.
    /// - Complexity: O(articles that share a band with it).
    @discardableResult
    public mutating func insert(_ row: Int64, _ sketch: ArticleSketch) -> Story {
        remove(row)
        let bands = sketch.bands
        let near = Set(bands.flatMap { rowsByBand[$0] ?? [] }).sorted()
            .map { (row: $0, similarity: members[$0]?.sketch.similarity(to: sketch) ?? 0) }
            .filter { $0.similarity >= Self.threshold }
        // Of equals the oldest, so that the order of later arrivals does not matter.
        let nearest = near.max { ($0.similarity, -$0.row) < ($1.similarity, -$1.row) }
        let story = nearest.flatMap { members[$0.row]?.story } ?? nextStory
        if story == nextStory { nextStory += 1 }
        members[row] = Member(sketch: sketch, story: story)
        for band in bands { rowsByBand[band, default: []].append(row) }
        rowsByStory[story, default: []].append(row)
        return story
    }

    /// Takes an article away; the others of its story stay together.
    public mutating func remove(_ row: Int64) {
        guard let member = members.removeValue(forKey: row) else { return }
        for band in member.sketch.bands {
            rowsByBand[band]?.removeAll { $0 == row }
            if rowsByBand[band]?.isEmpty == true { rowsByBand[band] = nil }
        }
        rowsByStory[member.story]?.removeAll { $0 == row }
        if rowsByStory[member.story]?.isEmpty == true { rowsByStory[member.story] = nil }
    }

    /// The story of an article; nil for one that is not known.
    public func story(of row: Int64) -> Story? { members[row]?.story }

    /// All articles of the story of an article, itself among them, by row; empty for one that is not known.
    public func publications(of row: Int64) -> [Int64] {
        members[row].flatMap { rowsByStory[$0.story] }?.sorted() ?? []
    }

    /// The first article of each story, in the order given, with the others of its story that are given too.
    ///
    /// - Parameter rows: best first.
    /// - Returns: one entry a story; rows that are not known stand for themselves.
    public func grouped(_ rows: [Int64]) -> [(row: Int64, alsoReported: [Int64])] {
        var places: [Story: Int] = [:]
        var result: [(row: Int64, alsoReported: [Int64])] = []
        for row in rows {
            let story = story(of: row)
            if let place = story.flatMap({ places[$0] }) {
                result[place].alsoReported.append(row)
            } else {
                if let story { places[story] = result.count }
                result.append((row, []))
            }
        }
        return result
    }
}
