public import Text

/// Finds the names of people, places and organisations in a sentence by how they are written.
public enum Names {
    /// The names in a text, in order: runs of capitalised words, and in Chinese text Latin words and the words around
    /// titles and family names.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String, language: Language) -> [String] {
        var names = capitalised(in: text, language: language)
        if language.isCJK { names += chinese(in: text) }
        return names
    }

    private static func capitalised(in text: String, language: Language) -> [String] {
        var names: [String] = []
        var run: [String] = []
        var startsSentence = true
        func close() {
            if !run.isEmpty { names.append(run.joined(separator: " ")) }
            run = []
        }
        var text = text
        text.withUTF8 { bytes in
            for piece in bytes.split(separator: UInt8(ascii: " ")) {
                let word = WrittenWord(UnsafeBufferPointer(rebasing: piece))
                if word.isCapital {
                    let folded = Folding.fold(word.text)
                    if isFunction(folded), startsSentence || !word.isAcronym {
                        close()
                    } else if !startsSentence || !isEveryday(folded) {
                        // A single capitalised word at the start of a sentence is a name only if it is no everyday word.
                        run.append(word.text)
                    }
                } else if !joins(word, run) {
                    close()
                }
                startsSentence = false
                if word.isClosed {
                    close()
                    startsSentence = word.endsSentence
                }
            }
        }
        close()
        return names
    }

    private static func isFunction(_ folded: String) -> Bool {
        StopWords.contains(folded, in: .english) || calendar.contains(folded)
    }

    private static func isEveryday(_ folded: String) -> Bool {
        Lexicon.standard.commonness(of: Stemmer(.english).term(of: folded)) > 0.1
    }

    /// Whether a word stands within names, as in "Rio de Janeiro".
    private static func joins(_ word: WrittenWord, _ run: [String]) -> Bool {
        !run.isEmpty && joining.contains(word.text)
    }

    private static let joining: Set<String> = ["of", "de", "van", "von", "al", "bin"]

    /// Words that are written like names and are dates.
    private static let calendar: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static let titles: PhraseList = [
        "法官", "执行长", "首席执行官", "行政总裁", "总统", "总理", "主席", "部长", "创办人", "创始人", "董事长", "技术长", "先生", "女士", " ceo ",
    ]

    /// A Chinese name is taken to stand next to a title, or to be a transliteration with its dot.
    private static func chinese(in text: String) -> [String] {
        var names: [String] = []
        // Most sentences have neither.
        guard text.holds("·") || text.holds("・") || PlainText(text).contains(titles) else { return [] }
        for run in text.split(whereSeparator: {
            !("\u{3400}"..."\u{9FFF}").contains($0) && $0 != "·" && $0 != "・"
        }) {
            if run.contains("·") || run.contains("・") { names.append(String(run)) }
            if PlainText(String(run)).contains(titles) { names.append(String(run)) }
        }
        return names
    }
}

/// A word between two spaces, without the marks around it; one of ASCII is looked at by its bytes.
private struct WrittenWord {
    /// Whether it begins with a large letter.
    let isCapital: Bool
    /// Whether a mark behind it ends what it belongs to, and whether a sentence ends there.
    let isClosed: Bool
    let endsSentence: Bool
    private let bytes: UnsafeBufferPointer<UInt8>
    private let slow: Substring?

    /// - Parameter piece: not empty; must live as long as the word.
    init(_ piece: UnsafeBufferPointer<UInt8>) {
        let count: Int
        if piece.allSatisfy({ $0 < 0x80 }) {
            var (start, end) = (0, piece.count)
            while end > start, !Self.isLetterOrDigit(piece[end - 1]), piece[end - 1] != UInt8(ascii: "%") {
                end -= 1
            }
            while start < end, !Self.isLetterOrDigit(piece[start]), piece[start] != UInt8(ascii: "$") {
                start += 1
            }
            bytes = UnsafeBufferPointer(rebasing: piece[start..<end])
            slow = nil
            isCapital = bytes.first.map { 0x41...0x5A ~= $0 } ?? false
            count = bytes.count
        } else {
            let word = Substring(decoding: piece, as: UTF8.self).trimmingMarks()
            bytes = piece
            slow = word
            isCapital = word.first?.isUppercase == true
            count = word.count
        }
        // All but ”, which is 0xE2, 0x80, 0x9D in UTF-8, are ASCII.
        let last = piece[piece.count - 1]
        let isStop = Self.stops.contains(last)
        isClosed =
            isStop || Self.marks.contains(last) || last == 0x9D && piece.suffix(3).elementsEqual("”".utf8)
        endsSentence = isStop && count > 2
    }

    /// The word.
    var text: String { slow.map(String.init) ?? String(decoding: bytes, as: UTF8.self) }

    /// Whether it is of several large letters alone.
    var isAcronym: Bool {
        if let slow { return slow.count > 1 && slow.allSatisfy(\.isUppercase) }
        return bytes.count > 1 && bytes.allSatisfy { 0x41...0x5A ~= $0 }
    }

    private static let stops = Array(".!?".utf8)
    private static let marks = Array(",;:)\"".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte
    }
}

extension Substring {
    fileprivate func trimmingMarks() -> Substring {
        var text = self
        while let last = text.last, !last.isLetter, !last.isNumber, last != "%" { text.removeLast() }
        while let first = text.first, !first.isLetter, !first.isNumber, first != "$" { text.removeFirst() }
        return text
    }
}
