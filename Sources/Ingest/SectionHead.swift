import Text

/// A line that begins the analysis or the outlook of a post.
struct SectionHead: Sendable, Hashable {
    enum Kind { case analysis, outlook }

    var kind: Kind
    /// What the same line goes on to say; empty where the head stands alone.
    var rest: String
    /// Whether emoji, brackets or other signs mark the line as a head.
    var isMarked: Bool

    /// The head that a line is; nil for all other lines.
    init?(_ line: String) {
        guard Self.mayBe(line) else { return nil }
        guard let start = line.firstIndex(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let lead = line[..<start]
        let (label, rest, isEnclosed) = Self.parts(line[start...], lead: lead)
        let isMarked = isEnclosed || lead.contains { !$0.isWhitespace }
        guard label.utf8.count <= Self.longestLabel,
            Self.wordCount(label) <= Self.mostWords,
            let kind = Self.kind(label, isAlone: rest.isEmpty, isMarked: isMarked)
        else {
            return nil
        }
        self.kind = kind
        self.rest = rest
        self.isMarked = isMarked
    }

    /// No label ends beyond so many bytes.
    private static let reach = 240
    /// No label is longer, in bytes.
    private static let longestLabel = 90

    /// No label has so many words, with numbers before and behind them.
    private static let mostWords = 8

    /// How many words spaces part; signs at the end may be cut off a label, and make none.
    private static func wordCount(_ line: UnsafeBufferPointer<UInt8>) -> Int {
        var (count, isInside) = (0, false)
        for byte in line {
            let isSign = byte < 0x80 && (byte | 0x20) &- 0x61 >= 26 && byte &- 0x30 >= 10
            if !isSign, !isInside { count += 1 }
            isInside = byte != 0x20 && (isInside || !isSign)
        }
        return count
    }

    /// How many words spaces part.
    private static func wordCount(_ label: Substring) -> Int {
        var (count, isInside) = (0, false)
        for byte in label.utf8 {
            if byte != 0x20, !isInside { count += 1 }
            isInside = byte != 0x20
        }
        return count
    }

    /// Whether a line may be a head: most begin with a letter of ASCII, are long, and hold nothing that could end a label
    /// where one may end.
    private static func mayBe(_ line: String) -> Bool {
        var line = line
        return line.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            guard (first | 0x20) &- 0x61 < 26 || first &- 0x30 < 10 else { return true }
            return UnsafeBufferPointer(rebasing: bytes.prefix(reach)).mayHoldColonOrDash()
                || mayBeLabel(bytes, last) && wordCount(bytes) <= mostWords
        }
    }

    /// Whether all of a line may be a label: it is short enough, or ends in signs that are cut off.
    private static func mayBeLabel(_ line: UnsafeBufferPointer<UInt8>, _ last: UInt8) -> Bool {
        guard line.count > longestLabel else { return true }
        guard line.count <= reach else { return false }
        let isKept = (last | 0x20) &- 0x61 < 26 || last == UInt8(ascii: ".") || last == UInt8(ascii: "?")
        return !isKept
    }

    /// The label before a colon, a dash or the closing bracket, and what follows.
    private static func parts(_ line: Substring, lead: Substring) -> (label: Substring, rest: String, Bool) {
        if let opener = lead.last(where: { closers[$0] != nil }), let closer = closers[opener],
            let end = line.firstIndex(of: closer)
        {
            return (trimmed(line[..<end]), trimmedRest(line[line.index(after: end)...]), true)
        }
        let window = line.prefix(60)
        if let colon = window.firstIndex(where: { $0 == ":" || $0 == "：" }) {
            return (trimmed(line[..<colon]), trimmedRest(line[line.index(after: colon)...]), false)
        }
        guard window.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == 0xE2 }) else {
            return (trimmed(line), "", false)
        }
        for dash in [" - ", " – ", " — "] {
            if let found = window.firstRange(of: dash) {
                return (trimmed(line[..<found.lowerBound]), trimmedRest(line[found.upperBound...]), false)
            }
        }
        return (trimmed(line), "", false)
    }

    private static func kind(_ label: Substring, isAlone: Bool, isMarked: Bool) -> Kind? {
        var words = Folding.fold(String(label)).split(whereSeparator: \.isWhitespace).map(String.init)
        // Analysis 2, 分析（二）
        if words.count > 1, let last = words.last, ordinals.contains(last.trimming("()（）.#")) {
            words.removeLast()
        }
        if words.count > 1, let first = words.first, enumerators.contains(first) { words.removeFirst() }
        var name = words.joined(separator: " ")
        for ordinal in ["(一)", "(二)", "(三)", "一", "二", "三", "1", "2", "3", "(1)", "(2)", "(3)"]
        where name.hasSuffix(ordinal) && name.first.map({ !$0.isASCII }) == true {
            name = String(name.dropLast(ordinal.count))
            break
        }
        if outlooks.contains(name) { return .outlook }
        if analyses.contains(name) { return .analysis }
        // “Market analysis”, “深度分析”: only where the line says nothing else and is built like a head.
        guard isAlone, let last = name.last, last.isLetter else { return nil }
        let isNamed =
            words.count <= 4 && analyses.contains { name.hasSuffix(" " + $0) && $0.first?.isASCII == true }
        if isNamed, label.first?.isUppercase == true { return .analysis }
        if name.hasSuffix("分析"), name.count <= 8, !name.contains("的") || isMarked { return .analysis }
        if isMarked, words.count <= 5, words.first == "analysis" { return .analysis }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        // Stops stay: “…, says the analysis.” is the end of a sentence, not a head.
        while let last = text.last, !last.isLetter, !last.isNumber, !".。!！?？,，;；)）…\"”」".contains(last) {
            text.removeLast()
        }
        return text
    }

    private static func trimmedRest(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace || "*_:：-–—".contains($0) })
    }

    private static let closers: [Character: Character] = [
        "【": "】", "[": "]", "［": "］", "「": "」", "〔": "〕", "《": "》",
    ]
    private static let ordinals: Set<String> = [
        "1", "2", "3", "4", "5", "i", "ii", "iii", "one", "two", "three", "一", "二", "三",
    ]
    private static let enumerators: Set<String> = ["first", "second", "third", "further", "another"]

    private static let analyses = folded([
        "analysis", "our analysis", "analysis and outlook", "analysis & outlook", "in-depth analysis",
        "commentary",
        "our view", "our take", "our reading", "editorial", "opinion",
        "分析", "我們的分析", "本台分析", "深度分析", "解析", "深度解析", "評析", "點評", "短評", "評論", "觀點", "解讀", "分析與展望",
        "考察", "解説", "분석", "해설", "analyse", "unsere analyse", "einordnung", "notre analyse", "análisis",
        "nuestro análisis", "analisi", "la nostra analisi", "análise", "nossa análise", "onze analyse",
        "анализ", "наш анализ",
        "аналитика",
    ])
    private static let outlooks = folded([
        "outlook", "our outlook", "looking ahead", "what's next", "what’s next", "what comes next",
        "conclusion",
        "展望", "未來展望", "後市展望", "前景展望", "前景", "前瞻", "結論", "總結", "小結", "結語", "今後の展望", "まとめ", "전망", "결론",
        "ausblick", "fazit", "perspectives", "conclusión", "perspectivas", "prospettive", "conclusioni",
        "conclusão",
        "vooruitblik", "vooruitzichten", "прогноз", "перспективы", "итог",
    ])

    private static func folded(_ names: [String]) -> Set<String> { Set(names.map(Folding.fold)) }
}

extension String {
    /// The text without the given characters at its ends.
    func trimming(_ characters: String) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
