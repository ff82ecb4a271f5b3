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
}
