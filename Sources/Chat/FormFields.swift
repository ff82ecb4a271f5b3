import Foundation

/// The fields of an `application/x-www-form-urlencoded` body (WHATWG URL, 5.1); of equal names the first counts.
struct FormFields {
    private let fields: [String: String]

    init(_ body: [UInt8]) {
        let pairs = body.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
        fields = Dictionary(pairs) { first, _ in first }
    }

    subscript(_ name: String) -> String? { fields[name] }

    /// A percent sign that no two digits follow stands for itself.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let code = Hexadecimal.bytes(String(decoding: bytes[index + 1...index + 2], as: UTF8.self))?
                    .first
            {
                out.append(code)
                index += 3
            } else {
                out.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
