import Foundation
import News
import Search
import Text

/// Takes questions apart against what the archive knows.
///
/// Words that ask rather than name are set aside. What remains becomes concepts, each with the wordings that articles
/// may use for it: inflections, synonyms, translations, and the word that a typing slip was meant to be. Chinese is cut
/// by the longest known word; what no list knows stays whole and is matched by degrees.
struct QuestionReader: Sendable {
    /// The passages, whose words count.
    let searcher: Searcher
    /// The articles, which are fewer.
    let articles: Searcher
    let sources: [String]
    /// The languages of the articles.
    let languages: Set<Language>
    let names: NameTable
    /// What words were found to mean before.
    let words: WordConcepts
    let lexicon = Lexicon.standard

    func read(_ question: String, language: Language, now: Date) -> ReadQuestion {
        var read = ReadQuestion(text: question, language: language)
        read.times = TimePhrase.find(in: question, language: language, now: now)
        // The dot of a transliterated name is written or not; plain letters have none.
        var masked = question
        if masked.holds("·") || masked.holds("・") { masked.removeAll { $0 == "·" || $0 == "・" } }
        let folded = Folding.folded(masked)
        // Nearly all sources are ruled out by plain comparison.
        for source in sources where folded.holds(Folding.folded(source)[...]) {
            guard let range = mention(of: source, in: masked) else { continue }
            read.sources.append(source)
            masked.replaceSubrange(range, with: " ")
        }
        if read.sources.isEmpty == false, masked.allSatisfy({ !$0.isLetter }) { masked = question }
        // "latest" and "yesterday" choose by time; "in July 2025" may also stand in the text, so only the choosing
        // words are set aside here and dates stay findable through the time window alone.
        let times =
            masked == question ? read.times : TimePhrase.find(in: masked, language: language, now: now)
        for time in times.reversed() {
            read.dates += DateTerms.find(in: String(masked[time.range]), language: language)
            masked.replaceSubrange(time.range, with: " , ")
        }
        let pieces = QuestionPiece.pieces(of: masked, language: language, others: languages)
        read.concepts = concepts(of: pieces, cased: Self.looksCased(masked), language: language)
        if read.concepts.isEmpty {
            // What was taken for words that only ask may be a name of such characters.
            read.concepts = pieces.filter { !$0.isWord && leavesCharacters($0.surface) }.map {
                var concept = name(Folding.fold($0.surface))
                concept.clauses = [$0.clause]
                return concept
            }
        }
        if language.isCJK {
            read.runs = pieces.filter { !$0.isWord }.map {
                ReadQuestion.Run(text: Folding.fold($0.surface), clause: $0.clause)
            }
        }
        return read
    }

    private func mention(of source: String, in text: String) -> Range<String.Index>? {
        guard source.count >= 3 else { return nil }
        return text.range(of: source, options: [.caseInsensitive, .widthInsensitive, .diacriticInsensitive])
    }

    private func concepts(of pieces: [QuestionPiece], cased: Bool, language: Language) -> [Concept] {
        var concepts: [Concept] = []
        var seen: [String: Int] = [:]
        seen.reserveCapacity(pieces.count)
        func add(_ concept: Concept, of piece: QuestionPiece) {
            let folded = Folding.fold(concept.word)
            let number = seen[folded] ?? concepts.count
            if number == concepts.count {
                seen[folded] = number
                concepts.append(concept)
            }
            if concepts[number].clauses.last != piece.clause { concepts[number].clauses.append(piece.clause) }
        }
        var next = 0
        while next < pieces.count {
            let piece = pieces[next]
            if let (name, length) = alias(in: pieces[next...], cased: cased) {
                add(name, of: piece)
                next += length
                continue
            }
            next += 1
            let length = emptyPhrase(in: pieces[(next - 1)...])
            guard length == 0 else {
                next += length - 1
                continue
            }
            let found =
                switch piece.form {
                case .word(let term, let variants, let parts):
                    wordConcept(
                        piece, term: term, variants: variants, parts: parts, cased: cased, language: language
                    ).map { [$0] } ?? []
                case .characters:
                    piece.isQuoted ? titleConcepts(piece.surface) : characterConcepts(piece.surface)
                }
            let phrases = found.count == 1 ? translatedPhrase(around: next - 1, in: pieces) : []
            for var concept in found {
                if !phrases.isEmpty { concept.ways += phrases }
                add(concept, of: piece)
            }
        }
        return concepts
    }

