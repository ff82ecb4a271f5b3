import Crypto
import Foundation

/// What a platform proves itself with: one secret, or two while one replaces the other.
///
/// Comparisons take the same time wherever the first difference lies and however long the two are.
public struct ChannelSecret: Sendable {
    private let values: [[UInt8]]

    /// - Parameter values: the secrets that are accepted; nil without one that has any characters, because a platform
    ///   without a secret is off.
    public init?(_ values: [String]) {
        let values = values.map { Array($0.utf8) }.filter { !$0.isEmpty }
        guard !values.isEmpty else { return nil }
        self.values = values
    }

    /// Whether the claim is one of the secrets, byte for byte.
    func matches(_ claim: String) -> Bool {
        // Every secret is compared, so that the time does not tell which of them it was.
        values.reduce(false) { Self.areEqual($1, Array(claim.utf8)) || $0 }
    }

    /// Whether the claim is the code of the message parts under one of the secrets, as the platform writes it.
    func signs(_ parts: [[UInt8]], as claim: String, written: (HMAC<SHA256>.MAC) -> String) -> Bool {
        values.reduce(false) { found, secret in
            var code = HMAC<SHA256>(key: SymmetricKey(data: secret))
            for part in parts { code.update(data: part) }
            return Self.areEqual(Array(written(code.finalize()).utf8), Array(claim.utf8)) || found
        }
    }

    /// Compares codes of the two under a key that nobody knows: what time they leak is of no use.
    private static func areEqual(_ expected: [UInt8], _ claim: [UInt8]) -> Bool {
        let key = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: expected, using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: claim, using: key)
    }
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef")

    /// Two small digits for every byte.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The bytes of an even number of digits in either case; nil of anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        let values = text.utf8.map { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        guard values.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: values.count, by: 2) {
            guard let high = values[index], let low = values[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
