import Text

/// What stands under a post and is no news: a link, the slogan of the channel, hashtags.
struct PostTail: Sendable {
    private(set) var url: String?
    private(set) var tagline: String?
    /// The number of lines that are left for the text.
    private(set) var textEnd: Int

    /// Takes the tail off the lines of a post, from the last one upwards.
    ///
    /// A last paragraph must not be eaten: a slogan is one short line that repeats the channel's name or the beginning of
    /// it, or parts two phrases by an upright bar.
    ///
    /// - Parameters:
    ///   - lines: the text below the headline.
    ///   - source: the channel, where it is named.
    ///   - isPost: whether the text is a post; of other texts only a line with the channel's name is a slogan.
    init(_ lines: ArraySlice<SourceText.Line>, source: String?, isPost: Bool = true) {
        textEnd = lines.endIndex
        var slogans: [String] = []
        var at = lines.endIndex
        while at > lines.startIndex {
            let line = lines[at - 1]
            let isApart = at - 1 == lines.startIndex || lines[at - 2].isBlank
            if line.isBlank || SectionReader.isRule(line.text) {
                at -= 1
                continue
            } else if let found = Self.link(line.text), url == nil {
                url = found
            } else if Self.isTags(line.text) || Self.isReactions(line.text)
                || Self.isSlogan(line.text, of: source, isApart: isApart, isPost: isPost)
            {
                slogans.append(line.text)
            } else {
                break
            }
            at -= 1
            textEnd = at
        }
        tagline = slogans.isEmpty ? nil : slogans.reversed().joined(separator: "\n")
        // A link that stands by itself between the paragraphs leads to the post as well.
        for line in lines[..<textEnd] where url == nil { url = Self.link(line.text) }
    }

    /// The address that a line consists of, with or without a word such as `Link:` before it.
    static func link(_ line: String) -> String? {
        guard line.utf8.count <= 2100, mayHoldAddress(line) else { return nil }
        var text = line[...]
        if let colon = line.prefix(24).firstIndex(where: { $0 == ":" || $0 == "：" }) {
            let label = Folding.fold(String(line[..<colon])).trimming("🔗👉📎*_[ ")
            if labels.contains(label) { text = line[line.index(after: colon)...] }
        }
        var address = String(text).trimming("🔗👉📎▶➡️*_<> ")
        if address.hasPrefix("["), address.hasSuffix(")"), let middle = address.firstRange(of: "](") {
            address = String(address[middle.upperBound...].dropLast())
        }
        guard !address.contains(where: \.isWhitespace) else { return nil }
        let lower = address.prefix(12).lowercased()
        if lower.hasPrefix("https://") || lower.hasPrefix("http://") {
            return address.count > 10 ? address : nil
        }
        let isBare = lower.hasPrefix("t.me/") || lower.hasPrefix("www.")
        return isBare && address.count > 6 ? "https://" + address : nil
    }

    /// Whether a line holds a slash or two w, without which it is no address.
    private static func mayHoldAddress(_ line: String) -> Bool {
        var line = line
        return line.withUTF8 { $0.holdsSlash(orPairOf: UInt8(ascii: "w")) }
    }

    static func isTags(_ line: String) -> Bool {
        // ＃ begins with EF.
        guard line.utf8.count <= 400, let first = line.utf8.first,
            first == UInt8(ascii: "#") || first == 0xEF, line.hasPrefix("#") || line.hasPrefix("＃")
        else { return false }
        return line.split(whereSeparator: \.isWhitespace).allSatisfy { word in
            (word.hasPrefix("#") || word.hasPrefix("＃")) && word.dropFirst().contains(where: \.isLetter)
        }
    }

