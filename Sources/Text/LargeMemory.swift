import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Memory for tables that are read here and there: where it is large, in large pages, which a processor finds faster.
public enum LargeMemory {
    /// Linux's large pages, in bytes.
    private static let page = 2 << 20

    /// `MADV_POPULATE_WRITE` of madvise(2), which older headers do not have: pages are put in place as if they were written to.
    private static let populate: Int32 = 23
    /// The memory that was prepared for small pieces.
    private static let heap = Mutex(0..<0)

    /// Memory for so many values, which are not initialised; given back by `deallocate()`.
    public static func allocate<Value: BitwiseCopyable>(
        _: Value.Type = Value.self, capacity: Int
    ) -> UnsafeMutablePointer<Value> {
        let size = capacity * MemoryLayout<Value>.stride
        guard size >= page else { return .allocate(capacity: capacity) }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: page)
        #if canImport(Glibc)
            // Where there are none, or they are not to be had, small pages do.
            _ = madvise(memory, size, MADV_HUGEPAGE)
        #endif
        return memory.bindMemory(to: Value.self, capacity: capacity)
    }

    /// Has the allocator take its next small pieces from large pages as well, until it has used up so many bytes.
    ///
    /// It is given back at once, and untouched, what it is asked for here: one that keeps it, as tcmalloc does, hands it out
    /// in pieces from then on, and one that does not loses nothing.
    public static func prepareHeap(bytes: Int) {
        #if canImport(Glibc)
            guard let memory = malloc(bytes) else { return }
            let start = (Int(bitPattern: memory) + page - 1) & ~(page - 1)
            let end = (Int(bitPattern: memory) + bytes) & ~(page - 1)
            if start < end {
                _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
                heap.withLock { $0 = start..<end }
            }
            free(memory)
        #endif
    }

    /// Has the system put the first so many bytes of the prepared heap in place, so that nobody waits for it later.
    ///
    /// The pages keep what they hold. Where no heap was prepared, or the system cannot (Linux before 5.14), nothing happens.
    ///
    /// - Complexity: O(bytes); a large page takes 50 to 100 µs, and several ms where a virtual machine has to ask for it.
    public static func fillHeap(bytes: Int) {
        #if canImport(Glibc)
            let range = heap.withLock { $0 }
            let count = min(bytes, range.count) & ~(page - 1)
            guard count > 0 else { return }
            _ = madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), count, populate)
        #endif
    }
}