    /// What the phrase of two words that a piece belongs to is called in Chinese: "issue price" is more than its words.
    private func translatedPhrase(around index: Int, in pieces: [QuestionPiece]) -> [Concept.Way] {
        var ways: [Concept.Way] = []
        for start in max(0, index - 1)...index where start + 1 < pieces.count {
            guard case .word(let first, _, _) = pieces[start].form, lexicon.hasPhrases(beginning: first),
                case .word(let second, _, _) = pieces[start + 1].form
            else { continue }
            for translation in lexicon.translations(of: first + " " + second) {
                ways.append(Concept.Way(.characters(translation), strength: 0.9))
            }
        }
        return ways
    }

    /// The name that the pieces begin with, where it is known under several, such as "UK" and "United Kingdom"; with
    /// the number of its pieces.
    private func alias(in pieces: ArraySlice<QuestionPiece>, cased: Bool) -> (Concept, Int)? {
        guard let first = pieces.first, first.isWord else { return nil }
        let hasAliases = lexicon.hasAliases(beginning: first.folded)
        // Most words begin no name, and what stands behind them need not be looked at.
        guard hasAliases || mayHaveOtherName(first) else { return nil }
        let words = pieces.prefix(Lexicon.longestAlias).prefix { $0.isWord }.map(\.folded)
        guard hasAliases else { return otherName(in: pieces, words, cased: cased) }
        for length in stride(from: words.count, to: 0, by: -1) {
            let surface = pieces.prefix(length).map(\.surface).joined(separator: " ")
            // "us" and "it" are words; "US" is a name.
            if length == 1, StopWords.contains(words[0], in: .english),
                !cased || surface.contains(where: \.isLowercase)
            {
                continue
            }
            let names = lexicon.aliases(of: words.prefix(length).joined(separator: " "))
            guard !names.isEmpty else { continue }
            var ways = names.map { Concept.Way(.stems(split($0)), strength: 0.95) }
            ways[0].strength = 1
            for translation in names.flatMap(lexicon.translations) {
                ways.append(Concept.Way(.characters(translation), strength: 0.9))
            }
            if length == 1, case .word(_, let variants, _) = pieces[pieces.startIndex].form {
                ways += self.ways(of: variants)
            }
            let weight = weight(of: .name, commonness: 0, idf: rarity(of: ways))
            return (Concept(word: surface, weight: weight, kind: .name, ways: ways), length)
        }
        return otherName(in: pieces, words, cased: cased)
    }

    /// The name that the pieces begin with, where the archive's articles give it another one; with the number of its
    /// pieces.
    private func otherName(
        in pieces: ArraySlice<QuestionPiece>, _ words: [String], cased: Bool
    ) -> (Concept, Int)? {
        guard let first = pieces.first, mayHaveOtherName(first),
            !cased
                || (pieces.startIndex..<pieces.startIndex + words.count).contains(where: {
                    pieces[$0].isCapitalised
                }),
            names.hasNames(beginning: first.folded)
        else { return nil }
        for length in stride(from: words.count, to: 0, by: -1) {
            let named = pieces.prefix(length)
            // One word that is written like any other is no name.
            if length == 1, cased, !first.isCapitalised { continue }
            let others = names.others(of: words.prefix(length).joined(separator: " "))
            guard !others.isEmpty else { continue }
            let own = named.flatMap { piece -> [String] in
                guard case .word(let term, _, _) = piece.form,
                    !StopWords.contains(piece.folded, in: .english)
                else { return [] }
                return [term]
            }
            var ways = [Concept.Way(.stems(own))] + others.map(way)
            if length == 1, case .word(_, let variants, _) = first.form { ways += self.ways(of: variants) }
            let surface = named.map(\.surface).joined(separator: " ")
            let weight = weight(of: .name, commonness: 0, idf: rarity(of: ways))
            return (Concept(word: surface, weight: weight, kind: .name, ways: ways), length)
        }
        return nil
    }

