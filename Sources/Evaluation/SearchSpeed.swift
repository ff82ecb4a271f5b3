public import Foundation
import Search
import Text

/// How fast texts are read, and an index made and searched, each by itself: one thread, one document a passage, every
/// word of a question a clause that adds to the score.
public enum SearchSpeed {
    /// What a passage is made of; a line of JSON has them as `title` and `text`.
    private static let schema = Schema([Field("title"), Field("text")])
    /// Documents of one step.
    private static let batch = 8192

    private struct Passage: Decodable {
        var title: String?
        var text: String
    }

    /// How the reading of texts went.
    public struct Reading: Encodable, Sendable {
        /// The number of documents.
        public var documents: Int
        /// Bytes of their titles and texts in UTF-8.
        public var textBytes: Int
        /// The terms that were found, repetitions included.
        public var terms: Int
        /// The different ones.
        public var differentTerms: Int
        /// Processor time in seconds from a scanner that has met no word to the end of the last text.
        public var seconds: Double
        /// The same once more by the same scanner, which then knows all words: the least of the rounds.
        public var knownSeconds: Double
    }

    /// How the making of an index went.
    public struct Indexing: Encodable, Sendable {
        /// The number of documents.
        public var documents: Int
        /// Bytes of their titles and texts in UTF-8.
        public var textBytes: Int
        /// Processor time of analysing, writing and merging, in seconds; reading the file is not in it.
        public var seconds: Double
        /// The size of the index.
        public var indexBytes: Int
        /// The number of its segments.
        public var segments: Int
    }

    /// How an index was searched.
    public struct Searching: Encodable, Sendable {
        /// The number of documents.
        public var documents: Int
        /// From nothing to the index being open, and to the first answer, in milliseconds.
        public var openMilliseconds: Double
        /// From nothing to the first answer, in milliseconds.
        public var firstMilliseconds: Double
        /// What each question took in milliseconds: after one round of all to warm up, the best of the others.
        public var milliseconds: [Double]
        /// The middle of them.
        public var p50: Double { Self.at(0.5, of: milliseconds) }
        /// What one in a hundred exceeds.
        public var p99: Double { Self.at(0.99, of: milliseconds) }
        /// Memory that the program holds after the last question, in bytes, files that it has mapped included.
        public var residentBytes: Int
        /// A sum over what was found, which is the same in every run.
        public var digest: UInt64

        private static func at(_ share: Double, of values: [Double]) -> Double {
            values.isEmpty ? 0 : values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
        }
    }

    /// Finds the terms of a file's passages, one JSON object a line: first by a scanner that has met no word, then `rounds`
    /// times more by the same.
    ///
    /// - Throws: whatever reading the file throws.
    public static func read(_ documents: URL, rounds: Int) throws -> Reading {
        let decoder = JSONDecoder()
        let texts = try Data(contentsOf: documents, options: .alwaysMapped).split(
            separator: UInt8(ascii: "\n")
        )
        .flatMap { line in
            let passage = try decoder.decode(Passage.self, from: line)
            return [passage.title ?? "", passage.text]
        }
        var result = Reading(
            documents: texts.count / 2, textBytes: texts.reduce(0) { $0 + $1.utf8.count }, terms: 0,
            differentTerms: 0, seconds: 0, knownSeconds: .infinity)
        let start = processorTime()
        let scanner = TermScanner(.english)
        for text in texts { result.terms += scanner.scan(text) { $0.count } }
        result.seconds = processorTime() - start
        result.differentTerms = scanner.terms.count
        for _ in 0..<rounds {
            let start = processorTime()
            for text in texts { scanner.scan(text) { _ in } }
            result.knownSeconds = min(result.knownSeconds, processorTime() - start)
        }
        return result
    }

    /// Makes the index of a file's passages, one JSON object a line.
    ///
    /// - Throws: whatever reading the file or writing the index throws.
    public static func index(_ documents: URL, into folder: String) throws -> Indexing {
        let lines = try Data(contentsOf: documents, options: .alwaysMapped)
        let decoder = JSONDecoder()
        var index = try InvertedIndex(folder: folder, schema: schema, rebuilding: true)
        var result = Indexing(documents: 0, textBytes: 0, seconds: 0, indexBytes: 0, segments: 0)
        var changes: [Change] = []
        func apply(isLast: Bool = false) throws {
            let start = processorTime()
            index.apply(changes, cursor: Int64(result.documents))
            index.mergeIfNeeded(settling: isLast)
            try index.commit()
            result.seconds += processorTime() - start
            changes.removeAll(keepingCapacity: true)
        }
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            let passage = try decoder.decode(Passage.self, from: line)
            let texts = [passage.title ?? "", passage.text]
            result.documents += 1
            result.textBytes += texts.reduce(0) { $0 + $1.utf8.count }
            let document = Document(ordinal: 0, language: .english, texts: texts)
            changes.append(.replace(group: Int64(result.documents), with: [document]))
            if changes.count == batch { try apply() }
        }
        try apply(isLast: true)
        let segments = index.searcher.segments
        result.segments = segments.count
        result.indexBytes = segments.reduce(0) { $0 + $1.bytes }
        return result
    }

    /// Opens an index and asks it every question, a line each, in `rounds` rounds after one to warm up.
    ///
    /// - Throws: whatever opening the index throws.
    public static func search(
        _ folder: String, questions: String, top: Int, rounds: Int
    ) throws -> Searching {
        let analyzer = TextAnalyzer(.english)
        let queries = questions.split(whereSeparator: \.isNewline).map { line in
            var seen: Set<String> = []
            return Query(
                analyzer.terms(in: String(line)).filter { seen.insert($0).inserted }.map { Clause($0) })
        }
        let start = ContinuousClock.now
        let searcher = try InvertedIndex(folder: folder, schema: schema).searcher
        var result = Searching(
            documents: searcher.documentCount, openMilliseconds: (.now - start) / .milliseconds(1),
            firstMilliseconds: 0,
            milliseconds: Array(repeating: .infinity, count: queries.count), residentBytes: 0, digest: 0)
        if let first = queries.first { _ = searcher.search(first, limit: top) }
        result.firstMilliseconds = (.now - start) / .milliseconds(1)
        for round in 0...rounds {
            for (number, query) in queries.enumerated() {
                let start = ContinuousClock.now
                let hits = searcher.search(query, limit: top)
                let took = (.now - start) / .milliseconds(1)
                if round == 0 {
                    for hit in hits {
                        result.digest =
                            result.digest &* 31 &+ UInt64(bitPattern: hit.document.group)
                            &+ UInt64(hit.score.bitPattern)
                    }
                } else {
                    result.milliseconds[number] = min(result.milliseconds[number], took)
                }
            }
        }
        result.residentBytes = withExtendedLifetime(searcher) { residentBytes() }
        return result
    }

    private static func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// What the kernel counts as this program's own; 0 where it does not tell.
    private static func residentBytes() -> Int {
        guard let statistics = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
            return 0
        }
        let pages = statistics.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
