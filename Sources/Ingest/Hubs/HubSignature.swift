import Crypto
import Foundation

/// Proves that a delivery comes from the hub that was given the secret.
///
/// `X-Hub-Signature: sha256=…` is the HMAC (RFC 2104) of the body in hexadecimal; the hub chooses the hash. Source: WebSub,
/// section 7.
struct HubSignature: Sendable {
    private let key: SymmetricKey

    init(secret: String) { key = SymmetricKey(data: Data(secret.utf8)) }

    /// Whether a header is the signature of a body; takes the same time wherever the first difference lies.
    ///
    /// - Returns: false also for no header and for a hash that is not known.
    func signs(_ body: [UInt8], as header: String?) -> Bool {
        let parts = (header ?? "").split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let claim = Self.bytes(parts[1].utf8) else { return false }
        return switch parts[0].trimmingCharacters(in: .whitespaces).lowercased() {
        case "sha1": HMAC<Insecure.SHA1>.isValidAuthenticationCode(claim, authenticating: body, using: key)
        case "sha256": HMAC<SHA256>.isValidAuthenticationCode(claim, authenticating: body, using: key)
        case "sha384": HMAC<SHA384>.isValidAuthenticationCode(claim, authenticating: body, using: key)
        case "sha512": HMAC<SHA512>.isValidAuthenticationCode(claim, authenticating: body, using: key)
        default: false
        }
    }

    private static func bytes(_ text: Substring.UTF8View) -> [UInt8]? {
        let digits = text.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map(UInt8.init) }
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
