import Glibc

// What ThreadSanitizer does not know of Swift 6.2 on Linux, in forms that it knows. The names hide the library's.

/// A lock of the thread library.
///
/// The one of Synchronization waits on a futex in code without the sanitizer's marks, so
/// that what it keeps apart looks like a race where a thread had to wait.
struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    init(_ initial: consuming sending Value) {
        lock = .allocate(capacity: 1)
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    borrowing func withLock<R: ~Copyable, E: Error>(
        _ body: (inout sending Value) throws(E) -> sending R
    ) throws(E) -> sending R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value.pointee)
    }
}

/// A generator that takes room.
///
/// The library's has no size and so no address, which the sanitizer looks up all the same
/// where one is passed on to be changed, and dies.
struct SystemRandomNumberGenerator: RandomNumberGenerator {
    private var generator = Swift.SystemRandomNumberGenerator()
    private var count = 0

    mutating func next() -> UInt64 {
        count &+= 1
        return generator.next()
    }
}
