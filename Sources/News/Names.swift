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
        var run: [Substring] = []
        var startsSentence = true
        func close() {
            if !run.isEmpty { names.append(run.joined(separator: " ")) }
            run = []
        }
        for piece in text.split(separator: " ") {
            let word = piece.trimmingMarks()
            let isCapital =
                word.first?.isUppercase == true && word.first?.isASCII == true || isCapitalLatin(word)
            let folded = Folding.fold(String(word))
            let isFunction = StopWords.contains(folded, in: .english) || calendar.contains(folded)
            let joins = !run.isEmpty && ["of", "de", "van", "von", "al", "bin"].contains(word)
            if isCapital, !isFunction || (!startsSentence && word.count > 1 && word.allSatisfy(\.isUppercase))
            {
                // A single capitalised word at the start of a sentence is a name only if it is no everyday word.
                let everyday =
                    Lexicon.standard.commonness(of: Stemmer(.english).term(of: Folding.fold(String(word))))
                    > 0.1
                if !(startsSentence && everyday) { run.append(word) }
            } else if !joins {
                close()
            }
            startsSentence = false
            if let last = piece.last, ",.;:!?)\"”".contains(last) {
                close()
                startsSentence = ".!?".contains(last) && word.count > 2
            }
        }
        close()
        return names
    }

    /// Words that are written like names and are dates.
    private static let calendar: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static func isCapitalLatin(_ word: Substring) -> Bool { word.first?.isUppercase == true }

    private static let titles: PhraseList = [
        "法官", "执行长", "首席执行官", "行政总裁", "总统", "总理", "主席", "部长", "创办人", "创始人", "董事长", "技术长", "先生", "女士", " ceo ",
    ]

    /// A Chinese name is taken to stand next to a title, or to be a transliteration with its dot.
    private static func chinese(in text: String) -> [String] {
        var names: [String] = []
        for run in text.split(whereSeparator: {
            !("\u{3400}"..."\u{9FFF}").contains($0) && $0 != "·" && $0 != "・"
        }) {
            if run.contains("·") || run.contains("・") { names.append(String(run)) }
            if PlainText(String(run)).contains(titles) { names.append(String(run)) }
        }
        return names
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
