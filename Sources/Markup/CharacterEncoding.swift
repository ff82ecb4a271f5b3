import Glibc

/// Makes text of bytes whose declarations of their encoding may be wrong.
public enum CharacterEncoding {
    /// The text of the bytes of a feed or page.
    ///
    /// In this order: a byte order mark or the zero bytes of UTF-16 and UTF-32; UTF-8 that is valid and shows it by a
    /// character beyond ASCII; the encodings that the outside (a header) and the text itself (an XML declaration, a
    /// `meta` element) declare; Windows-1252, which gives every byte a meaning. `ISO-8859-1` is read as Windows-1252 and
    /// `GB2312` as GB18030, as browsers do (WHATWG Encoding, 4.2).
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - declared: the encoding that a header names, if one does.
    /// - Returns: the text; total, what has no meaning becomes U+FFFD.
    /// - Complexity: O(length).
    public static func text(of bytes: [UInt8], declared: String? = nil) -> String {
        if let (name, mark) = wide(bytes) {
            return converted(Array(bytes[mark...]), from: name) ?? String(decoding: bytes, as: UTF8.self)
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
        let isASCII = content.allSatisfy { $0 < 0x80 }
        // Escape sequences make other characters of ASCII bytes, but only under this one encoding.
        let names = [declared, inner(content)].compactMap { $0.flatMap(known) }
        if isASCII, !names.contains(where: { $0.hasPrefix("iso-2022") }) {
            return String(decoding: content, as: UTF8.self)
        }
        if !isASCII, let text = String(validating: content, as: UTF8.self) { return text }
        for name in names where name != "utf-8" {
            if let text = converted(content, from: name) { return text }
        }
        // Where UTF-8 was meant, a stray byte must not turn all the rest into other characters.
        if names.contains("utf-8"), isMostlyUTF8(content) { return String(decoding: content, as: UTF8.self) }
        return converted(content, from: "windows-1252") ?? String(decoding: content, as: UTF8.self)
    }

    /// The encoding that a `Content-Type` names, such as `text/xml; charset=utf-8`.
    public static func charset(inContentType value: String) -> String? {
        guard let range = value.lowercased().firstRange(of: "charset=") else { return nil }
        let rest = value.lowercased()[range.upperBound...]
        let name = rest.prefix { $0 != ";" && $0 != "," }.filter {
            $0 != "\"" && $0 != "'" && !$0.isWhitespace
        }
        return name.isEmpty ? nil : String(name)
    }

    /// What Windows-1252 makes of the bytes from 0x80 to 0x9F; those without a meaning stay controls.
    static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
        0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// The encoding of several bytes a character that the bytes give away, and where the text begins.
    private static func wide(_ bytes: [UInt8]) -> (name: String, start: Int)? {
        let marks: [(name: String, mark: [UInt8])] = [
            ("utf-32le", [0xFF, 0xFE, 0, 0]), ("utf-32be", [0, 0, 0xFE, 0xFF]),
            ("utf-16le", [0xFF, 0xFE]), ("utf-16be", [0xFE, 0xFF]),
        ]
        for (name, mark) in marks where bytes.starts(with: mark) { return (name, mark.count) }
        // Every such text begins with a "<" or a "{" (XML 1.0, appendix F).
        let shapes: [(name: String, zeros: [Bool])] = [
            ("utf-32le", [false, true, true, true]), ("utf-32be", [true, true, true, false]),
            ("utf-16le", [false, true, false, true]), ("utf-16be", [true, false, true, false]),
        ]
        guard bytes.count >= 4 else { return nil }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        return shapes.first { $0.zeros == zeros }.map { ($0.name, 0) }
    }

    /// The encoding that the first bytes declare, in an XML declaration or in a `meta` element.
    private static func inner(_ bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
            .lowercased()
        if let declaration = head.firstRange(of: "<?xml"),
            let end = head[declaration.upperBound...].firstIndex(of: ">"),
            let place = head[declaration.upperBound..<end].firstRange(of: "encoding")
        {
            let rest = head[place.upperBound..<end].drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
            return String(rest.prefix { $0 != "\"" && $0 != "'" && $0 != "?" && $0 != " " })
        }
        guard let place = head.firstRange(of: "charset=") else { return nil }
        let rest = head[place.upperBound...].drop { $0 == "\"" || $0 == "'" }
        return String(rest.prefix { $0.isLetter || $0.isNumber || "-_:.".contains($0) })
    }

    /// The name under which an encoding is looked up; nil for what is no name.
    private static func known(_ name: String) -> String? {
        let name = name.lowercased()
        guard !name.isEmpty, name.count < 40,
            name.utf8.allSatisfy({
                0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x2D || $0 == 0x5F || $0 == 0x3A
            })
        else { return nil }
        return switch name {
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso_8859-1": "windows-1252"
        case "gb2312", "gbk", "gb_2312-80", "x-gbk": "gb18030"
        case "big5": "big5-hkscs"
        case "shift_jis", "shift-jis", "sjis", "x-sjis": "cp932"
        case "ks_c_5601-1987", "euc-kr": "uhc"
        case "iso-8859-9": "windows-1254"
        case "utf8": "utf-8"
        // A text that was found to have one byte a character cannot be one of these.
        case "utf-16", "utf-32", "ucs-2", "ucs-4", "utf-16le", "utf-16be": nil
        default: name
        }
    }

    /// The text of the bytes in an encoding; nil where they are not valid in it, or it is not known.
    private static func converted(_ bytes: [UInt8], from name: String) -> String? {
        if name == "windows-1252" {
            var scalars = String.UnicodeScalarView()
            for byte in bytes {
                let value = 0x80...0x9F ~= byte ? windows1252[Int(byte) - 0x80] : UInt32(byte)
                scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            return String(scalars)
        }
        guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
            return nil
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No character of the encodings that are left takes more than four bytes where it took one.
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var left = input.count
        var free = output.count
        let capacity = free
        let isWhole = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                guard iconv(converter, &from, &left, &to, &free) != -1 else { return false }
                return iconv(converter, nil, nil, &to, &free) != -1
            }
        }
        guard isWhole, left == 0 else { return nil }
        return String(decoding: output[..<(capacity - free)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether more of the bytes beyond ASCII belong to valid UTF-8 than do not.
    private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let bad = text.count { $0 == "\u{FFFD}" }
        let good = text.count { $0.value >= 0x80 && $0 != "\u{FFFD}" }
        return good > bad
    }
}
