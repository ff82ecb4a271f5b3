import Text

/// Reads the citation markers of a written answer: `[1]`, `[1, 2]`, `【1】`, in any width of digits.
enum Markers {
    /// The sentences of a text, each with the markers that follow it.
    static func sentences(of text: String) -> [String] {
        var result: [String] = []
        for piece in SentenceSplitter.sentences(in: text) {
            // A marker behind the full stop belongs to the sentence before it.
            var rest = piece
            var leading = ""
            while let first = rest.first, first == "[" || first == "【" || (first == " " && !leading.isEmpty) {
                guard first != " " else {
                    rest.removeFirst()
                    continue
                }
                guard let end = rest.firstIndex(where: { $0 == "]" || $0 == "】" }) else { break }
                leading += rest[...end]
                rest = rest[rest.index(after: end)...]
            }
            if !leading.isEmpty, let last = result.popLast() {
                result.append(last + " " + leading)
            } else {
                rest = piece
            }
            if rest.contains(where: { $0.isLetter || $0.isNumber }) { result.append(String(rest)) }
        }
        return result
    }

    /// What a sentence claims, part by part: the words before each group of markers with its numbers.
    ///
    /// A part that is too short to be a claim goes with its neighbour, and words behind the last marker rest on it.
    static func claims(of sentence: String) -> [(text: String, numbers: [Int])] {
        var claims: [(text: String, numbers: [Int])] = []
        var from = sentence.startIndex
        func add(_ text: String, _ numbers: [Int]) {
            if let last = claims.last, isShortClaim(text) || numbers.isEmpty || isShortClaim(last.text) {
                claims[claims.count - 1].text += " " + text
                for number in numbers where !last.numbers.contains(number) {
                    claims[claims.count - 1].numbers.append(number)
                }
            } else {
                claims.append((text, numbers))
            }
        }
        for range in ranges(in: sentence) {
            add(String(sentence[from..<range.lowerBound]), numbers(in: String(sentence[range])))
            from = range.upperBound
        }
        let rest = String(sentence[from...])
        if claims.isEmpty || rest.contains(where: { $0.isLetter || $0.isNumber }) { add(rest, []) }
        return claims.map { (removed(from: $0.text), $0.numbers) }
    }

    private static func isShortClaim(_ text: String) -> Bool {
        text.count { $0.isLetter || $0.isNumber } < shortestClaim
    }

    /// In letters and digits: "According to" is no claim, 比特幣減半 is hardly one.
    private static let shortestClaim = 12

    /// The numbers that a sentence cites, in order, each once.
    static func numbers(in sentence: String) -> [Int] {
        var numbers: [Int] = []
        for marker in ranges(in: sentence) {
            for part in sentence[marker].split(whereSeparator: { !$0.isNumber }) {
                guard let number = Int(Folding.fold(String(part))), !numbers.contains(number) else {
                    continue
                }
                numbers.append(number)
            }
        }
        return numbers
    }

    /// The sentence without its markers.
    static func removed(from sentence: String) -> String {
        var text = sentence
        for range in ranges(in: sentence).reversed() { text.removeSubrange(range) }
        var result = ""
        for character in text where !(character == " " && result.last == " ") { result.append(character) }
        for mark in [".", ",", "?", "!", "。", "，"] {
            result = result.split(separator: " " + mark, omittingEmptySubsequences: false).joined(
                separator: mark)
        }
        while result.first?.isWhitespace == true { result.removeFirst() }
        while result.last?.isWhitespace == true { result.removeLast() }
        return result
    }

    private static func ranges(in text: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        var from = text.startIndex
        while let start = text[from...].firstIndex(where: { $0 == "[" || $0 == "【" || $0 == "［" }) {
            guard let end = text[start...].firstIndex(where: { $0 == "]" || $0 == "】" || $0 == "］" }) else {
                break
            }
            let inside = text[text.index(after: start)..<end]
            let after = text.index(after: end)
            if inside.contains(where: \.isNumber),
                inside.allSatisfy({ $0.isNumber || $0 == "," || $0 == " " || $0 == "，" || $0 == "、" })
            {
                found.append(start..<after)
            }
            from = after
        }
        return found
    }
}
