#if canImport(Glibc)
    import Glibc
#endif

/// Memory for tables that are read here and there: where it is large, in large pages, which a processor finds faster.
public enum LargeMemory {
    /// Linux's large pages, in bytes.
    private static let page = 2 << 20

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
            }
            free(memory)
        #endif
    }
}
