import CPostings

/// The loops that take most of a search, eight numbers at a time where the machine can, and plainly elsewhere.
enum WidePostings {
    /// How many sums are looked at at a time.
    static let lanes = 16

    /// Reads packed gaps into ascending documents, a gap of nought being the next document.
    ///
    /// Reading past the gaps must be allowed, for eight bytes from the middle of the last eight gaps on.
    ///
    /// - Parameters:
    ///   - packed: gaps of `width` bits each, at most 32, the first at the lowest bits.
    ///   - count: how many.
    ///   - width: the bits of each.
    ///   - next: the first document possible.
    ///   - buffer: takes the documents.
    /// - Returns: what is behind the last document.
    static func unpack(
        _ packed: UnsafeRawPointer, _ count: Int, _ width: Int, _ next: UInt64,
        to buffer: UnsafeMutablePointer<UInt32>
    ) -> UInt64 {
        #if arch(x86_64) || arch(arm64)
            if hasWidePostings(), width <= 16 {
                let (first, eights) = (UInt32(truncatingIfNeeded: next), count & ~7)
                let behind = unpackGaps(packed, eights, width, first, buffer)
                // All these gaps together are below 2³².
                return unpackPlainly(
                    packed, eights..<count, width, next &+ UInt64(behind &- first), to: buffer)
            }
        #endif
        return unpackPlainly(packed, 0..<count, width, next, to: buffer)
    }

    /// The same, a document after the other, from a place on.
    @inline(__always)
    static func unpackPlainly(
        _ packed: UnsafeRawPointer, _ places: Range<Int>, _ width: Int, _ next: UInt64,
        to buffer: UnsafeMutablePointer<UInt32>
    ) -> UInt64 {
        let mask: UInt64 = (1 &<< UInt64(width)) &- 1
        var document = next
        for at in places {
            let bit = at &* width
            let word = UInt64(littleEndian: packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
            document &+= word >> UInt64(bit & 7) & mask
            buffer[at] = UInt32(truncatingIfNeeded: document)
            document &+= 1
        }
        return document
    }

    /// How many of ascending numbers are below a limit.
    @inline(__always)
    static func count(
        _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, below limit: UInt32
    ) -> Int {
        #if arch(x86_64) || arch(arm64)
            if hasWidePostings() { return countBelow(numbers, count, limit) }
        #endif
        return countPlainly(numbers, count, below: limit)
    }

    /// The same by halves.
    static func countPlainly(
        _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, below limit: UInt32
    ) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low &+ high) >> 1
            if numbers[middle] < limit { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// Looks for sums that reach a limit, sixteen at a time.
    ///
    /// - Parameters:
    ///   - columns: what is summed up; they go on behind `count` to a multiple of sixteen.
    ///   - start: the first place.
    ///   - count: how many there are.
    ///   - limit: what a sum has to reach.
    ///   - sums: takes sixteen sums of which one does.
    /// - Returns: where these begin, a multiple of sixteen behind `start`; `count` where there are none.
    @inline(__always)
    static func firstReaching(
        _ columns: [UnsafePointer<Int32>], from start: Int, before count: Int, _ limit: Int32,
        sums: UnsafeMutablePointer<Int32>
    ) -> Int {
        #if arch(x86_64) || arch(arm64)
            if hasWidePostings() {
                return columns.withUnsafeBufferPointer { columns in
                    guard let first = columns.baseAddress else { return count }
                    return CPostings.firstReaching(first, columns.count, start, count, limit, sums)
                }
            }
        #endif
        return firstReachingPlainly(columns, from: start, before: count, limit, sums: sums)
    }

    /// The same on any machine.
    static func firstReachingPlainly(
        _ columns: [UnsafePointer<Int32>], from start: Int, before count: Int, _ limit: Int32,
        sums: UnsafeMutablePointer<Int32>
    ) -> Int {
        let limits = SIMD16<Int32>(repeating: limit)
        for at in stride(from: start, to: count, by: 16) {
            var some = SIMD16<Int32>.zero
            for column in columns {
                some &+= UnsafeRawPointer(column + at).loadUnaligned(as: SIMD16<Int32>.self)
            }
            guard any(some .>= limits) else { continue }
            for lane in 0..<16 { sums[lane] = some[lane] }
            return at
        }
        return count
    }
}
