import Foundation
import Testing

@testable import Search

@Suite final class VectorIndexTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "vectors-\(UUID().uuidString)"
    )
    .path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func coordinates(_ dimension: Int, _ random: inout Seeded) -> [Float] {
        (0..<dimension).map { _ in
            // Near enough to a normal distribution.
            (0..<4).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &random) }
        }
    }

    /// Vectors about some middles, as those of texts are about their matters.
    private func texts(
        _ count: Int, dimension: Int, about matters: Int, seed: UInt64
    ) -> [EmbeddedDocument] {
        var random = Seeded(state: seed)
        let middles = (0..<matters).map { _ in coordinates(dimension, &random) }
        return (0..<count).compactMap { number in
            let middle = middles[Int(random.next() % UInt64(matters))]
            let vector = zip(middle, coordinates(dimension, &random)).map { $0 + 0.6 * $1 }
            let document = DocumentID(group: Int64(number / 3), ordinal: UInt32(number % 3))
            let language = ["", "en", "zh-Hant"][number % 7 % 3]
            return QuantizedVector(vector).map {
                EmbeddedDocument(document: document, language: language, vector: $0)
            }
        }
    }

    /// What a search must find: all compared one by one, and sorted.
    private func plain(
        _ vectors: [EmbeddedDocument], _ query: QuantizedVector, _ limit: Int, in searcher: VectorSearcher
    ) -> [VectorHit] {
        var usual: [String: Float] = [:]
        for (view, values) in zip(searcher.views, searcher.usualSimilarities(to: query)) {
            for (kind, value) in zip(view.segment.kinds, values) { usual[kind.name] = value }
        }
        let all = vectors.map {
            let sum = zip($0.vector.codes, query.codes).reduce(0) { $0 + Int($1.0) * Int($1.1) }
            let cosine = Float(sum) * query.scale * $0.vector.scale
            return VectorHit(document: $0.document, similarity: cosine - (usual[$0.language] ?? 0))
        }
        return Array(
            all.sorted { ($1.similarity, $0.document) < ($0.similarity, $1.document) }.prefix(limit))
    }

    @Test func `a quantised vector is off by no more than its bound says`() throws {
        var random = Seeded(state: 1)
        for round in 0..<300 {
            let dimension = 1 + round % 97
            let (a, b) = (coordinates(dimension, &random), coordinates(dimension, &random))
            func norm(_ x: [Float]) -> Double { x.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
            let (left, right) = (try #require(QuantizedVector(a)), try #require(QuantizedVector(b)))
            let exact = zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } / norm(a) / norm(b)
            func sum(_ x: [Float]) -> Double { x.reduce(0) { $0 + Double(abs($1)) } / norm(x) }
            let (s, t) = (Double(left.scale), Double(right.scale))
            let bound = (s * sum(b) + t * sum(a) + Double(dimension) * s * t / 2) / 2
            #expect(abs(Double(left.similarity(to: right)) - exact) <= bound + 1e-5, "round \(round)")
            #expect(left.codes.allSatisfy { $0 != .min } && left.codes.contains { abs($0) == 127 })
        }
    }

    @Test(
        arguments: [
            [], [0, 0, 0], [.nan, 1], [1, .infinity], [.greatestFiniteMagnitude, .greatestFiniteMagnitude],
            [.leastNonzeroMagnitude, 0],
        ] as [[Float]])
    func `what has no direction or no measure gives no vector or a sound one`(values: [Float]) {
        guard let vector = QuantizedVector(values) else { return }
        #expect(vector.scale.isFinite && vector.scale > 0)
        #expect(abs(vector.similarity(to: vector) - 1) < 0.02)
    }

    @Test(arguments: [1, 3, 16, 33, 384])
    func `a search finds what comparing all finds`(dimension: Int) throws {
        // Few matters and small vectors give many ties.
        let vectors = texts(500, dimension: dimension, about: 7, seed: UInt64(dimension))
        var index = VectorIndex(model: "m")
        for start in stride(from: 0, to: vectors.count, by: 60) {
            let step = Array(vectors[start..<min(start + 60, vectors.count)])
            index.apply(replacing: [], with: step, cursor: Int64(start))
        }
        var random = Seeded(state: 9)
        for limit in [0, 1, 10, 1000] {
            let query = try #require(QuantizedVector(coordinates(dimension, &random)))
            #expect(
                index.searcher.nearest(query, limit: limit)
                    == plain(vectors, query, limit, in: index.searcher))
        }
        let other = try #require(QuantizedVector(coordinates(dimension + 1, &random)))
        #expect(index.searcher.nearest(other, limit: 5).isEmpty)
    }

    @Test func `what is replaced or gone is not found, before and after merges and a new start`() throws {
        var living: [Int64: [EmbeddedDocument]] = [:]
        var random = Seeded(state: 4)
        var index = try VectorIndex(folder: folder, model: "m", exact: 400)
        #expect(index.isKept)
        for step in 1...120 {
            let groups = Set((0..<6).map { _ in Int64(random.next() % 200) })
            var added: [EmbeddedDocument] = []
            for group in groups {
                living[group] = []
                for ordinal in 0..<(random.next() % 5) {
                    let vector = try #require(QuantizedVector(coordinates(24, &random)))
                    let new = EmbeddedDocument(
                        document: DocumentID(group: group, ordinal: UInt32(ordinal)),
                        language: "l\(group % 3)", vector: vector)
                    living[group]?.append(new)
                    added.append(new)
                }
            }
            index.apply(replacing: groups, with: added, cursor: Int64(step))
            let merge = index.nextMerge()
            if step % 7 == 0 {
                // What goes while a merge runs must not come back with its result.
                let gone = Int64(random.next() % 200)
                living[gone] = nil
                index.apply(replacing: [gone])
            }
            if let merged = merge?.run() {
                let isInPlace = index.install(merged)
                #expect(isInPlace)
            }
            try index.commit()
            if step % 30 == 0 {
                // Let go of the lock first.
                index = VectorIndex(model: "none")
                index = try VectorIndex(folder: folder, model: "m", exact: 400)
            }
            #expect(index.cursor == step)
            let all = living.values.flatMap { $0 }
            #expect(index.searcher.count == all.count)
            let query = try #require(QuantizedVector(coordinates(24, &random)))
            #expect(
                index.searcher.nearestExactly(query, limit: 20) == plain(all, query, 20, in: index.searcher))
        }
        #expect(index.searcher.segmentCount.all < 20)
    }

    @Test(arguments: [(20_000, 200), (20_000, 2500)])
    func `lists find nine and a half of ten near vectors`(count: Int, matters: Int) throws {
        let vectors = texts(count, dimension: 48, about: matters, seed: UInt64(matters))
        var index = VectorIndex(model: "m", exact: 1000)
        index.apply(replacing: [], with: vectors, cursor: 1)
        #expect(index.searcher.segmentCount.listed == 1)
        var random = Seeded(state: 77)
        var found = 0
        for _ in 0..<100 {
            // A question stands near some text.
            let text = vectors[Int(random.next() % UInt64(count))].vector
            let noise = coordinates(48, &random)
            let near = zip(text.codes, noise).map { Float($0) * text.scale * 10 + 0.6 * $1 }
            let query = try #require(QuantizedVector(near))
            let exact = Set(index.searcher.nearestExactly(query, limit: 10))
            found += index.searcher.nearest(query, limit: 10).count { exact.contains($0) }
        }
        #expect(found >= 950, "\(found) of 1000")
        var again = VectorIndex(model: "m", exact: 1000)
        again.apply(replacing: [], with: vectors, cursor: 1)
        let bytes = { (index: VectorIndex) in index.searcher.views.map { Array($0.segment.bytes.buffer) } }
        #expect(bytes(index) == bytes(again))
    }

    @Test func `too many to be compared one by one are brought into lists`() throws {
        var index = VectorIndex(model: "m", exact: 100)
        let vectors = texts(240, dimension: 12, about: 20, seed: 5)
        for start in stride(from: 0, to: 240, by: 60) {
            index.apply(replacing: [], with: Array(vectors[start..<start + 60]), cursor: Int64(start))
            while let merged = index.nextMerge()?.run() {
                let isInPlace = index.install(merged)
                #expect(isInPlace)
            }
        }
        #expect(index.searcher.segmentCount.all == 2 && index.searcher.segmentCount.listed == 2)
        let query = vectors[7].vector
        #expect(
            index.searcher.nearestExactly(query, limit: 30) == plain(vectors, query, 30, in: index.searcher))
    }

    @Test func `a vector counts by how much nearer it is than others of its language`() throws {
        var random = Seeded(state: 8)
        let languages = ["en": coordinates(128, &random), "zh": coordinates(128, &random)]
        let meanings = (0..<200).map { _ in coordinates(128, &random) }
        func vector(_ meaning: Int, _ language: String) throws -> QuantizedVector {
            let own = try #require(languages[language])
            return try #require(QuantizedVector(zip(meanings[meaning], own).map { 0.7 * $0 + $1 }))
        }
        var index = VectorIndex(model: "m")
        var texts: [EmbeddedDocument] = []
        for number in 0..<200 {
            // Half of it is told in English alone, the rest in Chinese.
            let language = number < 100 ? "en" : "zh"
            texts.append(
                EmbeddedDocument(
                    document: DocumentID(group: Int64(number), ordinal: 0), language: language,
                    vector: try vector(number, language)))
            index.apply(replacing: [], with: [texts[number]])
        }
        var (found, foundByCosine) = (0, 0)
        for number in 0..<200 {
            let query = try vector(number, number < 100 ? "zh" : "en")
            let first = index.searcher.nearest(query, limit: 1).first
            found += first?.document.group == Int64(number) ? 1 : 0
            let nearest = texts.max { $0.vector.similarity(to: query) < $1.vector.similarity(to: query) }
            foundByCosine += nearest?.document.group == Int64(number) ? 1 : 0
        }
        #expect(found > 190, "\(found)")
        #expect(foundByCosine < 100, "\(foundByCosine)")
    }

    @Test func `vectors of another model are none`() throws {
        do {
            var index = try VectorIndex(folder: folder, model: "old")
            index.apply(replacing: [], with: texts(30, dimension: 8, about: 3, seed: 2), cursor: 30)
            try index.commit()
        }
        let other = try VectorIndex(folder: folder, model: "new")
        #expect(other.searcher.count == 0 && other.cursor == 0 && other.dimension == nil)
    }

    @Test func `any flipped byte is found`() throws {
        let vectors = texts(130, dimension: 20, about: 6, seed: 11)
        do {
            var index = try VectorIndex(folder: folder, model: "m", exact: 50)
            index.apply(replacing: [], with: vectors, cursor: 1)
            index.apply(replacing: [3])
            try index.commit()
        }
        let query = vectors[40].vector
        let right = try VectorIndex(folder: folder, model: "m").searcher.nearestExactly(query, limit: 5)
        var random = Seeded(state: 3)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "lock" {
            let file = URL(filePath: folder + "/" + name)
            let bytes = try Data(contentsOf: file)
            for round in 0..<60 {
                var damaged = bytes
                let place =
                    round < 8 ? bytes.count - 1 - round : Int(random.next() % UInt64(bytes.count))
                damaged[place] ^= 1 << UInt8(random.next() % 8)
                try damaged.write(to: file)
                do throws(SearchError) {
                    let searcher = try VectorIndex(folder: folder, model: "m").searcher
                    let found = searcher.nearestExactly(query, limit: 5)
                    // The padding between tables is checked too, so nothing may pass.
                    #expect(found.isEmpty && searcher.damage != nil, "\(name) at \(place)")
                    #expect(throws: SearchError.self) { try searcher.verify() }
                } catch {
                    guard case .damaged = error else {
                        Issue.record("\(name) at \(place): \(error)")
                        continue
                    }
                }
            }
            for length in [0, 7, 24, bytes.count / 2, bytes.count - 1] {
                try bytes.prefix(length).write(to: file)
                #expect(throws: SearchError.self) { try VectorIndex(folder: self.folder, model: "m") }
            }
            try bytes.write(to: file)
        }
        #expect(try VectorIndex(folder: folder, model: "m").searcher.nearestExactly(query, limit: 5) == right)
        let rebuilt = try VectorIndex(folder: folder, model: "m", rebuilding: true)
        #expect(rebuilt.searcher.count == 0 && rebuilt.cursor == 0)
    }
}
