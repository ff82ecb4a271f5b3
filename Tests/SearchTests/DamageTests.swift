import Foundation
import Testing
import Text

@testable import Search

/// What bytes that are not as they were written do: nothing is answered from them, and nothing crashes.
///
/// `SOAK=500` makes the rounds so many times as many; then a million random queries are asked.
@Suite final class DamageTests {
    private static let soak = ProcessInfo.processInfo.environment["SOAK"].flatMap { Int($0) } ?? 1
    private let folder = FileManager.default.temporaryDirectory.appending(path: "damage-\(UUID().uuidString)")
        .path
    private let schema = Schema([Field("title", boost: 2, b: 0.3), Field("text")])

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func changes(_ count: Int64, _ random: inout Seeded) -> [Change] {
        (0..<count).map { group in
            .replace(
                group: group,
                with: (0..<UInt32.random(in: 1...3, using: &random)).map { ordinal in
                    Document(
                        ordinal: ordinal, language: .english, texts: [words(3, &random), words(40, &random)],
                        time: Bool.random(using: &random) ? Int64.random(in: 0...99, using: &random) : nil,
                        tags: ["t\(ordinal)"])
                })
        }
    }

    private func words(_ most: Int, _ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...most, using: &random)).map { _ in word(&random) }.joined(separator: " ")
    }

    private func word(_ random: inout Seeded) -> String {
        "w\(Int(pow(Double.random(in: 0..<1, using: &random), 3) * 300))"
    }

    private func query(_ random: inout Seeded) -> Query {
        var clauses = (0..<Int.random(in: 1...12, using: &random)).map { _ in Clause(word(&random)) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: clauses.append(.phrase([word(&random), word(&random)]))
        case 1: clauses.append(Clause(word(&random), occurrence: .required))
        case 2: clauses.append(Clause(word(&random), occurrence: .excluded))
        default: break
        }
        let filter =
            Int.random(in: 0..<5, using: &random) == 0 ? Filter(from: 10, until: 80, anyTag: ["t0"]) : nil
        return Query(clauses, filter: filter)
    }

    @Test func `after a flipped bit an index is refused, tells of it, or answers as before`() throws {
        var random = Seeded(state: 21)
        var index = try InvertedIndex(folder: folder, schema: schema)
        index.apply(changes(1500, &random), cursor: 1)
        index.apply([.delete(group: 5)], cursor: 2)
        try index.commit()
        let queries = (0..<12).map { _ in query(&random) }
        let expected = queries.map { index.searcher.search($0, limit: 10) }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "lock" }
        var found = 0
        for round in 0..<60 * Self.soak {
            let file = folder + "/" + files[round % files.count]
            let whole = try Data(contentsOf: URL(fileURLWithPath: file))
            var broken = whole
            broken[Int.random(in: 0..<broken.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try broken.write(to: URL(fileURLWithPath: file))
            do throws(SearchError) {
                let searcher = try InvertedIndex(folder: folder, schema: schema).searcher
                for (query, hits) in zip(queries, expected) {
                    let now = searcher.search(query, limit: 10)
                    #expect(now == hits || (searcher.damage != nil && now.isEmpty))
                }
                try searcher.verify()
            } catch { found += 1 }
            try whole.write(to: URL(fileURLWithPath: file))
        }
        #expect(found == 60 * Self.soak)
    }

    @Test func `bytes without sense crash no reader, even where their checksums hold`() throws {
        var random = Seeded(state: 22)
        var index = InvertedIndex(schema: schema)
        index.apply(changes(400, &random), cursor: 1)
        let bytes = Array(index.searcher.views[0].segment.bytes.buffer)
        for _ in 0..<200 * Self.soak {
            var broken = bytes
            let isNear = Bool.random(using: &random)
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                // Half of the time the frame at the end alone.
                let range =
                    isNear
                    ? max(0, broken.count - SegmentFormat.footerSize)..<broken.count : 0..<broken.count
                broken[Int.random(in: range, using: &random)] =
                    Bool.random(using: &random) ? .random(in: 0...255, using: &random) : 255
            }
            // Trusted bytes are held against no checksum.
            guard
                let segment = try? Segment(
                    SegmentBytes(copying: broken), schema: schema, name: "broken", isTrusted: true)
            else { continue }
            exercise(segment, &random)
        }
        for _ in 0..<100 * Self.soak {
            let noise = (0..<Int.random(in: 0...4000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(throws: SearchError.self) {
                try Segment(SegmentBytes(copying: noise), schema: schema, name: "noise", isTrusted: true)
            }
        }
    }

    /// Found by `Tests/Fuzz`.
    @Test func `a set of tags beyond all bounds is no set`() throws {
        var index = InvertedIndex(schema: schema)
        index.apply(
            [
                .replace(
                    group: 1,
                    with: [Document(ordinal: 0, language: .english, texts: ["a", "b"], tags: ["t"])])
            ], cursor: 1)
        var bytes = Array(index.searcher.views[0].segment.bytes.buffer)
        let entry = bytes.count - SegmentFormat.footerSize + SegmentFormat.Section.tagSets.rawValue * 16
        let base = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: entry, as: UInt64.self)) }
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: Int64.max.littleEndian, toByteOffset: base, as: Int64.self)
        }
        let segment = try Segment(
            SegmentBytes(copying: bytes), schema: schema, name: "broken", isTrusted: true)
        #expect(segment.tags(0).isEmpty)
    }

    /// Found by `Tests/Fuzz`: as `Double`, such groups are all the same.
    @Test(arguments: [Int64.min, Int64.min / 2, -1, 0, Int64.max / 2, Int64.max - 8])
    func `groups are found however far they are from zero`(first: Int64) {
        var index = InvertedIndex(schema: schema)
        let groups = [first, first + 1, first + 3, first + 7]
        index.apply(
            groups.map {
                .replace(
                    group: $0,
                    with: [Document(ordinal: 0, language: .english, texts: ["a", "b"], tags: [])])
            }, cursor: 1)
        let segment = index.searcher.views[0].segment
        for group in first...first + 8 {
            let expected = groups.firstIndex(of: group)
            #expect(segment.number(of: DocumentID(group: group, ordinal: 0)) == expected)
            #expect(Array(segment.documents(of: group)) == (expected.map { [$0] } ?? []))
        }
    }

    private func exercise(_ segment: Segment, _ random: inout Seeded) {
        guard segment.documentCount < 1 << 20 else { return }
        let view = SegmentView(segment)
        let searcher = Searcher(schema: schema, views: [view])
        for _ in 0..<4 { _ = searcher.search(query(&random), limit: 10) }
        _ = searcher.searchExhaustively(query(&random), limit: 10)
        for prefix in 0...1 {
            _ = searcher.terms(near: word(&random), distance: 1 + prefix, prefix: prefix, limit: 5)
        }
        for document in 0..<min(segment.documentCount, 300) {
            _ = (segment.id(document), segment.time(document), segment.tags(document))
        }
        _ = segment.documents(of: 7)
        _ = Segment.merge([view], schema: schema)
    }

    @Test func `random queries find the same by both ways`() {
        var random = Seeded(state: 23)
        var index = InvertedIndex(schema: schema)
        for step in 0..<4 {
            index.apply(changes(300 * Int64(step + 1), &random), cursor: Int64(step + 1))
        }
        let searcher = index.searcher
        for number in 0..<2000 * Self.soak {
            let query = query(&random)
            let limit = Int.random(in: 1...20, using: &random)
            let hits = searcher.search(query, limit: limit)
            // The plain way takes a thousand times as long.
            if number % 100 == 0 { #expect(hits == searcher.searchExhaustively(query, limit: limit)) }
        }
    }

    @Test func `a merge takes no notice of what changes meanwhile, and what changed stays changed`() throws {
        var random = Seeded(state: 24)
        var index = try InvertedIndex(folder: folder, schema: schema)
        for step in 0..<8 {
            let first = Int64(step) * 10
            index.apply(
                (first..<first + 10).map {
                    .replace(
                        group: $0,
                        with: [Document(ordinal: 0, language: .english, texts: ["old", words(9, &random)])])
                }, cursor: Int64(step))
            try index.commit()
        }
        let due = index.nextMerge()
        let merge = try #require(due)
        let before = index.searcher
        index.apply(
            [
                .delete(group: 3),
                .replace(group: 4, with: [Document(ordinal: 0, language: .english, texts: ["new"])]),
            ], cursor: 9)
        let merged = try #require(merge.run())
        let isInstalled = index.install(merged)
        #expect(isInstalled)
        func found(_ searcher: Searcher, _ word: String) -> Set<Int64> {
            Set(searcher.search(Query([Clause(word)]), limit: 200).map(\.document.group))
        }
        #expect(found(before, "old") == Set(0..<80))
        #expect(found(index.searcher, "old") == Set(0..<80).subtracting([3, 4]))
        #expect(found(index.searcher, "new") == [4])
        #expect(index.searcher.views.count == 2)
        try index.commit()
        #expect(try found(InvertedIndex(folder: folder, schema: schema).searcher, "new") == [4])
        // What it was made of is gone by now.
        let isInstalledAgain = index.install(merged)
        #expect(!isInstalledAgain)
        #expect(merge.run { true } == nil)
    }
}
