import Foundation
import News
import Testing

@Suite struct StoryClusterTests {
    /// SplitMix64, the same on every machine.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private func words(_ count: Int, _ random: inout Seeded) -> [String] {
        (0..<count).map { _ in "w\(Int.random(in: 0..<5000, using: &random))" }
    }

    private func runs(_ words: [String]) -> Set<[String]> {
        Set((2..<words.count).map { Array(words[($0 - 2)...$0]) })
    }

    @Test(arguments: 0..<40)
    func `the estimate is that of the exact comparison`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let first = words(200, &random)
        var second = first
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            second[Int.random(in: 0..<200, using: &random)] = "x\(Int.random(in: 0..<5000, using: &random))"
        }
        let (a, b) = (runs(first), runs(second))
        let exact = Double(a.intersection(b).count) / Double(a.union(b).count)
        let estimate = ArticleSketch(text: first.joined(separator: " ")).similarity(
            to: ArticleSketch(text: second.joined(separator: " ")))
        // Four standard errors of 64 samples.
        #expect(abs(exact - estimate) <= 0.25, "seed \(seed): \(exact), estimated \(estimate)")
    }

    @Test func `marks, case and white space do not count, and short texts have nothing in common`() {
        let sketch = ArticleSketch(text: "The old pier takes visitors again.")
        #expect(sketch == ArticleSketch(text: "THE  old pier\ntakes visitors - again!"))
        #expect(ArticleSketch(text: "舊碼頭重新開放").similarity(to: ArticleSketch(text: "舊碼頭重新開放！")) == 1)
        #expect(ArticleSketch(text: "one two").similarity(to: ArticleSketch(text: "one two")) == 0)
        #expect(ArticleSketch(text: "").bands.isEmpty)
    }

    @Test func `ten reposts are one story, and other articles are not of it`() {
        var random = Seeded(state: 7)
        let story = words(120, &random)
        var clusters = StoryClusters()
        for row in 0..<10 {
            let text = (["headline\(row)"] + story + ["source\(row)"]).joined(separator: " ")
            clusters.insert(Int64(row), ArticleSketch(text: text))
        }
        for row in 10..<300 {
            clusters.insert(Int64(row), ArticleSketch(text: words(120, &random).joined(separator: " ")))
        }
        #expect(clusters.publications(of: 3) == Array(0..<10))
        #expect((10..<300).allSatisfy { clusters.publications(of: $0) == [$0] })
        let grouped = clusters.grouped([5, 20, 1, 9, 999])
        #expect(grouped.map(\.row) == [5, 20, 999] && grouped.map(\.alsoReported) == [[1, 9], [], []])
        clusters.remove(0)
        #expect(clusters.publications(of: 3) == Array(1..<10) && clusters.story(of: 0) == nil)
        // What was the story's first comes back as another one.
        clusters.insert(0, ArticleSketch(text: words(120, &random).joined(separator: " ")))
        #expect(clusters.publications(of: 0) == [0] && !clusters.publications(of: 3).contains(0))
        clusters.insert(4, ArticleSketch(text: words(120, &random).joined(separator: " ")))
        #expect(
            clusters.publications(of: 3) == [1, 2, 3, 5, 6, 7, 8, 9] && clusters.publications(of: 4) == [4])
    }

    @Test(arguments: 0..<20)
    func `near articles are found through bands as by comparing all pairs`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        var clusters = StoryClusters()
        var sketches: [ArticleSketch] = []
        var story: [String] = []
        for row in 0..<60 {
            // Every third begins a story, and the two after it tell it again.
            if row.isMultiple(of: 3) { story = words(150, &random) }
            var text = story
            text[Int.random(in: 0..<150, using: &random)] = "changed\(row)"
            sketches.append(ArticleSketch(text: text.joined(separator: " ")))
            clusters.insert(Int64(row), sketches[row])
        }
        for a in sketches.indices {
            for b in sketches.indices where a < b {
                let isNear = sketches[a].similarity(to: sketches[b]) >= 0.6
                #expect(
                    (clusters.story(of: Int64(a)) == clusters.story(of: Int64(b))) == isNear,
                    "seed \(seed): \(a), \(b)")
            }
        }
    }
}