    private func mayHaveOtherName(_ piece: QuestionPiece) -> Bool {
        lexicon.commonness(of: piece.folded) < 0.3 && !StopWords.contains(piece.folded, in: .english)
    }

    /// Another name as a wording.
    private func way(_ other: String) -> Concept.Way {
        let isWords = other.contains { $0.isASCII && $0.isLetter }
        guard isWords else { return Concept.Way(.characters(Folding.fold(other)), strength: 0.9) }
        return Concept.Way(.stems(TextAnalyzer(.english).terms(in: other)), strength: 0.95)
    }

    /// The number of pieces of a phrase that says nothing, such as "take place"; 0 where the pieces begin with none.
    private func emptyPhrase(in pieces: ArraySlice<QuestionPiece>) -> Int {
        guard let first = pieces.first, Lexicon.hasEmptyPhrases(beginning: first.folded) else { return 0 }
        let words = pieces.prefix(3).prefix { $0.isWord }.map(\.folded)
        return stride(from: words.count, to: 1, by: -1).first {
            Lexicon.isEmptyPhrase(words.prefix($0).joined(separator: " "))
        } ?? 0
    }

    /// Whether capitals tell names apart: not in all-lower or Title Case questions.
    private static func looksCased(_ text: String) -> Bool {
        var latin = 0
        var capitals = 0
        var isInside = false
        func meet(isWord: Bool, isLatin: Bool, isCapital: Bool) {
            if isWord, !isInside, isLatin {
                latin += 1
                if latin > 1, isCapital { capitals += 1 }
            }
            isInside = isWord
        }
        var text = text
        // By bytes, where no character can be anything else than it looks.
        let isPlain = text.withUTF8 { bytes -> Bool in
            var at = 0
            while at < bytes.count {
                let byte = bytes[at]
                let isLetter = (byte | 0x20) &- 0x61 < 26
                if byte < 0x80 {
                    at += 1
                } else if byte == 0xE2, at + 2 < bytes.count, bytes[at + 1] == 0x80,
                    0x90...0xA7 ~= bytes[at + 2]
                {
                    // The marks of General Punctuation.
                    at += 3
                } else {
                    return false
                }
                meet(isWord: isLetter || byte &- 0x30 < 10, isLatin: isLetter, isCapital: byte &- 0x41 < 26)
            }
            return true
        }
        if !isPlain {
            // Of so few letters there are no more words.
            guard text.utf8.count(where: { ($0 | 0x20) &- 0x61 < 26 }) > 3 else { return true }
            (latin, capitals, isInside) = (0, 0, false)
            for letter in text {
                meet(
                    isWord: letter.isAlphanumeric, isLatin: letter.isASCII && !letter.isNumber,
                    isCapital: letter.isCapital)
            }
        }
        return latin <= 3 || capitals * 10 < latin * 8
    }

    /// The concept of a word, found now or before; nil for one that only asks.
    private func wordConcept(
        _ piece: QuestionPiece, term: String, variants: [TermVariant], parts: [String], cased: Bool,
        language: Language
    ) -> Concept? {
        let key = WordConcepts.Key(
            surface: piece.surface, startsSentence: piece.startsSentence, isCased: cased, language: language)
        if let known = words.known(key) { return known }
        let fresh = newWordConcept(
            piece, term: term, variants: variants, parts: parts, cased: cased, language: language)
        words.keep(fresh, for: key)
        return fresh
    }

