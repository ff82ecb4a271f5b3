import Foundation
import Testing

@testable import Retrieval

@Suite struct RaritiesTests {
    private static func idf(_ holding: Int, of all: Int) -> Float {
        Float(log(1 + (Double(all - holding) + 0.5) / (Double(holding) + 0.5)))
    }

    @Test(arguments: [10, 609, 5000])
    func `in a small archive words are as rare as they are`(count: Int) {
        let idf = [0, 1, 3, count / 2].map { Self.idf($0, of: count) }
        let rarities = Rarities(idf, in: count)
        for place in idf.indices {
            #expect(abs(rarities[place] - Double(idf[place])) < 1e-5)
            #expect(abs(rarities.share(of: place) - 1) < 1e-5)
        }
        #expect(abs(rarities.highest - Double(idf[0])) < 0.001)
    }

    @Test(arguments: [20_000, 100_000, 1_000_000])
    func `a word of the same share of articles is as rare for its archive in any large one`(count: Int) {
        let small = Rarities([Self.idf(50, of: 5000)], in: 5000)
        let large = Rarities([Self.idf(count / 100, of: count), Self.idf(1, of: count)], in: count)
        #expect(abs(large[0] / large.highest - small[0] / small.highest) < 0.01)
        #expect(large[1] == large.highest)
        #expect(large.share(of: 1) < 1)
    }

    @Test(arguments: [(0, true), (3, true), (4, false), (50, false)])
    func `a word of a few articles is told from others`(holding: Int, isOfFew: Bool) {
        #expect(Rarities([Self.idf(holding, of: 900)], in: 900).isOf(atMost: 3, 0) == isOfFew)
    }
}
