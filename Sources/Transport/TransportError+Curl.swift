#if LLM
    import CurlShim

    extension TransportError {
        /// What a result of libcurl means for the caller.
        ///
        /// - Parameters:
        ///   - code: the result; not `CURLE_OK`.
        ///   - text: libcurl's own words, which name hosts, never header values.
        ///   - hasBegun: whether the status line of the final response had come.
        ///   - connectBound: the bound that `CURLE_OPERATION_TIMEDOUT` stands for, the only one left to libcurl.
        init(_ code: CURLcode, text: String, hasBegun: Bool, connectBound: Duration) {
            switch code {
            case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: self = .invalidRequest(text)
            case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: self = .proxy(text)
            case CURLE_COULDNT_RESOLVE_HOST: self = .resolve(text)
            case CURLE_OPERATION_TIMEDOUT: self = .connectTimeout(connectBound)
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED,
                CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
                CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
                self = .tls(text)
            // HTTP/0.9 has no code of its own: the scheme was checked before.
            case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
                self = .protocolViolation(text)
            case CURLE_OUT_OF_MEMORY: self = .unavailable(text)
            case CURLE_RECV_ERROR where text.contains("CONNECT tunnel"): self = .proxy(text)
            default: self = hasBegun ? .cut(text) : .unreachable(text)
            }
        }
    }
#endif
