import Testing

@testable import Search

/// Eight numbers at a time against one after the other.
@Suite struct WidePostingsTests {
    @Test(arguments: 0...32)
    func `gaps are read as they are one by one`(width: Int) {
        var random = Seeded(state: UInt64(width) + 1)
        // Eight bytes may be read behind the last gap.
        let packed = (0..<(128 * 4 + 16)).map { _ in UInt8.random(in: 0...255, using: &random) }
        for count in [1, 7, 8, 9, 31, 64, 120, 127, 128] {
            for next in [0, 1, 99_999, 1 << 31, UInt64(UInt32.max) - 5] {
                var found = [UInt32](repeating: 0, count: 128)
                var expected = found
                packed.withUnsafeBytes { bytes in
                    guard let start = bytes.baseAddress else { return }
                    let behind = found.withUnsafeMutableBufferPointer {
                        $0.baseAddress.map { WidePostings.unpack(start, count, width, next, to: $0) }
                    }
                    let plain = expected.withUnsafeMutableBufferPointer {
                        $0.baseAddress.map {
                            WidePostings.unpackPlainly(start, 0..<count, width, next, to: $0)
                        }
                    }
                    #expect(behind == plain && behind != nil)
                }
                #expect(found == expected)
            }
        }
    }

    @Test func `numbers below a limit are counted as by halves`() {
        var random = Seeded(state: 7)
        for count in 0...128 {
            for top in [50, 1000, UInt32.max] {
                var numbers = (0..<128).map { _ in UInt32.random(in: 0...top, using: &random) }
                numbers[..<count].sort()
                let limits = [0, 1, top, UInt32.random(in: 0...top, using: &random)] + numbers.prefix(3)
                numbers.withUnsafeMutableBufferPointer {
                    guard let start = $0.baseAddress else { return }
                    for limit in limits {
                        let expected = $0[..<count].count { $0 < limit }
                        #expect(WidePostings.count(start, count, below: limit) == expected)
                        #expect(WidePostings.countPlainly(start, count, below: limit) == expected)
                    }
                }
            }
        }
    }

    @Test(arguments: 1...5)
    func `sums that reach a limit are found where they are`(columnCount: Int) {
        var random = Seeded(state: UInt64(columnCount))
        let count = 1000
        // They go on to a multiple of sixteen.
        let columns = (0..<columnCount).map { _ in
            (0..<1008).map { $0 < count ? Int32.random(in: -5...100, using: &random) : 0 }
        }
        let all = (0..<1008).map { place in columns.reduce(Int32(0)) { $0 + $1[place] } }
        let memory = columns.map { column in
            let copy = UnsafeMutablePointer<Int32>.allocate(capacity: column.count)
            copy.initialize(from: column, count: column.count)
            return copy
        }
        defer { for copy in memory { copy.deallocate() } }
        let pointers = memory.map { UnsafePointer($0) }
        for limit in [1, Int32(90 * columnCount), Int32(98 * columnCount), 1000] {
            var start = 0
            while start < count {
                let expected = stride(from: start, to: count, by: 16).first { at in
                    all[at..<(at + 16)].contains { $0 >= limit }
                }
                for find in [WidePostings.firstReaching, WidePostings.firstReachingPlainly] {
                    var sums = [Int32](repeating: 0, count: WidePostings.lanes)
                    let found = sums.withUnsafeMutableBufferPointer { sums in
                        sums.baseAddress.map { find(pointers, start, count, limit, $0) }
                    }
                    #expect(found == expected ?? count)
                    if let expected { #expect(sums == Array(all[expected..<(expected + 16)])) }
                }
                start = (expected ?? count) + 16
            }
        }
    }
}
