#if LLM
    import CurlShim
    import Foundation
    import Logging
    import Synchronization

    /// The one thread that drives libcurl's multi handle, and the inbox by which others reach it.
    ///
    /// Only this thread touches the handles. Others put a command into the inbox and wake the thread by
    /// `curl_multi_wakeup`, the one call of the multi interface that is safe from elsewhere; the inbox is closed
    /// under its lock before the multi handle is freed, so that no wake-up comes too late.
    final class CurlEngine: @unchecked Sendable {
        enum Command {
            case start(Transfer)
            /// The transfer has ended on the caller's side: close its socket.
            case drop(Transfer)
            /// The reader has room again.
            case resume(Transfer)
            /// The reader wants no more, but the connection is worth keeping.
            case linger(Transfer)
            /// No new transfers, and an end to those under way at that time at the latest.
            case stop(ContinuousClock.Instant)
        }

        private struct Inbox {
            var commands: [Command] = []
            var isOpen = true
            var stopWaiters: [CheckedContinuation<Void, Never>] = []
        }

        /// How long the rest of an answer that nobody reads may take before its connection is closed instead.
        private static let lingering = Duration.milliseconds(250)
        /// The longest sleep, a bound only for mistakes: wake-ups and deadlines end it before.
        private static let longestSleep = Duration.seconds(60)

        private let multi: UnsafeMutableRawPointer
        private let share: UnsafeMutableRawPointer?
        private let userAgent: String
        private let logger: Logger
        private let inbox = Mutex(Inbox())

        // Touched by the engine's thread alone.
        private var running: [ObjectIdentifier: (transfer: Transfer, easy: EasyHandle)] = [:]
        private var nextSweep: ContinuousClock.Instant = .now
        private var stopDue: ContinuousClock.Instant?
        private var hostsWarnedOf: Set<String> = []

        /// An engine whose thread runs until ``stop(by:)``.
        init(
            maxConnectionsPerHost: Int, maxIdleConnections: Int, userAgent: String, logger: Logger
        ) throws(TransportError) {
            guard globalInit == CURLE_OK, let multi = curl_multi_init() else {
                throw .unavailable("libcurl cannot be initialised")
            }
            self.multi = multi
            self.userAgent = userAgent
            self.logger = logger
            shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost)
            shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, maxIdleConnections)
            // One thread uses the share, so that it needs no locks.
            share = curl_share_init()
            if let share { shim_share(share, CURL_LOCK_DATA_SSL_SESSION) }

            let thread = Thread { self.run() }
            thread.name = "newsdesk.curl"
            thread.stackSize = 512 << 10
            thread.start()
        }

        /// Puts a command into the inbox.
        ///
        /// - Returns: whether the engine still takes commands.
        @discardableResult func post(_ command: Command) -> Bool {
            inbox.withLock { inbox in
                guard inbox.isOpen else { return false }
                inbox.commands.append(command)
                // A wake-up that is under way already serves this command too.
                if inbox.commands.count == 1 { curl_multi_wakeup(multi) }
                return true
            }
        }

        /// Ends the engine and returns when its thread is done.
        func stop(by due: ContinuousClock.Instant) async {
            post(.stop(due))
            await withCheckedContinuation { continuation in
                let isDone = inbox.withLock { inbox in
                    if inbox.isOpen { inbox.stopWaiters.append(continuation) }
                    return !inbox.isOpen
                }
                if isDone { continuation.resume() }
            }
        }
    }

    // MARK: - On the engine's thread

    extension CurlEngine {
        private func run() {
            // A peer that has gone must be an error of one write, not the end of the program.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &signals, nil)

            while true {
                let commands = inbox.withLock { inbox in
                    defer { inbox.commands = [] }
                    return inbox.commands
                }
                commands.forEach(obey)

                var count: Int32 = 0
                curl_multi_perform(multi, &count)
                var result = CURLE_OK
                while let pointer = shim_next_finished(multi, &result) { finish(pointer, result) }

                let now = ContinuousClock.now
                if now >= nextSweep { sweep(at: now) }
                if let stopDue, running.isEmpty || now >= stopDue { break }

                let wake = min(nextSweep, stopDue ?? nextSweep)
                let sleep = min(max(1, (wake - now).wholeMilliseconds), Self.longestSleep.wholeMilliseconds)
                curl_multi_poll(multi, nil, 0, Int32(sleep), nil)
            }
            close()
        }

        private func obey(_ command: Command) {
            switch command {
            case .start(let transfer): start(transfer)
            case .drop(let transfer): remove(transfer)
            case .resume(let transfer):
                guard let easy = running[ObjectIdentifier(transfer)]?.easy else { return }
                transfer.resumed(at: .now)
                noteDeadline(of: transfer)
                shim_resume(easy.pointer)
            case .linger(let transfer):
                guard let easy = running[ObjectIdentifier(transfer)]?.easy else { return }
                let now = ContinuousClock.now
                transfer.linger(until: now + Self.lingering, from: now)
                noteDeadline(of: transfer)
                shim_resume(easy.pointer)
            case .stop(let due):
                stopDue = min(due, stopDue ?? due)
            }
        }

        private func start(_ transfer: Transfer) {
            // A task that is cancelled early gets here after its cancellation.
            guard !transfer.hasEnded else { return }
            guard stopDue == nil else { return transfer.end(.failure(.unavailable("it is shut down"))) }
            warnOfInsecurity(transfer.request)
            do {
                let easy = try EasyHandle(transfer, share: share, userAgent: userAgent)
                guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
                    return transfer.end(.failure(.unavailable("libcurl takes no more requests")))
                }
                running[ObjectIdentifier(transfer)] = (transfer, easy)
                noteDeadline(of: transfer)
            } catch {
                transfer.end(.failure(error))
            }
        }

        private func finish(_ pointer: UnsafeMutableRawPointer, _ result: CURLcode) {
            guard let context = shim_get_private(pointer) else { return }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            guard let easy = running[ObjectIdentifier(transfer)]?.easy else { return }
            transfer.end(result == CURLE_OK ? .success(()) : .failure(easy.error(result, transfer: transfer)))
            remove(transfer)
        }

        /// Ends what is over its bounds, and finds the time of the next look.
        private func sweep(at now: ContinuousClock.Instant) {
            nextSweep = now + Self.longestSleep
            for (transfer, _) in running.values {
                let (due, error) = transfer.nextDeadline
                if due <= now {
                    transfer.end(.failure(error))
                    remove(transfer)
                } else {
                    noteDeadline(of: transfer)
                }
            }
        }

        /// Brings the next sweep forward where this transfer needs it.
        ///
        /// Its bound may move later, at which the sweep finds nothing to do. It moves earlier only when the first
        /// byte comes: then to a full idle bound after that, hence never before the time noted here.
        private func noteDeadline(of transfer: Transfer) {
            nextSweep = min(nextSweep, transfer.nextDeadline.due, .now + transfer.request.timeouts.idle)
        }

        private func remove(_ transfer: Transfer) {
            guard let easy = running.removeValue(forKey: ObjectIdentifier(transfer))?.easy else { return }
            // Taking a handle out in the middle of its answer closes its socket, or resets its HTTP/2 stream.
            curl_multi_remove_handle(multi, easy.pointer)
        }

        private func warnOfInsecurity(_ request: HTTPRequest) {
            guard request.tls == .insecure, hostsWarnedOf.count < 1000 else { return }
            let host = URL(string: request.url)?.host() ?? ""
            guard hostsWarnedOf.insert(host).inserted else { return }
            logger.warning(
                "TLS certificates are not verified for this host: anyone on the way can read and change everything",
                metadata: ["http.host": "\(host)"])
        }

        private func close() {
            for (transfer, _) in running.values {
                transfer.end(.failure(.cancelled))
                remove(transfer)
            }
            let (commands, waiters) = inbox.withLock { inbox in
                inbox.isOpen = false
                defer { inbox = Inbox(isOpen: false) }
                return (inbox.commands, inbox.stopWaiters)
            }
            for case .start(let transfer) in commands {
                transfer.end(.failure(.unavailable("it is shut down")))
            }
            curl_multi_cleanup(multi)
            if let share { curl_share_cleanup(share) }
            waiters.forEach { $0.resume() }
        }
    }

    /// libcurl's own setting up, once in a program.
    private let globalInit = shim_global_init()
#endif