    private func newWordConcept(
        _ piece: QuestionPiece, term: String, variants: [TermVariant], parts: [String], cased: Bool,
        language: Language
    ) -> Concept? {
        guard !StopWords.contains(piece.folded, in: language.isCJK ? .english : language) else {
            // "US" and "IT" are names where "us" and "it" are not.
            guard cased, piece.surface.count >= 2, piece.surface.isUppercase else {
                return nil
            }
            return concept(
                piece.surface, term: term, variants: variants, kind: .name,
                commonness: lexicon.commonness(of: term))
        }
        if piece.isNumber { return concept(piece.surface, term: term, kind: .number, commonness: 0) }
        // The lexicon knows English and Chinese; names and many terms are the same in other languages.
        let english = language == .english || language.isCJK ? term : Stemmer(.english).term(of: piece.folded)
        let common = lexicon.commonness(of: english)
        let capital = piece.surface.first?.isCapital == true
        let inner = piece.surface.hasInnerCapitalOrNumber
        let kind: Concept.Kind
        // "CEO" is a title and "IPO" a thing, whatever their capitals.
        let isTerm = piece.surface.isUppercase && !lexicon.synonyms(of: english).isEmpty
        if !isTerm, inner || (cased && capital && !piece.startsSentence) {
            kind = .name
        } else if lexicon.isGeneric(english) {
            kind = .generic
        } else if common == 0, capital || !cased, lexicon.synonyms(of: english).isEmpty {
            kind = .name
        } else {
            kind = .word
        }
        var result = concept(piece.surface, term: term, variants: variants, kind: kind, commonness: common)
        // A number that stands anywhere in a text is not the one of a name such as "GPT-7".
        if parts.count > 1, !parts.contains(where: { $0.allSatisfy(\.isNumber) }) {
            result.ways.append(Concept.Way(.stems(parts)))
        }
        for synonym in lexicon.synonyms(of: english) where kind != .name {
            result.ways.append(Concept.Way(.stems(split(synonym)), strength: 0.85))
        }
        let translations = lexicon.translations(of: english)
        for translation in translations {
            result.ways.append(Concept.Way(.characters(translation), strength: 0.9))
        }
        for synonym in lexicon.synonyms(of: english) where kind != .name {
            for translation in lexicon.translations(of: synonym) where !translations.contains(translation) {
                result.ways.append(Concept.Way(.characters(translation), strength: 0.7))
            }
        }
        mend(&result, term: term, letters: piece.surface.count)
        return result
    }

    /// The concepts of characters that stand in quotation marks: up to eight are a title or a name, however its words are
    /// known by themselves.
    private func titleConcepts(_ surface: String) -> [Concept] {
        let title = Folding.fold(surface)
        let known = lexicon.longestChineseEntry(in: Array(title)[...])
        guard (2...8).contains(title.count), known < title.count else { return characterConcepts(surface) }
        return [name(title)]
    }

    /// Whether single characters are left between the words of a run that only ask: 理想國 falls to pieces about 想.
    private func leavesCharacters(_ surface: String) -> Bool {
        let characters = Array(Folding.fold(surface))
        var left = 0
        var at = 0
        while at < characters.count {
            let rest = characters[at...]
            let known = lexicon.longestChineseEntry(in: rest)
            let word = max(QuestionPiece.longestStopWord(in: rest), known > 1 ? known : 0)
            if word == 0 { left += 1 }
            at += max(1, word)
        }
        return left > 1
    }

    /// A name of unknown characters, met by degrees.
    private func name(_ characters: String) -> Concept {
        Concept(
            word: characters, weight: weight(of: .name, commonness: 0, idf: 1), kind: .word,
            ways: [Concept.Way(.run(characters))])
    }

