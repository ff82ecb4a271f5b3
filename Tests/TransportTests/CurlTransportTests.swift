#if LLM
    import Foundation
    import TestSupport
    import Testing
    import Transport

    @Suite struct CurlTransportTests {
        let transport: CurlTransport

        init() throws {
            transport = try CurlTransport()
        }

        // MARK: - What goes well

        @Test func `a response comes with status, fields and body`() async throws {
            let peer = try LoopbackPeer.answering { _ in
                httpResponse("hello", status: "201 Created", headers: ["X-A: 1", "x-a: 2"])
            }
            let response = try await transport.send(request(peer))
            #expect(response.status == 201)
            #expect(response[header: "X-a"] == "1")
            #expect(try await response.text() == "hello")
        }

        @Test(arguments: [
            (HTTPRequest.Method.get, nil), (.post, "a=1"), (.post, nil), (.put, "{}"), (.patch, "{}"),
            (.delete, nil), (.delete, "{}"), (.get, "{}"),
        ])
        func `a request arrives as it was written`(method: HTTPRequest.Method, body: String?) async throws {
            let peer = try LoopbackPeer.answering { _ in httpResponse("") }
            var request = request(peer, method)
            request.url += "/a/b?c=d"
            request.headers = [(name: "X-Key", value: "v"), (name: "X-Empty", value: "")]
            request.body = body.map { Array($0.utf8) }
            #expect(try await transport.send(request).text() == "")
            let seen = try #require(peer.requests.first)
            #expect(seen.line == "\(method.rawValue) /a/b?c=d HTTP/1.1")
            #expect(seen.body == body ?? "")
            #expect(seen.headers["x-key"] == "v")
            #expect(seen.headers["x-empty"] == "")
            #expect(seen.headers["content-type"] == nil)
            #expect(seen.headers["expect"] == nil)
            #expect(seen.headers["user-agent"] == "newsdesk")
        }

        @Test(arguments: ["127.0.0.1", "127.0.0.1.", "localhost", "[::1]", "0x7f000001"])
        func `a request for the public internet never reaches this machine`(_ host: String) async throws {
            let peer = try LoopbackPeer.answering { _ in httpResponse("secret") }
            var request = HTTPRequest(url: "http://\(host):\(peer.port)/", proxy: .direct)
            request.reach = .publicInternet
            await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(peer.requests.isEmpty)
        }

        @Test func `what unpacks to more than the bound is cut off`() async throws {
            let packed = try Self.packedZeros(count: 10 << 20)
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
                connection.send(packed)
            }
            var request = request(peer)
            request.acceptsCompression = true
            request.maxResponseBytes = 1 << 20
            let response = try await transport.send(request)
            await #expect(throws: TransportError.tooLarge(limit: 1 << 20)) {
                try await response.collect(limit: .max)
            }
        }

        @Test func `a head alone has no body whatever it promises`() async throws {
            let peer = try LoopbackPeer.answering { _ in
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
            }
            let response = try await transport.send(request(peer, .head))
            #expect(response[header: "content-length"] == "999999999")
            #expect(try await response.text() == "")
        }

        @Test func `a large body goes up and down unharmed`() async throws {
            let peer = try LoopbackPeer.answering { httpResponse($0.body) }
            let body = (0..<200_000).map { String($0) }.joined(separator: ",")
            var request = request(peer, .post)
            request.body = Array(body.utf8)
            #expect(try await transport.send(request).text() == body)
        }

        @Test func `twenty-one posts take one connection`() async throws {
            let peer = try LoopbackPeer.answering { httpResponse($0.body) }
            var (last, pauses) = (ContinuousClock.now, 0)
            for number in 1...21 {
                var request = request(peer, .post)
                request.body = Array("\(number)".utf8)
                #expect(try await transport.send(request).text() == "\(number)")
                // Curl keeps a connection for two minutes, and among all tests on a slow machine one may wait for longer.
                if ContinuousClock.now - last > .seconds(100) { pauses += 1 }
                last = .now
            }
            #expect((1...1 + pauses).contains(peer.connects))
        }

        @Test func `a kept connection that has died is replaced`() async throws {
            let peer = try LoopbackPeer { connection in
                guard connection.receive() != nil else { return }
                connection.send(httpResponse("\(connection.number)"))
            }
            #expect(try await transport.send(request(peer)).text() == "1")
            #expect(try await transport.send(request(peer, .post)).text() == "2")
        }

        @Test func `pieces arrive one by one`() async throws {
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(chunkedHead())
                connection.send(chunk("one"))
                connection.waitForClose()
            }
            let response = try await transport.send(request(peer))
            var pieces = response.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("one".utf8))
        }

        @Test func `a redirect is handed out, not followed`() async throws {
            let peer = try LoopbackPeer.answering { _ in
                httpResponse("", status: "302 Found", headers: ["Location: /other"])
            }
            #expect(try await transport.send(request(peer)).status == 302)
            #expect(peer.requests.count == 1)
        }

        @Test func `trailers and interim responses are passed over`() async throws {
            let peer = try LoopbackPeer.answering { _ in
                "HTTP/1.1 102 Processing\r\n\r\n" + chunkedHead() + chunk("x") + "0\r\nX-Sum: 1\r\n\r\n"
            }
            let response = try await transport.send(request(peer))
            #expect(response.status == 200)
            #expect(try await response.text() == "x")
        }

        @Test func `a hundred streams run side by side`() async throws {
            let peer = try LoopbackPeer { connection in
                while let request = connection.receive() {
                    connection.send(chunkedHead())
                    for number in 0..<20 { connection.send(chunk("\(request.body):\(number) ")) }
                    connection.send(chunk(""))
                }
            }
            let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<100 {
                    group.addTask {
                        var request = self.request(peer, .post)
                        request.body = Array("\(number)".utf8)
                        return (number, try await self.transport.send(request).text())
                    }
                }
                return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
            #expect(texts.count == 100)
            for (number, text) in texts {
                #expect(text == (0..<20).map { "\(number):\($0) " }.joined())
            }
        }

        @Test func `a proxy is asked for the whole address`() async throws {
            let proxy = try LoopbackPeer.answering { _ in httpResponse("by proxy") }
            var request = HTTPRequest(url: "http://news.example/x", proxy: .url(proxy.url))
            request.timeouts = patient
            #expect(try await transport.send(request).text() == "by proxy")
            #expect(proxy.requests.first?.line == "GET http://news.example/x HTTP/1.1")
        }

        // MARK: - Back-pressure

        @Test func `a slow reader holds the sender back and loses nothing`() async throws {
            let piece = String(repeating: "x", count: 64 << 10)
            let count = 1024
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(chunkedHead())
                var hasReported = false
                for number in 0..<count {
                    if !hasReported, !connection.isWritable(within: 3000) {
                        hasReported = true
                        connection.report("\(number)")
                    }
                    connection.send(chunk(piece))
                }
                if !hasReported { connection.report("\(count)") }
                connection.send(chunk(""))
                connection.waitForClose()
            }
            var request = request(peer)
            request.maxResponseBytes = 128 << 20
            // The peer's silence while it is held back is longer than this, and is not its fault.
            request.timeouts.idle = .seconds(2)
            let response = try await transport.send(request)
            let blockedAt = try #require(await peer.report().flatMap { Int($0) })
            #expect(blockedAt < count / 2)
            var total = 0
            for try await piece in response.body { total += piece.count }
            #expect(total == piece.utf8.count * count)
        }

        // MARK: - What goes wrong

        @Test func `a closed port is unreachable`() async throws {
            let request = HTTPRequest(url: "http://127.0.0.1:\(try LoopbackPeer.closedPort())")
            #expect(await label(request) == "unreachable")
        }

        @Test func `a name that nobody has is not resolved`() async throws {
            // A label of more than 63 letters is refused before any server is asked.
            let request = HTTPRequest(
                url: "http://\(String(repeating: "a", count: 80)).example/", timeouts: patient, proxy: .direct
            )
            #expect(await label(request) == "resolve")
        }

        @Test(arguments: [
            "ftp://127.0.0.1/", "file:///etc/hostname", "127.0.0.1", "", "http://", "http://a b/",
            "http://u:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://a\u{0}b/",
        ])
        func `an address that is none is refused`(url: String) async {
            let error = await failure(HTTPRequest(url: url))
            #expect(error?.label == "invalid_request")
            #expect(error.map { !"\($0)".contains("secret") } == true)
        }

        @Test(arguments: [
            ("X-Key", "secret\r\nX-Other: 1"), ("X-Key", "secret\u{0}"), ("X Key", "secret"),
            ("", "secret"), ("X-Key:", "secret"), ("X-Kéy", "secret"),
        ])
        func `a header that would break the head is refused unseen`(name: String, value: String) async {
            let request = HTTPRequest(url: "http://127.0.0.1:1", headers: [(name: name, value: value)])
            let error = await failure(request)
            #expect(error?.label == "invalid_request")
            #expect(error.map { !"\($0)".contains("secret") } == true)
        }

        @Test func `a listener that does not accept times out in connecting`() async throws {
            let (port, sockets) = try LoopbackPeer.unacceptingPort()
            defer { sockets.forEach { close($0) } }
            var request = HTTPRequest(url: "http://127.0.0.1:\(port)", timeouts: patient)
            request.timeouts.connect = .milliseconds(200)
            #expect(await failure(request) == .connectTimeout(.milliseconds(200)))
        }

        @Test func `silence before the head times out`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.waitForClose()
            }
            var request = request(peer)
            request.timeouts.firstByte = .milliseconds(150)
            #expect(await failure(request) == .firstByteTimeout(.milliseconds(150)))
        }

        @Test func `interim responses do not keep the first byte waiting for ever`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.trickle("HTTP/1.1 102 Processing\r\n\r\n")
            }
            var request = request(peer)
            request.timeouts.firstByte = .milliseconds(150)
            #expect(await failure(request)?.label == "first_byte_timeout")
        }

        @Test func `silence within the body times out after what has come`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.send(chunkedHead() + chunk("half"))
                $0.waitForClose()
                $0.report("closed")
            }
            var request = request(peer)
            request.timeouts.idle = .seconds(1)
            let response = try await transport.send(request)
            var pieces = response.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("half".utf8))
            await #expect(throws: TransportError.idleTimeout(.seconds(1))) { try await pieces.next() }
            await #expect(throws: TransportError.idleTimeout(.seconds(1))) { try await pieces.next() }
            #expect(await peer.report() == "closed")
        }

        @Test func `an idle bound shorter than the wait for the head holds too`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                usleep(300_000)
                $0.send(chunkedHead() + chunk("half"))
                $0.waitForClose()
            }
            var request = request(peer)
            request.timeouts.idle = .milliseconds(100)
            #expect(await failure(request)?.label == "idle_timeout")
        }

        @Test func `a trickle that never ends runs into the total bound`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.send(chunkedHead())
                $0.trickle(chunk("x"))
            }
            var request = request(peer)
            request.timeouts.idle = .seconds(5)
            request.timeouts.total = .milliseconds(300)
            #expect(await failure(request) == .totalTimeout(.milliseconds(300)))
        }

        @Test(arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", false, "cut"),
            (chunkedHead() + chunk("half"), false, "cut"),
            (chunkedHead() + "5\r\nha", true, "cut"),
            (chunkedHead() + "zz\r\nhalf\r\n", false, "cut"),
            ("", false, "unreachable"), ("", true, "unreachable"),
            ("SSH-2.0-OpenSSH_9\r\n", false, "protocol_violation"),
        ])
        func `a broken answer is told by where it breaks`(bytes: String, resets: Bool, label: String)
            async throws
        {
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(bytes)
                if resets { connection.reset() }
            }
            #expect(await self.label(request(peer)) == label)
        }

        @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", chunkedHead()])
        func `an answer over the bound is stopped`(head: String) async throws {
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(head)
                connection.trickle(chunk(String(repeating: "x", count: 200)))
                connection.report("closed")
            }
            var request = request(peer)
            request.maxResponseBytes = 1000
            #expect(await failure(request) == .tooLarge(limit: 1000))
            #expect(await peer.report() == "closed")
        }

        @Test func `collecting has a bound of its own`() async throws {
            let peer = try LoopbackPeer.answering { _ in httpResponse("0123456789") }
            let response = try await transport.send(request(peer))
            await #expect(throws: TransportError.tooLarge(limit: 9)) { try await response.collect(limit: 9) }
        }

        @Test(arguments: [HTTPRequest.TLS.verified, .insecure])
        func `a peer that speaks no TLS is an error of trust`(tls: HTTPRequest.TLS) async throws {
            let peer = try LoopbackPeer { connection in
                connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            }
            let request = HTTPRequest(url: "https://127.0.0.1:\(peer.port)", timeouts: patient, tls: tls)
            #expect(await label(request) == "tls")
        }

        @Test func `an authority file that is missing is an error of trust`() async throws {
            let peer = try LoopbackPeer { $0.waitForClose() }
            let request = HTTPRequest(
                url: "https://127.0.0.1:\(peer.port)", timeouts: patient,
                tls: .customAuthority(path: "/nowhere/ca.pem"))
            #expect(await label(request) == "tls")
        }

        // MARK: - Cancelling and ending

        @Test func `a cancelled wait for the head closes the socket`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.report("asked")
                $0.waitForClose()
                $0.report("closed")
            }
            let request = request(peer)
            let task = Task { await self.failure(request) }
            #expect(await peer.report() == "asked")
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(await peer.report() == "closed")
        }

        @Test func `a cancelled reader gets an error and closes the socket`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.send(chunkedHead() + chunk("half"))
                $0.waitForClose()
                $0.report("closed")
            }
            let response = try await transport.send(request(peer))
            let (started, start) = AsyncStream<Void>.makeStream()
            let task = Task {
                var pieces = response.body.makeAsyncIterator()
                _ = try await pieces.next()
                start.finish()
                _ = try await pieces.next()
            }
            for await _ in started {}
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
            #expect(await peer.report() == "closed")
        }

        @Test func `a task that is cancelled beforehand sends nothing`() async throws {
            let peer = try LoopbackPeer.answering { _ in httpResponse("") }
            let request = request(peer)
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await self.failure(request)
            }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(peer.connects == 0)
        }

        @Test func `a response that is dropped unread closes the socket`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.send(chunkedHead() + chunk("half"))
                $0.waitForClose()
                $0.report("closed")
            }
            _ = try await transport.send(request(peer))
            #expect(await peer.report() == "closed")
        }

        @Test func `a reader who is satisfied leaves the connection to the next`() async throws {
            let gate = DispatchSemaphore(value: 0)
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(chunkedHead() + chunk("[DONE]"))
                if connection.number == 1 { gate.wait() }
                connection.send(chunk(""))
                connection.report(connection.receive() == nil ? "closed" : "reused")
                connection.send(httpResponse(""))
            }
            let response = try await transport.send(request(peer))
            var pieces = response.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("[DONE]".utf8))
            response.body.finish()
            #expect(try await pieces.next() == nil)
            gate.signal()
            let report = Task { await peer.report() }
            // The end of the first answer and these requests race; one of them must meet a kept connection.
            for _ in 0..<3 { _ = try await transport.send(request(peer)).text() }
            #expect(await report.value == "reused")
        }

        @Test func `a sender who goes on after the reader is satisfied is cut off`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.send(chunkedHead())
                $0.trickle(chunk("x"))
                $0.report("closed")
            }
            let response = try await transport.send(request(peer))
            var pieces = response.body.makeAsyncIterator()
            _ = try await pieces.next()
            response.body.finish()
            #expect(await peer.report() == "closed")
        }

        @Test func `a shutdown without grace cuts off what is under way`() async throws {
            let peer = try LoopbackPeer {
                _ = $0.receive()
                $0.report("asked")
                $0.waitForClose()
                $0.report("closed")
            }
            let request = request(peer)
            let task = Task { await self.failure(request) }
            #expect(await peer.report() == "asked")
            await transport.shutdown(grace: .zero)
            #expect(await task.value == .cancelled)
            #expect(await peer.report() == "closed")
            #expect(await label(request) == "unavailable")
            await transport.shutdown(grace: .zero)
        }

        @Test func `a shutdown with grace lets an answer end`() async throws {
            let gate = DispatchSemaphore(value: 0)
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.report("asked")
                gate.wait()
                connection.send(httpResponse("whole"))
            }
            let request = request(peer)
            let answer = Task { try await self.transport.send(request).text() }
            #expect(await peer.report() == "asked")
            let ending = Task { await self.transport.shutdown(grace: .seconds(20)) }
            gate.signal()
            #expect(try await answer.value == "whole")
            await ending.value
        }

        @Test func `a body outlives its transport`() async throws {
            let gate = DispatchSemaphore(value: 0)
            let peer = try LoopbackPeer { connection in
                _ = connection.receive()
                connection.send(chunkedHead() + chunk("a"))
                gate.wait()
                connection.send(chunk("b") + chunk(""))
            }
            let response = try await CurlTransport().send(request(peer))
            gate.signal()
            #expect(try await response.text() == "ab")
        }
    }

    // MARK: -

    /// Bounds for tests that are about something else: on a busy machine a task may wait for its turn for long.
    private let patient = HTTPRequest.Timeouts(
        connect: .seconds(300), firstByte: .seconds(300), idle: .seconds(300), total: .seconds(600))

    extension CurlTransportTests {
        /// So many zeros as gzip packs them, a thousandth of their size.
        private static func packedZeros(count: Int) throws -> [UInt8] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "head -c \(count) /dev/zero | gzip -9"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return [UInt8](bytes)
        }

        private func request(_ peer: LoopbackPeer, _ method: HTTPRequest.Method = .get) -> HTTPRequest {
            HTTPRequest(method, url: peer.url, timeouts: patient)
        }

        private func failure(_ request: HTTPRequest) async -> TransportError? {
            do throws(TransportError) {
                let response = try await transport.send(request)
                _ = try await response.collect(limit: .max)
                return nil
            } catch {
                return error
            }
        }

        private func label(_ request: HTTPRequest) async -> String? { await failure(request)?.label }
    }

    extension HTTPResponse {
        fileprivate func text() async throws -> String {
            String(decoding: try await collect(limit: 1 << 30), as: UTF8.self)
        }
    }
#endif
