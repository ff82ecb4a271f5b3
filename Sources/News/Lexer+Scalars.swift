extension Lexer {
    /// The scalar at an offset and its length in bytes; a stray byte counts as itself.
    func scalar(_ index: Int) -> (UInt32, Int) {
        let first = bytes[index]
        func tail(_ offset: Int) -> UInt32 {
            index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
        }
        switch first {
        case ..<0xC0: return (UInt32(first), 1)
        case ..<0xE0: return (UInt32(first & 0x1F) << 6 | tail(1), 2)
        case ..<0xF0: return (UInt32(first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
        default: return (UInt32(first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
        }
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// The decimal digit that a scalar is, in ASCII or full width.
    static func digit(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x30...0x39: UInt8(scalar - 0x30)
        case 0xFF10...0xFF19: UInt8(scalar - 0xFF10)
        default: nil
        }
    }

    static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
            0xFEFF:
            true
        default: false
        }
    }

    static func isHan(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3007, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }

    static func isLetter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A: return true
        case ..<0xAA, 0x2000...0x2BFF, 0x3000...0x3040, 0xFF00...0xFF0F: return false
        default:
            guard let scalar = UnicodeScalar(scalar) else { return false }
            // A combining mark belongs to the letter before it.
            return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        }
    }

    /// The ASCII character that a mark stands for: full-width forms, dashes and tildes of all kinds.
    static func plain(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x2010...0x2015, 0x2212: 0x2D
        case 0x301C, 0x223C: 0x7E
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFEE0)
        default: nil
        }
    }
}