    private func characterConcepts(_ surface: String) -> [Concept] {
        let characters = Array(Folding.fold(surface))
        var concepts: [Concept] = []
        var unknown: [Character] = []
        func flush() {
            for word in words(in: unknown) {
                concepts.append(
                    Concept(
                        // Two characters are as often an everyday word as a name; more are nearly always a name.
                        word: word,
                        weight: weight(of: .name, commonness: 0, idf: 1) * (word.count > 2 ? 1 : 0.6),
                        kind: .word,
                        ways: [Concept.Way(.run(word))]))
            }
            unknown = []
        }
        var at = 0
        while at < characters.count {
            let rest = characters[at...]
            let known = lexicon.longestChineseEntry(in: rest)
            let stop = QuestionPiece.longestStopWord(in: rest)
            if let name = otherChineseName(in: rest), name.count >= max(known, stop) {
                flush()
                concepts.append(name.concept)
                at += name.count
            } else if stop > 0, stop >= known {
                flush()
                at += stop
            } else if known > 1 {
                flush()
                concepts.append(knownConcept(String(characters[at..<(at + known)])))
                at += known
            } else {
                unknown.append(characters[at])
                at += 1
            }
        }
        flush()
        return concepts
    }

    /// The name that the characters begin with, where the archive's articles give it another one.
    private func otherChineseName(in characters: ArraySlice<Character>) -> (concept: Concept, count: Int)? {
        guard characters.count > 1, names.hasNames(beginning: String(characters.prefix(2))) else {
            return nil
        }
        for length in stride(from: min(6, characters.count), to: 1, by: -1) {
            let name = String(characters.prefix(length))
            // One that begins too early is found again where it begins.
            guard names.trimmed(name) == name else { continue }
            let others = names.others(of: name)
            guard !others.isEmpty else { continue }
            var concept = knownConcept(name)
            concept.kind = .name
            let ways = others.map(way).filter { !concept.ways.contains($0) }
            concept.ways += ways
            concept.weight = weight(of: .name, commonness: 0, idf: rarity(of: concept.ways))
            return (concept, length)
        }
        return nil
    }

    /// The words of a run that no list knows, cut by what the archive has.
    ///
    /// Characters in a row that it has together make a word, and so do those between that it has not. A single character
    /// left over says too little.
    private func words(in run: [Character]) -> [String] {
        guard run.count > 2 else { return run.count == 2 ? [String(run)] : [] }
        var isJoined = Array(repeating: false, count: run.count)
        for at in run.indices.dropLast() where searcher.documentFrequency(of: String(run[at...(at + 1)])) > 0
        {
            isJoined[at] = true
        }
        var words: [String] = []
        var start = 0
        while start < run.count {
            var end = start + 1
            if isJoined[start] {
                while end < run.count, isJoined[end - 1] { end += 1 }
            } else {
                while end < run.count, !isJoined[end] { end += 1 }
                // The last character may be joined from the left by nothing: it belongs to this stretch.
            }
            if end - start > 1 { words.append(String(run[start..<end])) }
            start = end
        }
        return words
    }

    private func knownConcept(_ word: String) -> Concept {
        let kind: Concept.Kind = lexicon.isName(word) ? .name : lexicon.isGeneric(word) ? .generic : .word
        var ways = [Concept.Way(.characters(word))]
        ways += lexicon.chineseSynonyms(of: word).map { Concept.Way(.characters($0), strength: 0.85) }
        let translations = lexicon.translations(of: word)
        ways += translations.map { Concept.Way(.stems(split($0)), strength: 0.9) }
        for synonym in translations.flatMap(lexicon.synonyms)
        where kind != .name && !translations.contains(synonym) {
            ways.append(Concept.Way(.stems(split(synonym)), strength: 0.7))
        }
        let weight = weight(of: kind, commonness: lexicon.commonness(of: word), idf: rarity(of: ways))
        return Concept(word: word, weight: weight, kind: kind, ways: ways)
    }

    private func concept(
        _ word: String, term: String, variants: [TermVariant] = [], kind: Concept.Kind, commonness: Float
    ) -> Concept {
        let ways = [Concept.Way(.stems([term]))] + ways(of: variants)
        return Concept(
            word: word, weight: weight(of: kind, commonness: commonness, idf: rarity(of: ways)), kind: kind,
            ways: ways)
    }

