/// What a scalar is to the analyzer.
enum ScalarClass: UInt8 {
    case other, letter, digit, mark, ideograph

    /// The class of a scalar.
    @inline(__always)
    static func of(_ value: UInt32) -> ScalarClass {
        if value < 0x80 {
            if value | 0x20 >= 0x61, value | 0x20 <= 0x7A { return .letter }
            return value >= 0x30 && value <= 0x39 ? .digit : .other
        }
        return ofWide(value)
    }

    private static func ofWide(_ value: UInt32) -> ScalarClass {
        // Quotation marks and dashes stand in most texts.
        if value &- 0x2000 < 0x70 { return .other }
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC,
            0xAC00...0xD7A3, 0x20000...0x3134F, 0x3005, 0xFF66...0xFF9D:
            return .ideograph
        case 0xFF10...0xFF19: return .digit
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x370...0x373,
            0x376...0x377,
            0x386, 0x388...0x3FF, 0x400...0x481, 0x48A...0x52F:
            return .letter
        case 0x300...0x36F: return .mark
        case 0x2000...0x206F, 0x2190...0x2BFF, 0x3000...0x303F, 0xFE00...0xFE0F, 0xFF00...0xFF65,
            0x1F000...0x1FAFF,
            0xA0...0xBF:
            return value == 0xAA || value == 0xB5 || value == 0xBA ? .letter : .other
        default:
            guard let scalar = Unicode.Scalar(value) else { return .other }
            let properties = scalar.properties
            if properties.isAlphabetic { return .letter }
            if properties.numericType == .decimal { return .digit }
            return properties.generalCategory == .nonspacingMark ? .mark : .other
        }
    }
}
