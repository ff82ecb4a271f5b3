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
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two small digits for every byte.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of an even number of digits in either case; nil of anything else.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in text.utf8 {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
