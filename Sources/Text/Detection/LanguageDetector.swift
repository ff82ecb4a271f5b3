/// Tells the language of a text from its script, its letters and groups of letters.
public enum LanguageDetector {
    /// The likeliest language; `undetermined` for a text without letters, or of a language that is not known.
    ///
    /// Kana make Japanese and Hangul Korean; among Han the characters that exist in only one of the two scripts decide
    /// (traditional where none does). Cyrillic, Arabic and Latin letters are Russian, Arabic or one of the languages of
    /// ``LanguageProfileTable``, unless many of them are letters of another language. Latin names inside Chinese do not make
    /// it English, and a text that might as well be English is: the names and terms of short questions look like anything.
    ///
    /// - Complexity: O(length), at most the first few thousand bytes.
    public static func detect(_ text: String) -> Language {
        detect([text])
    }

    /// The same of texts that follow each other on lines of their own.
    public static func detect(_ texts: [String]) -> Language {
        var census = ScriptCensus()
        // Only so much is copied as is looked at letter by letter.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestLatin) { memory in
            var (count, copied) = (0, 0)
            for var text in texts where count < longest {
                text.withUTF8 { bytes in
                    if count > 0 {
                        if copied < memory.count { memory[copied] = 0x0A }
                        copied = min(copied + 1, memory.count)
                        count += 1
                    }
                    let few = bytes.prefix(memory.count - copied)
                    _ = UnsafeMutableBufferPointer(rebasing: memory[copied...]).update(fromContentsOf: few)
                    copied += few.count
                    census.add(bytes, upTo: longest - count)
                    count += bytes.count
                }
            }
            return language(census, UnsafeBufferPointer(rebasing: memory[..<copied]))
        }
    }

    /// The language of a text.
    ///
    /// - Parameters:
    ///   - census: its letters.
    ///   - beginning: as much of it as is looked at letter by letter.
    /// - Returns: the likeliest one.
    private static func language(
        _ census: ScriptCensus, _ beginning: UnsafeBufferPointer<UInt8>
    ) -> Language {
        // One Han character says about as much as a short word of letters.
        let asian = (census.han + census.kana + census.hangul) * 3
        if asian > 0, asian >= census.latin / 2, asian >= census.cyrillic {
            if census.hangul > census.han + census.kana { return .korean }
            if census.kana > 0, census.kana * 10 >= census.han { return .japanese }
            return census.simplified > census.traditional ? .simplifiedChinese : .traditionalChinese
        }
        let letters = max(census.latin, census.cyrillic, census.arabic)
        guard letters > 0 else { return .undetermined }
        // A name or two may have letters of another language; a text has one in every few words.
        guard census.foreign <= 2 || census.foreign * 30 <= letters else { return .undetermined }
        if census.cyrillic == letters { return .russian }
        return census.arabic == letters ? .arabic : latinLanguage(beginning)
    }

    /// Whether a text of Han characters is written alike in both Chinese scripts.
    public static func isOfBothScripts(_ text: String) -> Bool {
        let census = ScriptCensus(text.unicodeScalars.prefix(longest))
        return census.han > 0 && census.simplified == 0 && census.traditional == 0
    }

    /// As many bytes are looked at for their script.
    private static let longest = 4000
    /// As many bytes are looked at for their letters, some hundred words: more tell nothing new.
    private static let longestLatin = 600
    /// How much likelier than English another language must be, in natural logarithms, by the number of words.
    ///
    /// So about one in five hundred questions of two or three English words is taken for another language, and one in two
    /// hundred longer headlines.
    private static func margin(_ words: Int) -> Double { max(10, 30 - 4 * Double(words)) }

    private static func latinLanguage(_ bytes: UnsafeBufferPointer<UInt8>) -> Language {
        let languages = LanguageProfileTable.languages
        let reading = LanguageProfile.read(bytes)
        let likelihoods = reading.likelihoods
        guard let best = languages.indices.max(by: { likelihoods[$0] < likelihoods[$1] }),
            let english = languages.firstIndex(of: .english)
        else { return .english }
        return likelihoods[best] - likelihoods[english] > margin(reading.words) ? languages[best] : .english
    }
}

/// How many letters of which scripts a text has.
private struct ScriptCensus {
    var latin = 0
    var cyrillic = 0
    var arabic = 0
    var han = 0
    var kana = 0
    var hangul = 0
    /// Characters of one of the two Chinese scripts alone.
    var traditional = 0
    var simplified = 0
    /// Letters that none of the known languages with their script has.
    var foreign = 0

    init() {}

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars { add(scalar) }
    }

    /// Adds the first bytes of a text.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, upTo count: Int) {
        let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(count))
        var at = 0
        while at < bytes.count {
            let wide = bytes.firstWide(from: at)
            latin += bytes.letterCount(at..<wide)
            guard wide < bytes.count else { break }
            let (value, length) = decodeScalar(bytes, wide)
            add(Unicode.Scalar(value) ?? "\u{FFFD}")
            at = wide + length
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xFF21...0xFF5A: latin += 1
        case 0xC0...0x24F, 0x1E00...0x1EFF:
            latin += 1
            if Self.isForeignLatin(scalar.value) { foreign += 1 }
        case 0x400...0x52F:
            cyrillic += 1
            if !(0x410...0x44F).contains(scalar.value), scalar != "ё", scalar != "Ё" { foreign += 1 }
        case 0x621...0x64A: arabic += 1
        case 0x671...0x6D3:
            arabic += 1
            foreign += 1
        case 0x3041...0x3096, 0x30A1...0x30FA, 0xFF66...0xFF9D: kana += 1
        case 0xAC00...0xD7A3: hangul += 1
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3134F:
            han += 1
            if Folding.isTraditionalOnly(scalar) {
                traditional += 1
            } else if Folding.isSimplifiedOnly(scalar) {
                simplified += 1
            }
        default: break
        }
    }

    /// Whether none of the languages of ``LanguageProfileTable`` has a letter outside ASCII.
    private static func isForeignLatin(_ value: UInt32) -> Bool {
        switch value {
        case 0xC6, 0xD0, 0xD8, 0xDD, 0xDE, 0xE6, 0xF0, 0xF8, 0xFD, 0xFE: true
        case 0x152, 0x153, 0x178: false
        default: value >= 0x100
        }
    }
}