    /// The wordings in texts of other languages, as far as there are such texts: most variants of a word are other words in
    /// the question's own language, and would only be looked for in vain.
    private func ways(of variants: [TermVariant]) -> [Concept.Way] {
        variants.filter { variant in
            guard articles.documentFrequency(of: variant.term) > 0 else { return false }
            let inItsLanguages = Filter(anyTag: variant.languages.map(ArticleTag.language))
            return !articles.search(Query([Clause(variant.term)], filter: inItsLanguages), limit: 1).isEmpty
        }.map { Concept.Way(.stems([$0.term]), languages: $0.languages) }
    }

    /// Rare words decide; how rare is known from the language at large and, once the archive is large enough to tell,
    /// from the archive.
    private func weight(of kind: Concept.Kind, commonness: Float, idf: Double) -> Double {
        let general = 1 - 0.7 * Double(commonness)
        let trust = min(1, Double(searcher.documentCount) / 2000) * 0.5
        let base = general * (1 - trust) + idf * trust
        return switch kind {
        case .name: 1.4 * max(base, 0.7)
        case .number: 1.2
        case .word: max(base, 0.15)
        case .generic: 0.2
        }
    }

    /// The rarity in the archive of the reader's own wording, in the language in which it is commonest, 0…1.
    private func rarity(of ways: [Concept.Way]) -> Double {
        let top = log(1 + (Double(searcher.documentCount) + 0.5) / 0.5)
        guard top > 0 else { return 1 }
        let own = ways.enumerated().filter { $0.offset == 0 || $0.element.languages != nil }.map(\.element)
        let least = own.compactMap { way in
            let terms =
                switch way.form {
                case .stems(let stems): stems
                case .characters(let text), .run(let text): QuestionPiece.bigrams(of: text)
                }
            return terms.map { Double(searcher.idf(of: $0)) }.max()
        }.min()
        return min(1, (least ?? top) / top)
    }

    /// Adds what an unknown word was probably meant to be.
    private func mend(_ concept: inout Concept, term: String, letters: Int) {
        guard letters >= 4, concept.kind != .number, lexicon.commonness(of: term) == 0 else { return }
        for way in concept.ways where isKnown(way) { return }
        guard lexicon.synonyms(of: term).isEmpty else { return }
        // Of another first letter a short word is another word.
        func near(_ distance: Int, prefix: Int) -> [String] {
            searcher.terms(near: term, distance: distance, prefix: prefix, limit: 8).filter {
                $0.count >= 4 && $0.allSatisfy { !$0.isNumber } && (letters >= 6 || $0.first == term.first)
            }
        }
        var found = near(1, prefix: letters >= 6 ? 0 : 1)
        // Two slips are rarer than one, and hardly ever among the first letters; to look for them there as well would take
        // ten times as long.
        if found.isEmpty, letters >= 9 { found = near(2, prefix: 2) }
        let near = found.prefix(3)
        guard let first = near.first else { return }
        concept.mended = first
        concept.ways += near.map { Concept.Way(.stems([$0]), strength: 0.85) }
    }

    private func isKnown(_ way: Concept.Way) -> Bool {
        switch way.form {
        case .stems(let stems): stems.allSatisfy { searcher.documentFrequency(of: $0) > 0 }
        case .characters(let text), .run(let text):
            QuestionPiece.bigrams(of: text).contains { searcher.documentFrequency(of: $0) > 0 }
        }
    }

    private func split(_ phrase: String) -> [String] { phrase.split(separator: " ").map(String.init) }
}

extension String {
    /// Whether it has capital letters alone.
    fileprivate var isUppercase: Bool {
        isASCII ? utf8.allSatisfy { 0x41...0x5A ~= $0 } : allSatisfy(\.isUppercase)
    }

    /// Whether a capital letter or a number stands behind the first character.
    fileprivate var hasInnerCapitalOrNumber: Bool {
        isASCII
            ? utf8.dropFirst().contains { 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 }
            : dropFirst().contains { $0.isUppercase || $0.isNumber }
    }
}
