import Foundation
import Synchronization

/// A server on a free port of 127.0.0.1 that plays a script on each connection, each on a thread of its own.
///
/// The script reads and writes by blocking calls and may misbehave in every way that a socket allows. When it
/// returns, its connection is closed.
package final class LoopbackPeer: Sendable {
    /// What a client asked for.
    package struct Request: Sendable {
        package var line: String
        package var headers: [String: String]
        package var body: String
    }

    package let port: Int
    private let listener: Int32
    private let ledger = Ledger()

    /// A peer that plays `script`, or fails as the system does.
    package init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        (listener, port) = try Self.listen(backlog: 256)
        let (listener, ledger) = (listener, ledger)
        Self.thread {
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    break
                }
                let number = ledger.connects.withLock { count in
                    count += 1
                    return count
                }
                Self.thread {
                    let connection = Connection(socket: socket, number: number, ledger: ledger)
                    script(connection)
                    connection.close()
                }
            }
            Foundation.close(listener)
        }
    }

    /// A peer that answers every request on kept connections.
    package static func answering(
        _ answer: @escaping @Sendable (Request) -> String
    ) throws -> LoopbackPeer {
        try LoopbackPeer { connection in
            while let request = connection.receive() { connection.send(answer(request)) }
        }
    }

    /// A port whose backlog is full, so that a connection to it neither opens nor fails.
    package static func unacceptingPort() throws -> (port: Int, sockets: [Int32]) {
        let (listener, port) = try listen(backlog: 0)
        var sockets = [listener]
        for _ in 0..<4 {
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            withLoopback(port: port) { connect(client, $0, $1) }
            sockets.append(client)
        }
        return (port, sockets)
    }

    /// A port on which nobody listens.
    package static func closedPort() throws -> Int {
        let (listener, port) = try listen(backlog: 1)
        Foundation.close(listener)
        return port
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// The address of the peer.
    package var url: String { "http://127.0.0.1:\(port)" }
    /// The connections opened so far.
    package var connects: Int { ledger.connects.withLock { $0 } }
    /// The requests received so far.
    package var requests: [Request] { ledger.requests.withLock { $0 } }

    /// The next thing that a script has reported.
    package func report() async -> String? {
        for await report in ledger.reports.stream { return report }
        return nil
    }

    final class Ledger: Sendable {
        let connects = Mutex(0)
        let requests = Mutex<[Request]>([])
        let reports = AsyncStream<String>.makeStream()
    }

    private static func listen(backlog: Int32) throws -> (listener: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let bound = withLoopback(port: 0) { bind(listener, $0, $1) }
        guard listener >= 0, bound == 0, Foundation.listen(listener, backlog) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &size) }
        }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    @discardableResult private static func withLoopback(
        port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.stackSize = 256 << 10
        thread.start()
    }
}

extension LoopbackPeer {
    /// One connection, as its script sees it.
    package final class Connection {
        /// Which connection of the peer this is, from 1.
        package let number: Int
        private var socket: Int32
        private let ledger: Ledger
        private var unread: [UInt8] = []

        fileprivate init(socket: Int32, number: Int, ledger: Ledger) {
            self.socket = socket
            self.number = number
            self.ledger = ledger
        }

        /// The next request, or nil when the client has gone.
        package func receive() -> Request? {
            let end = Array("\r\n\r\n".utf8)
            var head: String?
            while head == nil {
                if let range = unread.firstRange(of: end) {
                    head = String(decoding: unread[..<range.lowerBound], as: UTF8.self)
                    unread.removeSubrange(..<range.upperBound)
                } else if !read() {
                    return nil
                }
            }
            var lines = (head ?? "").components(separatedBy: "\r\n")
            let line = lines.removeFirst()
            let headers = lines.reduce(into: [String: String]()) { headers, line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                headers[parts[0].lowercased()] =
                    parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            while unread.count < length { guard read() else { return nil } }
            let body = String(decoding: unread.prefix(length), as: UTF8.self)
            unread.removeFirst(length)
            let request = Request(line: line, headers: headers, body: body)
            ledger.requests.withLock { $0.append(request) }
            return request
        }

        /// Writes all of it.
        ///
        /// - Returns: whether the client still took it.
        @discardableResult package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

        /// Writes all of it.
        ///
        /// - Returns: whether the client still took it.
        @discardableResult package func send(_ bytes: [UInt8]) -> Bool {
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if sent < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                rest = rest.dropFirst(sent)
            }
            return true
        }

        /// Whether the client takes more bytes within that time.
        package func isWritable(within milliseconds: Int32) -> Bool {
            var entry = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            return poll(&entry, 1, milliseconds) > 0
        }

        /// Writes the same piece every few milliseconds until the client has gone.
        package func trickle(_ piece: String) {
            while send(piece) { usleep(10_000) }
        }

        /// Waits until the client has gone.
        package func waitForClose() {
            while read() {}
        }

        /// Reports something to the test.
        package func report(_ text: String) { ledger.reports.continuation.yield(text) }

        /// Ends the connection by a reset.
        package func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            close()
        }

        /// Ends the connection.
        package func close() {
            if socket >= 0 { Foundation.close(socket) }
            socket = -1
        }

        private func read() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            let count = recv(socket, &buffer, buffer.count, 0)
            if count > 0 { unread += buffer.prefix(count) }
            return count > 0 || (count < 0 && errno == EINTR)
        }
    }
}

/// A whole response with a declared length.
package func httpResponse(
    _ body: String, status: String = "200 OK", headers: [String] = []
) -> String {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The head of a response that comes in chunks.
package func chunkedHead(_ headers: [String] = [], status: String = "200 OK") -> String {
    (["HTTP/1.1 \(status)", "Transfer-Encoding: chunked"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
}

/// One chunk; the empty text ends the response.
package func chunk(_ text: String) -> String {
    String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
}
