import Foundation
public import Transport

/// Fetches feeds and pages from addresses that others chose, within bounds of reach, size, time and hops.
///
/// Only http and https; nothing but public hosts, looked at before and after their names are resolved and again at every
/// redirect, save those that the owner allows; whatever is compressed is measured as it unpacks.
public struct WebFetcher: Sendable {
    /// What an owner may set.
    public struct Configuration: Sendable {
        /// Hosts of the inside that may be fetched from, as they stand in addresses, with or without a port.
        public var allowedHosts: Set<String> = []
        /// The largest file, in bytes.
        public var maxBytes = 16 << 20
        /// The most redirects in a row.
        public var maxRedirects = 5
        /// The bounds in time.
        public var timeouts = HTTPRequest.Timeouts(
            connect: .seconds(10), firstByte: .seconds(20), idle: .seconds(20), total: .seconds(60))

        /// The defaults.
        public init() {}
    }

    /// What came back.
    public struct Response: Sendable {
        /// The status of the last answer.
        public var status: Int
        /// Where it came from, after all redirects.
        public var address: String
        /// Where to ask from now on, when every redirect on the way was a permanent one.
        public var permanentAddress: String?
        /// The body; empty unless the status is one of success.
        public var body: [UInt8]
        private let fields: [(name: String, value: String)]

        init(_ response: HTTPResponse, address: String, permanentAddress: String?, body: [UInt8]) {
            (status, fields) = (response.status, response.headers)
            (self.address, self.permanentAddress, self.body) = (address, permanentAddress, body)
        }

        /// The value of a header.
        public subscript(header name: String) -> String? { values(of: name).first }

        /// The values of a header that may be there several times.
        func values(of name: String) -> [String] {
            fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }
    }

    /// Why nothing came back.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The exchange failed.
        case transport(TransportError)
        /// More redirects than are followed, or a circle of them.
        case redirects(String)

        /// The cause and, where there is one, the mend.
        public var description: String {
            switch self {
            case .transport(.invalidRequest(let detail)) where detail.contains("public"):
                "\(detail): allow it with feeds.allowed_hosts where that is meant"
            case .transport(let error): "\(error)"
            case .redirects(let address): "it is redirected in a circle or too often, last to \(address)"
            }
        }
    }

    private let transport: any HTTPTransport
    private let configuration: Configuration

    /// A fetcher over a transport.
    public init(transport: any HTTPTransport, configuration: Configuration = Configuration()) {
        (self.transport, self.configuration) = (transport, configuration)
    }

    /// What is at an address.
    ///
    /// - Parameters:
    ///   - url: where to ask.
    ///   - headers: what to send beside the usual; not sent on to another host.
    /// - Returns: the answer of the last hop, whatever its status.
    /// - Throws: ``Problem`` when there is none.
    public func fetch(
        _ url: String, headers: [(name: String, value: String)] = []
    ) async throws(Problem) -> Response {
        var address = url
        var permanent: String? = nil
        var isPermanent = true
        for _ in 0...configuration.maxRedirects {
            let isFirst = host(address) == host(url)
            let response = try await send(address, headers: isFirst ? headers : [])
            guard [301, 302, 303, 307, 308].contains(response.status),
                let target = response[header: "location"]
            else {
                let isWanted = (200..<300).contains(response.status)
                let body = isWanted ? try await collected(response) : []
                if !isWanted { response.body.finish() }
                return Response(response, address: address, permanentAddress: permanent, body: body)
            }
            response.body.finish()
            let next = WebAddress.resolved(target, against: address)
            isPermanent = isPermanent && (response.status == 301 || response.status == 308)
            if isPermanent { permanent = next }
            guard next != address else { break }
            address = next
        }
        throw .redirects(address)
    }

    /// Sends a form to an address, under the same guards; redirects that keep the method are followed.
    ///
    /// - Throws: ``Problem`` when no answer comes back.
    func post(_ form: [(name: String, value: String)], to url: String) async throws(Problem) -> Response {
        let body = form.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
        var address = url
        for _ in 0...configuration.maxRedirects {
            let response = try await send(
                address, .post, headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.utf8))
            guard response.status == 307 || response.status == 308, let target = response[header: "location"]
            else {
                let text = try await collected(response)
                return Response(response, address: address, permanentAddress: nil, body: text)
            }
            response.body.finish()
            address = WebAddress.resolved(target, against: address)
        }
        throw .redirects(address)
    }

    /// A name or value as a form's fields hold it.
    private static func escaped(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    private func send(
        _ address: String, _ method: HTTPRequest.Method = .get, headers: [(name: String, value: String)],
        body: [UInt8]? = nil
    ) async throws(Problem) -> HTTPResponse {
        var request = HTTPRequest(
            method, url: address.split(separator: "#", maxSplits: 1).first.map(String.init) ?? address,
            headers: headers, body: body, timeouts: configuration.timeouts,
            maxResponseBytes: configuration.maxBytes)
        request.reach = isAllowed(address) ? .anywhere : .publicInternet
        request.acceptsCompression = true
        do { return try await transport.send(request) } catch { throw .transport(error) }
    }

    private func collected(_ response: HTTPResponse) async throws(Problem) -> [UInt8] {
        do { return try await response.collect(limit: configuration.maxBytes) } catch {
            throw .transport(error)
        }
    }

    private func isAllowed(_ address: String) -> Bool {
        guard !configuration.allowedHosts.isEmpty, let host = host(address) else { return false }
        let port = URLComponents(string: address)?.port.map { ":\($0)" } ?? ""
        return configuration.allowedHosts.contains(host) || configuration.allowedHosts.contains(host + port)
    }

    private func host(_ address: String) -> String? { URLComponents(string: address)?.host?.lowercased() }
}
