/// Takes the signs of Markdown out of a text: emphasis, code, links, images, simple HTML.
struct InlineMarkup: Sendable {
    /// The text without its signs.
    ///
    /// - Complexity: O(length).
    func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.signs.contains($0) }) else { return text }
        let source = Array(text)
        var result = ""
        var at = 0
        // The next place of each closing sign, kept so that many opening ones do not each look through the rest.
        var places: [Character: Int] = [:]
        func find(_ sign: Character, from start: Int) -> Int? {
            if let known = places[sign], known >= start { return known < source.count ? known : nil }
            let found = start < source.count ? source[start...].firstIndex(of: sign) : nil
            places[sign] = found ?? source.count
            return found
        }
        while at < source.count {
            let character = source[at]
            let next = at + 1 < source.count ? source[at + 1] : " "
            switch character {
            case "\\" where next.isPunctuation || next.isSymbol:
                result.append(next)
                at += 2
            case "!" where next == "[":
                // An image shows nothing here.
                if let link = link(in: source, from: at + 1, find: find) { at = link.end } else { at += 1 }
            case "[":
                if let link = link(in: source, from: at, find: find) {
                    result += plain(link.text)
                    at = link.end
                } else {
                    result.append(character)
                    at += 1
                }
            case "<":
                if next.isLetter || next == "/" || next == "!", let end = find(">", from: at), end - at < 500
                {
                    let inner = String(source[(at + 1)..<end])
                    if inner.hasPrefix("http") {
                        result += inner
                    } else if inner.hasPrefix("br") {
                        result += " "
                    }
                    at = end + 1
                } else {
                    result.append(character)
                    at += 1
                }
            case "*", "`": at += isLoose(source, at) ? keep(character, in: &result) : 1
            case "~" where next == "~": at += 2
            case "_":
                let before = at > 0 ? source[at - 1] : " "
                let isInside = (before.isLetter || before.isNumber) && (next.isLetter || next.isNumber)
                at += isInside ? keep(character, in: &result) : 1
            default: at += keep(character, in: &result)
            }
        }
        return result.trimming(" ")
    }

    /// The bold words that a text begins with, and what follows them.
    func leadingBold(_ text: String) -> (bold: String, rest: Substring)? {
        for sign in ["**", "__"] where text.hasPrefix(sign) {
            let inner = text.dropFirst(2)
            guard let end = inner.firstRange(of: sign), end.lowerBound > inner.startIndex else { continue }
            return (String(inner[..<end.lowerBound]), inner[end.upperBound...])
        }
        return nil
    }

    /// The level and text of a heading such as `## Analysis`; nil for other lines.
    static func heading(_ line: String) -> (level: Int, text: String)? {
        let signs = line.prefix { $0 == "#" }
        let rest = line[signs.endIndex...]
        guard (1...6).contains(signs.count), rest.first?.isWhitespace ?? false else { return nil }
        let text = InlineMarkup().plain(String(rest).trimming(" #"))
        return text.isEmpty ? nil : (signs.count, text)
    }

    private func keep(_ character: Character, in result: inout String) -> Int {
        result.append(character)
        return 1
    }

    /// Whether a star stands between spaces or digits: 3 * 4, 3*4.
    private func isLoose(_ source: [Character], _ at: Int) -> Bool {
        guard source[at] == "*" else { return false }
        let before = at > 0 ? source[at - 1] : " "
        let after = at + 1 < source.count ? source[at + 1] : " "
        return before.isWhitespace && after.isWhitespace || before.isNumber && after.isNumber
    }

    /// The text and end of `[text](target)` or `[text][reference]`.
    private func link(
        in source: [Character], from start: Int, find: (Character, Int) -> Int?
    ) -> (text: String, end: Int)? {
        guard let close = find("]", start), close - start < 1000, close + 1 < source.count else { return nil }
        let closer: Character? = source[close + 1] == "(" ? ")" : source[close + 1] == "[" ? "]" : nil
        guard let closer, let end = find(closer, close + 1), end - close < 2000 else { return nil }
        // Signs inside the text of a link are taken out with it; brackets there would begin another link.
        let text = source[(start + 1)..<close].filter { $0 != "[" }
        return (String(text), end + 1)
    }

    private static let signs = Set("\\![]<>*`~_".utf8)
}
