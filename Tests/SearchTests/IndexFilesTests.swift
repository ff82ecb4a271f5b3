import Foundation
import Testing
import Text

@testable import Search

@Suite final class IndexFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)")
        .path
    private let schema = Schema([Field("text")])

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func changes(_ groups: Range<Int64>, _ word: String) -> [Change] {
        groups.map {
            .replace(group: $0, with: [Document(ordinal: 0, language: .english, texts: ["\(word) w\($0)"])])
        }
    }

    private func found(_ index: InvertedIndex, _ word: String) -> Set<Int64> {
        Set(index.searcher.search(Query([Clause(word)]), limit: 10_000).map(\.document.group))
    }

    @Test func `what was committed is opened, what was not is gone`() throws {
        do {
            var index = try InvertedIndex(folder: folder, schema: schema)
            #expect(index.isKept && index.cursor == 0)
            index.apply(changes(0..<300, "old"), cursor: 5)
            index.apply([.delete(group: 3)], cursor: 6)
            try index.commit()
            index.apply(changes(300..<310, "old"), cursor: 7)
        }
        let index = try InvertedIndex(folder: folder, schema: schema)
        #expect(index.cursor == 6)
        #expect(found(index, "old") == Set(0..<300).subtracting([3]))
        #expect(index.searcher.documentCount == 299)
    }

    @Test func `only one writes, and a reader keeps what it has opened`() throws {
        var writer = try InvertedIndex(folder: folder, schema: schema)
        writer.apply(changes(0..<40, "one"), cursor: 1)
        try writer.commit()
        var reader = try InvertedIndex(folder: folder, schema: schema)
        #expect(!reader.isKept && reader.cursor == 1)
        writer.apply(changes(0..<40, "two"), cursor: 2)
        writer.merge()
        try writer.commit()
        // The segment that the reader has mapped is taken away, and can be read on.
        #expect(found(reader, "one").count == 40)
        reader.apply(changes(90..<91, "mine"), cursor: 3)
        try reader.commit()
        #expect(found(reader, "mine") == [90])
        let third = try InvertedIndex(folder: folder, schema: schema)
        #expect(third.cursor == 2 && found(third, "two").count == 40 && found(third, "mine").isEmpty)
    }

    @Test func `a merge through files makes the same bytes as one in memory`() throws {
        var index = try InvertedIndex(folder: folder, schema: schema)
        var random = Seeded(state: 31)
        // Enough that whole pages go to the files before the end; the later names first, so that lists are put in order.
        for (step, first) in [Int64(15_000), 0].enumerated() {
            let changes: [Change] = (first..<first + 15_000).map { group in
                let words = (0..<80).map { _ in "w\(Int.random(in: 0..<3000, using: &random))" }
                return .replace(
                    group: group,
                    with: [Document(ordinal: 0, language: .english, texts: [words.joined(separator: " ")])])
            }
            index.apply(changes, cursor: Int64(step))
        }
        index.apply([.delete(group: 7), .delete(group: 20_000)], cursor: 9)
        try index.commit()
        let expected = try #require(Segment.merge(index.searcher.views, schema: schema))
        #expect(expected.count > 4 << 20)
        index.merge()
        let merged = try #require(index.searcher.views.first)
        #expect(index.searcher.views.count == 1 && merged.segment.bytes.buffer.elementsEqual(expected))
        try merged.segment.verify()
        #expect(index.searcher.documentCount == 29_998)
    }

    @Test func `many small steps make few segments, and nothing is lost in merging`() throws {
        var index = try InvertedIndex(folder: folder, schema: schema)
        var kept: [Int64: String] = [:]
        var random = Seeded(state: 3)
        for step in 1...400 {
            let first = Int64.random(in: 0..<900, using: &random)
            let word = ["red", "green", "blue"].randomElement(using: &random) ?? ""
            if step % 7 == 0 {
                index.apply((first..<first + 5).map { .delete(group: $0) }, cursor: Int64(step))
                for group in first..<first + 5 { kept[group] = nil }
            } else {
                index.apply(changes(first..<first + 5, word), cursor: Int64(step))
                for group in first..<first + 5 { kept[group] = word }
            }
            index.mergeIfNeeded()
            if step % 10 == 0 { try index.commit() }
        }
        #expect(index.searcher.views.count < 30)
        for word in ["red", "green", "blue"] {
            #expect(found(index, word) == Set(kept.filter { $0.value == word }.keys))
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == index.searcher.views.count + 2, "segments, manifest and lock: \(files)")
        index.clear()
        #expect(found(index, "red").isEmpty && index.cursor == 0)
    }

    @Test func `a writer that is stopped anywhere leaves a state that was committed`() throws {
        // Every prefix of what the writer does to the folder: a stop leaves a half-written file beside the old state.
        do {
            var index = try InvertedIndex(folder: folder, schema: schema)
            index.apply(changes(0..<50, "old"), cursor: 1)
            try index.commit()
        }
        for name in ["manifest.new", "segment-901", "segment-902.new"] {
            try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            var index = try InvertedIndex(folder: folder, schema: schema)
            #expect(index.cursor == 1 && found(index, "old").count == 50)
            index.apply(changes(50..<51, "new"), cursor: 1)
            try index.commit()
            #expect(
                try Set(FileManager.default.contentsOfDirectory(atPath: folder)).isDisjoint(with: [
                    "manifest.new"
                ]))
        }
    }

    @Test func `the index of an older program is another one, and no flipped bit makes one of today's`()
        throws
    {
        do {
            var index = try InvertedIndex(folder: folder, schema: schema)
            index.apply(changes(0..<5, "old"), cursor: 1)
            try index.commit()
        }
        let manifest = URL(fileURLWithPath: folder + "/manifest")
        let bytes = try Data(contentsOf: manifest)
        for bit in 0..<64 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            try flipped.write(to: manifest)
            #expect(throws: SearchError.self) { try InvertedIndex(folder: folder, schema: schema) }
        }
        for magic in ["NDMANI01", "NDMANI02"] {
            try (Data(magic.utf8) + bytes.dropFirst(8)).write(to: manifest)
            let index = try InvertedIndex(folder: folder, schema: schema)
            #expect(index.cursor == 0 && index.searcher.documentCount == 0)
        }
    }

    @Test func `a flipped bit or a missing file is told, never answered from`() throws {
        do {
            var index = try InvertedIndex(folder: folder, schema: schema)
            index.apply(changes(0..<200, "old"), cursor: 1)
            index.apply([.delete(group: 5)], cursor: 2)
            try index.commit()
        }
        var random = Seeded(state: 11)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "lock" }
        #expect(files.count == 2)
        for file in files {
            let url = URL(fileURLWithPath: folder + "/" + file)
            let whole = try Data(contentsOf: url)
            for _ in 0..<60 {
                var broken = whole
                broken[Int.random(in: 0..<broken.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
                try broken.write(to: url)
                #expect(throws: SearchError.self) {
                    try InvertedIndex(folder: folder, schema: schema).searcher.verify()
                }
            }
            try whole.write(to: url)
        }
        let segment = try #require(files.first { $0.hasPrefix("segment") })
        try FileManager.default.removeItem(atPath: folder + "/" + segment)
        #expect(throws: SearchError.self) { try InvertedIndex(folder: folder, schema: schema) }
        let again = try InvertedIndex(folder: folder, schema: schema, rebuilding: true)
        #expect(again.cursor == 0 && again.isKept)
        #expect(try InvertedIndex(folder: folder + "/other", schema: schema).cursor == 0)
    }
}
