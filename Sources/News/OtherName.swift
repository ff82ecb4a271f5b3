import Text

/// Two names that a text gives to the same person or thing: "Amazon Web Services (AWS)", 輝達（Nvidia）.
///
/// Those of a whole archive make a table of names in two languages, of abbreviations and of descriptions ("the maker of
/// ChatGPT") that nobody had to write.
public struct OtherName: Sendable, Hashable {
    /// One name, as written; of a Chinese run before a bracket, where it begins is a guess.
    public var name: String
    /// The other one, as written.
    public var other: String

    /// Two names of the same thing.
    public init(_ name: String, _ other: String) {
        (self.name, self.other) = (name, other)
    }

    /// The pairs of names in a text, in order, each once.
    ///
    /// A name in brackets belongs to the one before it where it is its abbreviation or written in another script; "also
    /// known as", "formerly", "the maker of" and the like join names that are capitalised.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String) -> [OtherName] {
        var found: [OtherName] = []
        func add(_ name: String, _ other: String) {
            let pair = OtherName(name, other)
            if !found.contains(pair) { found.append(pair) }
        }
        // Signs are looked for by bytes; only what stands around one is read as text.
        let bytes = Array(text.utf8)
        for at in bytes.indices {
            switch bytes[at] {
            case UInt8(ascii: "("): bracket(around(bytes, at, behind: at + 1), add)
            // （ is EF BC 88 in UTF-8.
            case 0x88 where at >= 2 && bytes[at - 1] == 0xBC && bytes[at - 2] == 0xEF:
                bracket(around(bytes, at - 2, behind: at + 1), add)
            case UInt8(ascii: ",") where isCue(bytes[(at + 1)...]):
                apposition(around(bytes, at, behind: at + 1), add)
            default: continue
            }
        }
        return found
    }

    /// Whether a text has a sign that two names might stand around.
    ///
    /// - Complexity: O(length), by bytes.
    public static func mayBe(in text: Substring) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            func isAnywhere(_ sign: UInt8, _ isMeant: (Int) -> Bool) -> Bool {
                var at = 0
                while let found = bytes.first(sign, from: at) {
                    if isMeant(found) { return true }
                    at = found + 1
                }
                return false
            }
            return isAnywhere(UInt8(ascii: "(")) { _ in true }
                || isAnywhere(UInt8(ascii: ",")) { isCue(bytes[($0 + 1)...]) }
                || isAnywhere(0x88) { $0 >= 2 && bytes[$0 - 1] == 0xBC && bytes[$0 - 2] == 0xEF }
        } ?? true
    }

    private typealias Surroundings = (before: String, behind: String)

    /// What stands before and behind a sign, as far as it can matter.
    private static func around(_ bytes: [UInt8], _ at: Int, behind: Int) -> Surroundings {
        func isWhole(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
        var start = max(0, at - reach)
        while start < at, !isWhole(bytes[start]) { start += 1 }
        var end = min(bytes.count, behind + reach)
        while end < bytes.count, end > behind, !isWhole(bytes[end]) { end -= 1 }
        return (
            String(decoding: bytes[start..<at], as: UTF8.self),
            String(decoding: bytes[behind..<end], as: UTF8.self)
        )
    }

    private static let reach = 160

    private static func bracket(_ place: Surroundings, _ add: (String, String) -> Void) {
        let inside = place.behind.prefix(longestInside)
        guard let close = inside.firstIndex(where: { $0 == ")" || $0 == "）" }) else { return }
        let inner = String(inside[..<close]).trimmed
        if isLatinName(inner) {
            let run = hanRun(place.before)
            if run.count >= 2 {
                add(run, inner)
            } else if let full = expansion(of: inner, before: lastWords(place.before)) {
                add(full, inner)
            }
        } else if isHan(inner), (2...8).contains(inner.count) {
            let name = capitalisedEnd(lastWords(place.before))
            if !name.isEmpty { add(inner, name) }
        }
    }

    private static let longestInside = 60
    private static let longestHan = 6

    // MARK: Brackets

    /// The Chinese characters that end a text, at most six, with the dots of a transliterated name.
    private static func hanRun(_ text: String) -> String {
        var run: [Character] = []
        for character in text.reversed() {
            if character == " ", run.isEmpty { continue }
            let isDot = character == "·" || character == "・"
            guard isHan(character) || isDot, run.contains(where: { $0 == "·" }) || run.count < longestHan
            else {
                break
            }
            run.append(character)
            if run.count == 16 { break }
        }
        return withoutTitle(run.reversed())
    }

    /// The run behind the title that it holds: 凱爾 for 馬恩市長凱爾.
    private static func withoutTitle(_ run: [Character]) -> String {
        let folded = Array(Folding.fold(String(run)))
        guard folded.count == run.count else { return String(run) }
        let ends = titles.compactMap { title -> Int? in
            let starts = folded.indices.dropLast(title.count + 1)
            return starts.last { folded[$0..<($0 + title.count)].elementsEqual(title) }.map {
                $0 + title.count
            }
        }
        return String(run[(ends.max() ?? 0)...])
    }

    /// Folded to simplified.
    private static let titles = [
        "执行长", "执行官", "总裁", "总统", "总理", "主席", "部长", "创办人", "创始人", "董事长", "技术长", "财务长", "市长", "州长",
        "议员", "教授", "发言人", "法官", "律师", "分析师", "局长", "院长", "校长", "经理", "交易所", "公司", "母公司",
    ].map(Array.init)

    private static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) } ?? false
    }

    private static func isHan(_ text: String) -> Bool { text.allSatisfy { isHan($0) || $0 == "·" } }

    /// One to five words that begin with capitals, such as `AWS` or `Gary Gensler`.
    private static func isLatinName(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard (1...5).contains(words.count), text.count >= 2, let last = words.last else { return false }
        return words.allSatisfy { isCapitalised($0) || joints.contains(String($0)) } && isCapitalised(last)
            && isCapitalised(words[0])
    }

    private static func isCapitalised(_ word: Substring) -> Bool {
        guard let first = word.first, first.isUppercase, !isHan(first) else { return false }
        return word.allSatisfy { $0.isLetter && !isHan($0) || $0.isNumber || "-.'’&".contains($0) }
    }

    private static let joints: Set<String> = [
        "of", "for", "and", "the", "de", "du", "des", "der", "von", "&",
    ]

    /// The words of the last line, nearest last.
    private static func lastWords(_ text: String) -> [Substring] {
        let line = text.lastIndex(where: \.isNewline).map { text[text.index(after: $0)...] } ?? text[...]
        return line.split(separator: " ")
    }

    /// The words before an abbreviation whose first letters it is made of: `Amazon Web Services` for `AWS`.
    private static func expansion(of short: String, before words: [Substring]) -> String? {
        let letters = short.filter { $0.isLetter && $0.isUppercase }
        guard !short.contains(" "), letters.count >= 2 else { return nil }
        var left = Array(letters)[...]
        var first = words.count
        for (index, word) in words.enumerated().reversed() {
            guard let wanted = left.last else { break }
            if word.first == wanted, isCapitalised(word) {
                left.removeLast()
                first = index
            } else if !joints.contains(String(word)) {
                return nil
            }
        }
        return left.isEmpty && words.count - first >= 2 ? words[first...].joined(separator: " ") : nil
    }

    /// The capitalised words that end a text, at most four.
    private static func capitalisedEnd(_ words: [Substring]) -> String {
        words.reversed().prefix(4).prefix(while: isCapitalised).reversed().joined(separator: " ")
    }

    // MARK: Appositions

    /// "OpenAI, the maker of ChatGPT", "Twitter, now known as X".
    private static func apposition(_ place: Surroundings, _ add: (String, String) -> Void) {
        let name = capitalisedEnd(lastWords(place.before))
        guard !name.isEmpty else { return }
        let rest = place.behind.split(whereSeparator: \.isWhitespace)[...]
        if let known = rest.prefix(3).firstIndex(of: "as") {
            let other = leadingName(rest[(known + 1)...])
            if !other.isEmpty { add(name, other) }
            return
        }
        let role = rest.drop { $0 == "the" || $0 == "a" }
        guard let noun = role.first, roles.contains(String(noun)),
            let of = role.prefix(3).firstIndex(of: "of")
        else { return }
        let other = leadingName(role[(of + 1)...])
        guard !other.isEmpty else { return }
        add("\(noun) of \(other)", name)
        add("\(other) \(noun)", name)
    }

    /// Whether what stands behind a comma begins as an apposition does.
    private static func isCue(_ bytes: some Collection<UInt8>) -> Bool {
        guard let second = bytes.dropFirst().first, cueStarts.contains(second) else { return false }
        return cues.contains { bytes.starts(with: $0) }
    }

    /// The letters that cues begin with, behind their space.
    private static let cueStarts = Set(cues.map { $0[1] })

    private static let cues =
        [" also known as ", " better known as ", " now known as ", " formerly known as ", " known as "]
        .map { Array($0.utf8) }
        + roles.sorted().flatMap { role in ["", " the", " a"].map { Array("\($0) \(role) ".utf8) } }

    private static func leadingName(_ words: ArraySlice<Substring>) -> String {
        var name: [Substring] = []
        for word in words.prefix(4) {
            let bare = word.bare
            guard isCapitalised(bare) else { break }
            name.append(bare)
            if bare.count < word.count { break }
        }
        return name.joined(separator: " ")
    }

    private static let roles: Set<String> = [
        "maker", "makers", "owner", "parent", "operator", "publisher", "developer", "creator", "manufacturer",
        "issuer",
    ]
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}

extension Substring {
    /// The word without the marks at its end.
    fileprivate var bare: Substring {
        var text = self
        while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
        return text
    }
}