    /// Whether a line is the slogan of a channel.
    static func isSlogan(_ line: String, of source: String?, isApart: Bool, isPost: Bool = true) -> Bool {
        guard line.utf8.count <= 360, isShort(line, 120), line.contains(where: \.isLetter)
        else { return false }
        let name = source.map(key) ?? ""
        guard let (head, separator) = head(of: line) else {
            guard mayBegin(line, with: name) else { return false }
            let words = key(line)
            if !name.isEmpty, words == name { return true }
            let isName = !name.isEmpty && isApart && words.hasPrefix(name) && line.count <= name.count + 40
            return isName && !Prose.endsSentence(line) && ListMarker(line)?.kind != .number
        }
        let repeats = !name.isEmpty && isNamed(key(head), name)
        if repeats { return separator.contains("|") || separator.contains("｜") || !isLong(line) }
        guard isPost, isApart, !Prose.endsSentence(line), line.count <= 80 else { return false }
        if separator.contains("|") || separator.contains("｜") { return true }
        // Where no channel line tells the name, a last line of the form “Name - slogan” does.
        let isDash = [" - ", " – ", " — "].contains(separator)
        return source == nil && isDash && head.split(separator: " ").count <= 3
            && head.first?.isLowercase != true
            && ListMarker(line) == nil
    }

    /// Whether a line has no more characters than these.
    ///
    /// Each of ASCII is one, unless one before joins it, so that the bytes tell it of most lines.
    private static func isShort(_ line: String, _ most: Int) -> Bool {
        if line.utf8.count <= most { return true }
        var line = line
        let least = line.withUTF8 { $0.reduce(0) { $0 + ($1 < 0x80 ? 1 : -1) } }
        return least <= most && line.count <= most
    }

    /// Whether the folded letters of a line may begin with a name; most lines begin with another letter of ASCII.
    private static func mayBegin(_ line: String, with name: String) -> Bool {
        guard let first = line.utf8.first, (first | 0x20) &- 0x61 < 26 else { return true }
        return first | 0x20 == name.utf8.first
    }

    /// Whether a line counts reactions and says nothing, such as `👍 12 ❤ 3`.
    static func isReactions(_ line: String) -> Bool {
        guard line.utf8.count <= 200, !line.contains(where: \.isLetter), ListMarker(line) == nil else {
            return false
        }
        return line.unicodeScalars.contains { $0.value >= 0x2600 && $0.properties.isEmoji }
    }

    /// The phrase before the separator of a slogan such as `Harbour Wire - News that comes in with the tide`.
    static func head(of line: String) -> (head: Substring, separator: String)? {
        // Most lines have none of the signs that separators are made of.
        guard line.utf8.contains(where: { signs[Int($0)] }) else { return nil }
        let found = separators.compactMap { separator in
            line.firstRange(of: separator).map { ($0, separator) }
        }
        .min { $0.0.lowerBound < $1.0.lowerBound }
        guard let (range, separator) = found, range.lowerBound > line.startIndex else { return nil }
        return (line[..<range.lowerBound], separator)
    }

    /// More than one sentence is a paragraph.
    private static func isLong(_ line: String) -> Bool { SentenceSplitter.sentences(in: line).count > 1 }

    /// Whether a phrase is the channel's name, its beginning, or the name with more behind it.
    private static func isNamed(_ phrase: String, _ name: String) -> Bool {
        guard !phrase.isEmpty else { return false }
        if phrase == name { return true }
        if name.hasPrefix(phrase) { return phrase.count >= 2 && phrase.count * 3 >= name.count }
        return name.count >= 3 && phrase.hasPrefix(name) && phrase.count <= name.count + 12
    }

    /// The folded letters and digits of a name: `Pandora Tech` and `PandoraTech` are one.
    static func key(_ text: some StringProtocol) -> String {
        Folding.fold(String(text)).filter { $0.isLetter || $0.isNumber }
    }

    private static let separators = [
        " - ", " – ", " — ", "｜", " | ", "|", "——", "：", ": ", " · ", "－", " ~ ",
    ]
    /// Whether a byte is the last one of the sign of a separator; of other characters as well.
    private static let signs: [Bool] = {
        var signs = [Bool](repeating: false, count: 256)
        for separator in separators {
            let sign = separator.unicodeScalars.first { $0 != " " }
            if let last = sign.flatMap({ String($0).utf8.last }) { signs[Int(last)] = true }
        }
        return signs
    }()
    private static let labels: Set<String> = Set(
        [
            "link", "url", "source", "original", "original post", "read more", "more", "full story", "post",
            "via",
            "連結", "鏈接", "来源", "來源", "原文", "原文連結", "出處", "閱讀全文", "全文", "quelle", "lien", "enlace", "リンク", "出典",
        ].map(Folding.fold))
}
