import CXML

/// Makes texts that only look like XML readable as such, before a strict parser sees them.
enum XMLMending {
    /// The text without document type declaration and forbidden characters, every reference in it known.
    ///
    /// - Complexity: O(length).
    static func mended(_ text: String) -> String {
        let bytes = Array(withoutControls(text).utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        // Nothing may stand before an XML declaration, yet blank lines often do.
        var at = bytes.firstIndex { !isSpace($0) } ?? bytes.count
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "<"): at = copyMarkup(bytes, at, &result)
            case UInt8(ascii: "&"): at = copyReference(bytes, at, &result)
            default:
                result.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text without the characters that XML 1.0 does not allow (section 2.2).
    static func withoutControls(_ text: String) -> String {
        let isForbidden: (Unicode.Scalar) -> Bool = { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: false
            default: true
            }
        }
        guard text.unicodeScalars.contains(where: isForbidden) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isForbidden($0) }))
    }

    /// Copies what begins with `<`; sections and comments unchanged, declarations not at all.
    private static func copyMarkup(_ bytes: [UInt8], _ start: Int, _ result: inout [UInt8]) -> Int {
        for (opening, closing) in [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")]
        where starts(bytes, start, with: opening) {
            let end = find(closing, bytes, start + opening.utf8.count).map { $0 + closing.utf8.count }
            if opening == "<![CDATA[" {
                result += bytes[start..<(end ?? bytes.count)]
                if end == nil { result += Array(closing.utf8) }
            } else if opening == "<?", end == nil {
                return start + 2
            }
            // A declaration names an encoding that the text no longer has; comments say nothing.
            return end ?? bytes.count
        }
        if starts(bytes, start, with: "<!") { return endOfDeclaration(bytes, start) }
        result.append(bytes[start])
        return start + 1
    }

    /// The place behind a declaration such as `<!DOCTYPE … [ … ]>`.
    private static func endOfDeclaration(_ bytes: [UInt8], _ start: Int) -> Int {
        var depth = 0
        var quote: UInt8?
        var at = start
        while at < bytes.count {
            if quote == nil, starts(bytes, at, with: "<!--") {
                at = find("-->", bytes, at + 4).map { $0 + 3 } ?? bytes.count
                continue
            }
            let byte = bytes[at]
            at += 1
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">"):
                depth -= 1
                if depth <= 0 { return at }
            default: break
            }
        }
        // A quotation mark without its pair must not swallow the file.
        return bytes[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
    }

    /// Copies a reference that XML knows, resolves one that HTML knows, and keeps any other ampersand as a character.
    private static func copyReference(_ bytes: [UInt8], _ start: Int, _ result: inout [UInt8]) -> Int {
        let name = bytes[(start + 1)...].prefix(33).prefix { $0 != UInt8(ascii: ";") && !isSpace($0) }
        let end = name.endIndex
        let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: ";") && !name.isEmpty
        let text = String(decoding: name, as: UTF8.self)
        if isClosed, text.first == "#" {
            guard let scalar = NamedCharacter.numbered(text.dropFirst()) else { return end + 1 }
            result += Array("&#\(scalar.value);".utf8)
            return end + 1
        }
        if isClosed, ["amp", "lt", "gt", "quot", "apos"].contains(text) {
            result += bytes[start...end]
            return end + 1
        }
        if isClosed, let scalar = NamedCharacter.named(text) {
            result += Array(String(scalar).utf8)
            return end + 1
        }
        result += Array("&amp;".utf8)
        return start + 1
    }

    private static func starts(_ bytes: [UInt8], _ at: Int, with text: String) -> Bool {
        bytes[at...].starts(with: text.utf8)
    }

    private static func find(_ text: String, _ bytes: [UInt8], _ from: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard from <= bytes.count - wanted.count else { return nil }
        return (from...(bytes.count - wanted.count)).first {
            bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// Characters by the names and numbers that references give them.
public enum NamedCharacter {
    /// The character that HTML 4 gives a name to, such as `nbsp`; nil for an unknown name.
    public static func named(_ name: String) -> Unicode.Scalar? {
        if name == "apos" { return "'" }
        guard let found = htmlEntityLookup(name) else { return nil }
        return Unicode.Scalar(found.pointee.value)
    }

    /// The character of a reference's number, decimal or `x` and hexadecimal; nil where XML allows none.
    ///
    /// Numbers from 128 to 159 mean what Windows-1252 has there, as in browsers (HTML Living Standard, 13.2.5.5).
    public static func numbered(_ digits: Substring) -> Unicode.Scalar? {
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        guard let value = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
        else { return nil }
        if (0x80...0x9F).contains(value) {
            return Unicode.Scalar(CharacterEncoding.windows1252[Int(value) - 0x80])
        }
        guard value >= 0x20 || value == 0x09 || value == 0x0A || value == 0x0D else { return nil }
        return Unicode.Scalar(value)
    }
}
