#if LLM
    import CurlShim

    /// One request in libcurl's terms, with all the memory it needs; lives and dies on the engine's thread.
    ///
    /// The transfer that it reports to must outlive it.
    final class EasyHandle {
        let pointer: UnsafeMutableRawPointer
        private var headers: UnsafeMutablePointer<curl_slist>?
        private let address: OpaquePointer
        private let errorText: UnsafeMutablePointer<CChar>

        /// A handle for the transfer's request, ready to be added to a multi handle.
        ///
        /// - Throws: ``TransportError/invalidRequest(_:)`` for what libcurl refuses beforehand.
        init(
            _ transfer: Transfer, share: UnsafeMutableRawPointer?, userAgent: String
        ) throws(TransportError) {
            let request = transfer.request
            address = try Self.address(of: request)
            guard let easy = curl_easy_init() else {
                curl_url_cleanup(address)
                throw .unavailable("out of memory")
            }
            pointer = easy
            errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
            errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))

            setConstants(share: share, userAgent: userAgent)
            setCallbacks(transfer)
            if request.reach == .publicInternet { setSocketOpener(transfer) }
            if request.acceptsCompression { shim_set_string(easy, CURLOPT_ACCEPT_ENCODING, "") }
            try setHeaders(request)
            try setBody(request)
            let connect = max(1, request.timeouts.connect.wholeMilliseconds)
            shim_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, connect)
            try setTLS(request.tls)
            try setProxy(request.reach == .publicInternet ? .direct : request.proxy)
        }

        deinit {
            curl_easy_cleanup(pointer)
            curl_slist_free_all(headers)
            curl_url_cleanup(address)
            errorText.deallocate()
        }

        /// What libcurl's result means, in the words of its error text.
        func error(_ code: CURLcode, transfer: Transfer) -> TransportError {
            let text = String(cString: errorText)
            return TransportError(
                code, text: text.isEmpty ? String(cString: curl_easy_strerror(code)) : text,
                hasBegun: transfer.hasBegun, connectBound: transfer.request.timeouts.connect)
        }
    }

    // MARK: - Options

    extension EasyHandle {
        private static func address(of request: HTTPRequest) throws(TransportError) -> OpaquePointer {
            guard !request.url.utf8.contains(0) else {
                throw .invalidRequest("its address holds a NUL character")
            }
            guard let address = curl_url() else { throw .unavailable("out of memory") }
            let code = curl_url_set(address, CURLUPART_URL, request.url, UInt32(CURLU_DISALLOW_USER))
            guard code == CURLUE_OK else {
                curl_url_cleanup(address)
                throw .invalidRequest(
                    code == CURLUE_USER_NOT_ALLOWED
                        ? "its address holds credentials; put them in a header"
                        : "its address is not valid: \(String(cString: curl_url_strerror(code)))")
            }
            if request.reach == .publicInternet, let host = part(CURLUPART_HOST, of: address),
                !PublicAddress.mayBe(host: host)
            {
                curl_url_cleanup(address)
                throw .invalidRequest("its host \(host) is not on the public internet")
            }
            guard let scheme = part(CURLUPART_SCHEME, of: address), ["http", "https"].contains(scheme) else {
                curl_url_cleanup(address)
                throw .invalidRequest("its address begins neither with http:// nor with https://")
            }
            return address
        }

        private static func part(_ part: CURLUPart, of address: OpaquePointer) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(address, part, &text, 0) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text).lowercased()
        }

        private func setConstants(share: UnsafeMutableRawPointer?, userAgent: String) {
            shim_set_pointer(pointer, CURLOPT_CURLU, UnsafeMutableRawPointer(address))
            shim_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
            if let share { shim_set_pointer(pointer, CURLOPT_SHARE, share) }
            shim_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
            shim_set_string(pointer, CURLOPT_USERAGENT, userAgent)
            // Signals would hit whichever thread the kernel likes.
            shim_set_long(pointer, CURLOPT_NOSIGNAL, 1)
            // Else a cancelled transfer would wait for its thread in the resolver, and every other one with it.
            shim_set_long(pointer, CURLOPT_QUICK_EXIT, 1)
            shim_set_long(pointer, CURLOPT_FOLLOWLOCATION, 0)
            shim_set_long(pointer, CURLOPT_TCP_KEEPALIVE, 1)
            shim_set_long(pointer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
            // What is sent is a question and some passages; four times as much would be set aside for each.
            shim_set_long(pointer, CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
            // Each handle has its own, and a stream of words never fills it.
            shim_set_long(pointer, CURLOPT_BUFFERSIZE, 4 << 10)
            shim_set_long(pointer, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
            // Over TLS the handshake says whether HTTP/2 can carry several requests, so waiting for it is short.
            // In the clear it is only known from the first answer, which may be many seconds away.
            if Self.part(CURLUPART_SCHEME, of: address) == "https" {
                shim_set_long(pointer, CURLOPT_PIPEWAIT, 1)
            }
        }

        private func setCallbacks(_ transfer: Transfer) {
            let context = Unmanaged.passUnretained(transfer).toOpaque()
            shim_set_pointer(pointer, CURLOPT_PRIVATE, context)
            shim_set_pointer(pointer, CURLOPT_HEADERDATA, context)
            shim_set_pointer(pointer, CURLOPT_WRITEDATA, context)
            shim_set_callback(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return transfer.receive(line: line, at: .now) == .taken ? size * count : 0
            }
            shim_set_callback(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
                switch transfer.receive(body: body, at: .now) {
                case .taken: return size * count
                case .held: return shim_pause_writing()
                case .refused: return size * count == 0 ? 1 : 0
                }
            }
        }

        /// Looks at every address after its name was resolved: what a name leads to is known only here.
        private func setSocketOpener(_ transfer: Transfer) {
            let context = Unmanaged.passUnretained(transfer).toOpaque()
            shim_set_socket_opener(
                pointer,
                { context, _, address in
                    guard let context, let address else { return shim_no_socket() }
                    var bytes = [UInt8](repeating: 0, count: 16)
                    let count = shim_address_bytes(address, &bytes)
                    if PublicAddress.contains(Array(bytes.prefix(Int(count)))) {
                        return shim_open_socket(address)
                    }
                    // Libcurl would try the name's other addresses; one bad address makes the name suspect.
                    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                        .end(.failure(.invalidRequest("its host leads to an address that is not public")))
                    return shim_no_socket()
                }, context)
            // A kept connection was opened for whoever asked first, perhaps without this check.
            shim_set_long(pointer, CURLOPT_FRESH_CONNECT, 1)
        }

        private func setHeaders(_ request: HTTPRequest) throws(TransportError) {
            var names: Set<String> = []
            for (name, value) in request.headers {
                guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
                    throw .invalidRequest("a header's name is not valid: \(name.debugDescription)")
                }
                guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                    throw .invalidRequest("the value of the header \(name) holds a control character")
                }
                names.insert(name.lowercased())
                try append(header: value.isEmpty ? "\(name);" : "\(name): \(value)")
            }
            // With it, libcurl would wait up to a second for a permission that few servers give.
            if !names.contains("expect") { try append(header: "Expect:") }
            // libcurl would call every body a form.
            if request.body != nil || request.method == .post, !names.contains("content-type") {
                try append(header: "Content-Type:")
            }
            shim_set_pointer(pointer, CURLOPT_HTTPHEADER, headers)
        }

        private func append(header: String) throws(TransportError) {
            guard let longer = curl_slist_append(headers, header) else { throw .unavailable("out of memory") }
            headers = longer
        }

        private func setBody(_ request: HTTPRequest) throws(TransportError) {
            switch request.method {
            case .get where request.body == nil: shim_set_long(pointer, CURLOPT_HTTPGET, 1)
            case .head: shim_set_long(pointer, CURLOPT_NOBODY, 1)
            case .get, .post, .put, .patch, .delete:
                if request.body != nil || request.method == .post {
                    let body = request.body ?? []
                    let code = body.withUnsafeBytes { shim_copy_body(pointer, $0.baseAddress, $0.count) }
                    guard code == CURLE_OK else { throw .unavailable("out of memory") }
                }
                if request.method != .post {
                    shim_set_string(pointer, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
                }
            }
        }

        private func setTLS(_ tls: HTTPRequest.TLS) throws(TransportError) {
            let verifies = tls != .insecure
            // 2 asks for the name in the certificate; 1 is an old spelling that libcurl has given up.
            let codes = [
                shim_set_long(pointer, CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0),
                shim_set_long(pointer, CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0),
            ]
            guard codes.allSatisfy({ $0 == CURLE_OK }) else {
                throw .unavailable("this libcurl does not let TLS be configured")
            }
            if case .customAuthority(let path) = tls {
                guard shim_set_string(pointer, CURLOPT_CAINFO, path) == CURLE_OK else {
                    throw .unavailable("this libcurl takes no authority file")
                }
                // The system's directory of authorities would still be trusted beside the file.
                shim_set_string(pointer, CURLOPT_CAPATH, nil)
            }
        }

        private func setProxy(_ proxy: HTTPRequest.Proxy) throws(TransportError) {
            switch proxy {
            case .environment:
                let host = Self.part(CURLUPART_HOST, of: address) ?? ""
                if isLoopback(host) { shim_set_string(pointer, CURLOPT_PROXY, "") }
            case .direct:
                shim_set_string(pointer, CURLOPT_PROXY, "")
            case .url(let url):
                guard !url.isEmpty else { throw .invalidRequest("the proxy's address is empty") }
                shim_set_string(pointer, CURLOPT_PROXY, url)
                // A proxy that is asked for by name is not talked out of it by the environment.
                shim_set_string(pointer, CURLOPT_NOPROXY, "")
            }
        }
    }

    /// RFC 9110, 5.6.2.
    private func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    private func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || 0x30...0x39 ~= $0 })
    }

    extension Duration {
        /// The duration in milliseconds, rounded up.
        var wholeMilliseconds: Int {
            let (seconds, attoseconds) = components
            return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        }
    }
#endif
