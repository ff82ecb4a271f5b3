import Testing

@testable import Text

@Suite struct TermKeyTests {
    @Test(arguments: [0, 1, 2, 3, 16, 17, 300, 4000])
    func `different keys come once, in ascending order`(count: Int) {
        // Few different ones, so that most come several times; and all different.
        for different in [1, 2, 50, 1 << 20] {
            let keys = (0..<count).map { TermKey("\($0 &* 2_654_435_761 % different)") }
            let places = keys.withUnsafeBufferPointer { $0.ascending }
            #expect(places.map { keys[Int($0)] } == Set(keys).sorted())
        }
    }

    @Test func `keys of one class and those that leave no room behind it are in order, too`() {
        // The highest class of all, and neighbours in the lowest.
        var hashes: [UInt64] = []
        for number: UInt64 in 0..<40 {
            hashes.append(UInt64.max - number * 7 % 40)
            hashes.append(number * 11 % 40)
        }
        let keys = hashes.map { TermKey(hash: $0) }
        let places = keys.withUnsafeBufferPointer { $0.ascending }
        #expect(places.map { keys[Int($0)].hash } == Set(hashes).sorted())
    }
}
