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
        "sha256="
            + code(body, timestamp).map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined()
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

    private func code(_ body: [UInt8], _ timestamp: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: signed(body, timestamp), using: key)
    }

    private func signed(_ body: [UInt8], _ timestamp: String) -> Data {
        var data = Data(timestamp.utf8)
        data.append(UInt8(ascii: "."))
        data.append(contentsOf: body)
        return data
    }

    private static func bytes(_ signature: String) -> Data? {
        let hex = Array((signature.hasPrefix("sha256=") ? signature.dropFirst(7) : signature[...]).utf8)
        guard hex.count == 64 else { return nil }
        var data = Data()
        for index in stride(from: 0, to: hex.count, by: 2) {
            guard let high = digit(hex[index]), let low = digit(hex[index + 1]) else { return nil }
            data.append(high << 4 | low)
        }
        return data
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
