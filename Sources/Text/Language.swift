/// A language that articles are analysed and answered in; the raw value is its BCP 47 tag.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// Chinese in traditional characters.
    case traditionalChinese = "zh-Hant"
    /// Chinese in simplified characters.
    case simplifiedChinese = "zh-Hans"
    /// Japanese.
    case japanese = "ja"
    /// Korean.
    case korean = "ko"
    /// German.
    case german = "de"
    /// French.
    case french = "fr"
    /// Spanish.
    case spanish = "es"
    /// Italian.
    case italian = "it"
    /// Portuguese.
    case portuguese = "pt"
    /// Dutch.
    case dutch = "nl"
    /// Swedish.
    case swedish = "sv"
    /// Russian.
    case russian = "ru"
    /// Arabic.
    case arabic = "ar"
    /// Not known: analysed without stemming.
    case undetermined = "und"

    /// The language of a tag as people and programs write it, such as `EN-us`, `zh_TW` or `zh`; nil if unknown.
    ///
    /// `zh` alone is taken as simplified, as most software means it; a region or script decides otherwise.
    public init?(tag: String) {
        let parts = tag.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
        guard let first = parts.first else { return nil }
        switch first {
        case "zh", "cmn", "yue", "chi", "zho":
            let isTraditional = first == "yue" || parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
            self = isTraditional && !parts.contains("hans") ? .traditionalChinese : .simplifiedChinese
        case "jp", "jpn": self = .japanese
        case "kr", "kor": self = .korean
        case "eng": self = .english
        case "ger", "deu": self = .german
        case "fre", "fra": self = .french
        case "spa": self = .spanish
        case "ita": self = .italian
        case "por": self = .portuguese
        case "dut", "nld": self = .dutch
        case "swe": self = .swedish
        case "rus": self = .russian
        case "ara": self = .arabic
        default:
            guard let language = Language(rawValue: first) else { return nil }
            self = language
        }
    }

    /// Whether it is Chinese in either script.
    public var isChinese: Bool { self == .traditionalChinese || self == .simplifiedChinese }

    /// Whether it is written without spaces or in syllable blocks: Chinese, Japanese or Korean.
    public var isCJK: Bool { isChinese || self == .japanese || self == .korean }
}
