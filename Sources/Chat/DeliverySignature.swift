import Crypto
import Foundation

/// Proves that a delivery comes from somebody who knows the secret, and that it is fresh.
///
/// The signature is the HMAC-SHA256 (RFC 2104) of the timestamp, a full stop and the body, in hexadecimal, with or
/// without `sha256=` before it. The time is inside what is signed, so that an old delivery cannot be sent again.
struct DeliverySignature: Sendable {
    /// How far the sender's clock and the way may put a delivery off, in seconds either way.
    static let tolerance = 300

    private let key: SymmetricKey

    init(secret: String) { key = SymmetricKey(data: Data(secret.utf8)) }

    /// The signature that a sender would send.
    func signature(of body: [UInt8], timestamp: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: signed(body, timestamp), using: key)
        return "sha256=" + Hexadecimal.text(code)
    }

    /// Checks a delivery.
    ///
    /// - Throws: what is wrong with it; the comparison takes the same time wherever the first difference lies.
    func check(body: [UInt8], timestamp: String?, signature: String?, now: Date) throws(WebhookError) {
        guard let timestamp, let signature else { throw .unsigned }
        guard let sent = Int64(timestamp), abs(sent) < 1 << 40 else { throw .invalidTimestamp(timestamp) }
        let away = abs(Int64(now.timeIntervalSince1970.rounded(.down)) - sent)
        guard let claimed = Self.bytes(signature) else { throw .forged }
        guard
            HMAC<SHA256>.isValidAuthenticationCode(
                claimed, authenticating: signed(body, timestamp), using: key)
        else { throw .forged }
        guard away <= Self.tolerance else { throw .stale(seconds: Int(away)) }
    }

    private func signed(_ body: [UInt8], _ timestamp: String) -> [UInt8] {
        Array(timestamp.utf8) + [UInt8(ascii: ".")] + body
    }

    private static func bytes(_ signature: String) -> [UInt8]? {
        let digits = signature.hasPrefix("sha256=") ? signature.dropFirst(7) : signature[...]
        guard digits.utf8.count == 64 else { return nil }
        return Hexadecimal.bytes(digits)
    }
}
