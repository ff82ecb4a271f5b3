import Foundation
import News
import Testing

@Suite struct ArticleSketchTests {
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
    }
}
