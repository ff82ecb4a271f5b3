#if LLM
    import Synchronization

    /// One exchange as its two sides see it: libcurl's thread fills it, the caller's task drains it.
    ///
    /// awaiting head ─head→ streaming ─end of body or error→ ended. The first ending stands. What was buffered
    /// before it is still handed out, then nil or the error, again and again. At most one task waits at a time.
    final class Transfer: Sendable {
        /// The buffered bytes at which libcurl is held back; one network read may lie above it.
        static let highWater = 64 << 10

        /// The word that a libcurl callback gives back.
        enum Verdict {
            /// All bytes were taken.
            case taken
            /// None was taken; libcurl is to offer them again after a resume.
            case held
            /// The transfer is over, whatever libcurl thinks.
            case refused
        }

        fileprivate struct State {
            var watch: DeadlineWatch
            var parser = HeadParser()
            var head: HeadParser.Head?
            var chunks: [[UInt8]] = []
            var buffered = 0
            var received = 0
            var isHeld = false
            var isReleased = false
            var ending: Result<Void, TransportError>?
            var headWaiter: CheckedContinuation<Result<HeadParser.Head, TransportError>, Never>?
            var bodyWaiter: CheckedContinuation<Result<[UInt8]?, TransportError>, Never>?
        }

        let request: HTTPRequest
        private let state: Mutex<State>

        init(_ request: HTTPRequest, start: ContinuousClock.Instant) {
            self.request = request
            state = Mutex(State(watch: DeadlineWatch(request.timeouts, start: start)))
        }
    }

    // MARK: - libcurl's side

    extension Transfer {
        /// Whether there is nothing more to do for libcurl.
        var hasEnded: Bool { state.withLock { $0.ending != nil } }

        /// Whether a byte of the final response has come, which tells a cut answer from none.
        var hasBegun: Bool { state.withLock { $0.parser.hasBegun } }

        /// The next bound to fall, and the error that it then is.
        var nextDeadline: (due: ContinuousClock.Instant, error: TransportError) {
            state.withLock { $0.watch.next }
        }

        /// Takes one header line.
        func receive(line: UnsafeRawBufferPointer, at now: ContinuousClock.Instant) -> Verdict {
            let (verdict, waiter): (Verdict, Wakeup?) = state.withLock { state in
                guard state.ending == nil else { return (.refused, nil) }
                // Lines after the head are trailers: signs of life, nothing more.
                guard state.head == nil else {
                    state.watch.received(at: now)
                    return (.taken, nil)
                }
                do throws(TransportError) {
                    let head = try state.parser.add(line: line)
                    if state.parser.hasBegun { state.watch.received(at: now) }
                    guard let head else { return (.taken, nil) }
                    if request.method != .head, let length = head.contentLength,
                        length > request.maxResponseBytes
                    {
                        return (.refused, state.end(.failure(.tooLarge(limit: request.maxResponseBytes))))
                    }
                    state.head = head
                    defer { state.headWaiter = nil }
                    return (.taken, state.headWaiter.map { Wakeup.head($0, .success(head)) })
                } catch {
                    return (.refused, state.end(.failure(error)))
                }
            }
            waiter?.resume()
            return verdict
        }

        /// Takes a piece of the body, unless the reader is behind.
        func receive(body: UnsafeRawBufferPointer, at now: ContinuousClock.Instant) -> Verdict {
            let (verdict, waiter): (Verdict, Wakeup?) = state.withLock { state in
                guard state.ending == nil else { return (.refused, nil) }
                guard state.received + body.count <= request.maxResponseBytes else {
                    return (.refused, state.end(.failure(.tooLarge(limit: request.maxResponseBytes))))
                }
                guard state.isReleased || state.buffered < Self.highWater else {
                    state.isHeld = true
                    state.watch.hold()
                    return (.held, nil)
                }
                state.received += body.count
                state.watch.received(at: now)
                guard !state.isReleased, !body.isEmpty else { return (.taken, nil) }
                if let waiter = state.bodyWaiter {
                    state.bodyWaiter = nil
                    return (.taken, .body(waiter, .success(Array(body))))
                }
                state.chunks.append(Array(body))
                state.buffered += body.count
                return (.taken, nil)
            }
            waiter?.resume()
            return verdict
        }

        /// Notes that libcurl will be told to offer its bytes again.
        func resumed(at now: ContinuousClock.Instant) { state.withLock { $0.watch.resume(at: now) } }

        /// Ends the transfer, unless it has ended already.
        func end(_ ending: Result<Void, TransportError>) {
            state.withLock { $0.end(ending) }?.resume()
        }

        /// Discards what is still to come and leaves little time for it.
        func linger(until due: ContinuousClock.Instant, from now: ContinuousClock.Instant) {
            state.withLock { state in
                let rest = due - now
                state.watch = DeadlineWatch(
                    HTTPRequest.Timeouts(connect: rest, firstByte: rest, idle: rest, total: rest), start: now)
                state.watch.received(at: now)
            }
        }
    }

    // MARK: - The caller's side

    extension Transfer {
        /// The head of the response, when it is here.
        func head() async -> Result<HeadParser.Head, TransportError> {
            await withCheckedContinuation { continuation in
                let ready: Result<HeadParser.Head, TransportError>? = state.withLock { state in
                    if let head = state.head { return .success(head) }
                    switch state.ending {
                    case .failure(let error): return .failure(error)
                    case .success: return .failure(.protocolViolation("it has no head"))
                    case nil:
                        state.headWaiter = continuation
                        return nil
                    }
                }
                if let ready { continuation.resume(returning: ready) }
            }
        }

        /// The next piece of the body, or nil at its end.
        ///
        /// - Returns: the piece, and whether libcurl was held back and is to be resumed now.
        func chunk() async -> (result: Result<[UInt8]?, TransportError>, resumes: Bool) {
            var resumes = false
            let result = await withCheckedContinuation { continuation in
                let ready: Result<[UInt8]?, TransportError>? = state.withLock { state in
                    if let bytes = state.takeChunks() {
                        resumes = state.isHeld
                        state.isHeld = false
                        return .success(bytes)
                    }
                    precondition(state.bodyWaiter == nil, "a response body has one reader")
                    switch state.ending {
                    case .failure(let error): return .failure(error)
                    case .success: return .success(nil)
                    case nil:
                        if state.isReleased { return .success(nil) }
                        state.bodyWaiter = continuation
                        return nil
                    }
                }
                if let ready { continuation.resume(returning: ready) }
            }
            return (result, resumes)
        }

        /// Ends the transfer if its caller has let go of it within the answer.
        ///
        /// - Returns: whether its socket is to be closed.
        func letGo() -> Bool {
            state.withLock { state in
                guard state.ending == nil, !state.isReleased else { return false }
                let waiter = state.end(.failure(.cancelled))
                precondition(waiter == nil, "a waiting task holds its transfer")
                return true
            }
        }

        /// Gives up what was buffered and takes no more.
        ///
        /// - Returns: whether something may still come.
        func release() -> Bool {
            let (mayCome, waiter) = state.withLock { state in
                state.isReleased = true
                state.chunks = []
                state.buffered = 0
                state.isHeld = false
                defer { state.bodyWaiter = nil }
                return (state.ending == nil, state.bodyWaiter.map { Wakeup.body($0, .success(nil)) })
            }
            waiter?.resume()
            return mayCome
        }
    }

    /// A waiting task and what it is to get, resumed outside the lock.
    private enum Wakeup {
        case head(
            CheckedContinuation<Result<HeadParser.Head, TransportError>, Never>,
            Result<HeadParser.Head, TransportError>)
        case body(
            CheckedContinuation<Result<[UInt8]?, TransportError>, Never>, Result<[UInt8]?, TransportError>)

        func resume() {
            switch self {
            case .head(let continuation, let result): continuation.resume(returning: result)
            case .body(let continuation, let result): continuation.resume(returning: result)
            }
        }
    }

    extension Transfer.State {
        fileprivate mutating func takeChunks() -> [UInt8]? {
            guard !chunks.isEmpty else { return nil }
            defer {
                chunks = []
                buffered = 0
            }
            return chunks.count == 1 ? chunks[0] : Array(chunks.joined())
        }

        fileprivate mutating func end(_ ending: Result<Void, TransportError>) -> Wakeup? {
            guard self.ending == nil else { return nil }
            self.ending = ending
            if let waiter = headWaiter {
                headWaiter = nil
                return .head(waiter, ending.flatMap { .failure(.protocolViolation("it has no head")) })
            }
            guard let waiter = bodyWaiter else { return nil }
            bodyWaiter = nil
            return .body(waiter, ending.map { nil })
        }
    }
#endif
