import Synchronization

/// The checksums of a section's pages, each taken before the first use of its page.
final class PageChecks: Sendable {
    // Both belong to the segment and never change.
    private nonisolated(unsafe) let section: UnsafeRawBufferPointer
    private nonisolated(unsafe) let checks: UnsafeRawBufferPointer
    /// A bit a page that is as it was written.
    ///
    /// Plain memory, because an object for each word would be counted at each look. Its place never changes, its words are
    /// read and written whole, and it goes with the checks.
    private nonisolated(unsafe) let verified: UnsafeMutablePointer<Atomic<UInt64>>
    private let words: Int
    private let isTrusted: Bool

    /// - Parameters:
    ///   - section: whose pages they are.
    ///   - checks: a checksum a page.
    ///   - isTrusted: whether this program has just written the bytes to its own memory.
    init(_ section: UnsafeRawBufferPointer, checks: UnsafeRawBufferPointer, isTrusted: Bool) {
        nonisolated(unsafe) let (kept, keptChecks) = (section, checks)
        self.section = kept
        self.checks = keptChecks
        self.isTrusted = isTrusted
        words = isTrusted ? 0 : section.count / SegmentFormat.page / 64 + 1
        verified = .allocate(capacity: words)
        for word in 0..<words { (verified + word).initialize(to: Atomic(0)) }
    }

    deinit {
        verified.deinitialize(count: words)
        verified.deallocate()
    }

    /// The number of pages.
    static func pages(_ size: Int) -> Int { (size + SegmentFormat.page - 1) / SegmentFormat.page }

    /// Whether the pages of a range are as they were written.
    ///
    /// - Complexity: O(pages), once O(bytes).
    func hold(_ range: Range<Int>) -> Bool {
        guard !isTrusted, !range.isEmpty else { return true }
        let pages = range.lowerBound / SegmentFormat.page...(range.upperBound - 1) / SegmentFormat.page
        for page in pages {
            let bit: UInt64 = 1 << UInt64(page % 64)
            if verified[page / 64].load(ordering: .relaxed) & bit != 0 { continue }
            let start = page * SegmentFormat.page
            let bytes = section[start..<min(section.count, start + SegmentFormat.page)]
            let check = UInt64(
                littleEndian: checks.loadUnaligned(fromByteOffset: page * 8, as: UInt64.self))
            guard Checksum.of(UnsafeRawBufferPointer(rebasing: bytes)) == check else { return false }
            verified[page / 64].bitwiseOr(bit, ordering: .relaxed)
        }
        return true
    }
}
