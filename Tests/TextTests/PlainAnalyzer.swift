@testable import Text

/// The analysis as plain as can be: scalar by scalar, nothing kept from one word to the next.
struct PlainAnalyzer {
    private struct Letter {
        var scalar: Unicode.Scalar
        var range: Range<Int>
        var kind: ScalarClass
    }

    private let stemmer: Stemmer
    private let elided: Set<String>

    init(_ language: Language) {
        stemmer = Stemmer(language)
        elided = Elision.heads(in: language)
    }

    func tokens(in text: String) -> [Token] {
        var letters: [Letter] = []
        var place = 0
        for scalar in text.unicodeScalars {
            let end = place + UTF8.width(scalar)
            letters.append(Letter(scalar: scalar, range: place..<end, kind: ScalarClass.of(scalar.value)))
            place = end
        }
        var tokens: [Token] = []
        var at = 0
        var position = 0
        while at < letters.count {
            switch letters[at].kind {
            case .mark, .other: at += 1
            case .ideograph:
                let first = at
                while at < letters.count, letters[at].kind == .ideograph {
                    if at > first { tokens.append(token(letters[at - 1...at], .bigram, position - 1)) }
                    tokens.append(token(letters[at...at], .ideograph, position))
                    position += 1
                    at += 1
                }
            case .letter, .digit:
                var parts = [wordEnd(letters, at)].map { at..<$0 }
                while let last = parts.last, last.upperBound + 1 < letters.count,
                    ["-", "\u{2010}", "\u{2011}"].contains(letters[last.upperBound].scalar),
                    isWordStart(letters[last.upperBound + 1])
                {
                    let start = last.upperBound + 1
                    parts.append(start..<wordEnd(letters, start))
                }
                for (number, part) in parts.enumerated() {
                    tokens += word([letters[part]], position + number)
                    if number == 0, parts.count > 1 { tokens += word(parts.map { letters[$0] }, position) }
                }
                position += parts.count
                at = parts.last?.upperBound ?? at + 1
            }
        }
        return tokens
    }

    private func isWordStart(_ letter: Letter) -> Bool { letter.kind == .letter || letter.kind == .digit }

    private func wordEnd(_ letters: [Letter], _ start: Int) -> Int {
        func isCapital(_ at: Int) -> Bool { ("A"..."Z").contains(letters[at].scalar) }
        var at = start
        while at < letters.count {
            switch letters[at].kind {
            case .letter, .digit, .mark:
                at += 1
                continue
            case .ideograph: return at
            case .other: break
            }
            guard at > start, at + 1 < letters.count else { return at }
            let next = letters[at + 1].kind
            let isInNumber =
                letters[start].kind == .digit && ("0"..."9").contains(letters[at - 1].scalar)
                && next == .digit
            let isInitial =
                isCapital(at - 1) && (at - 1 == start || letters[at - 2].scalar == ".") && isCapital(at + 1)
                && (at + 2 == letters.count || letters[at + 2].kind != .letter)
            let isInside =
                switch letters[at].scalar {
                case ",": isInNumber
                case ".": isInNumber || isInitial
                case "'", "\u{2019}": next == .letter
                default: false
                }
            guard isInside else { return at }
            at += 1
        }
        return at
    }

    private func token(_ letters: ArraySlice<Letter>, _ kind: Token.Kind, _ position: Int) -> Token {
        let term = Folding.fold(text(letters))
        return Token(term: term, range: range(letters), position: position, kind: kind)
    }

    /// One word, or the whole of several, unless it is too long.
    private func word(_ parts: [ArraySlice<Letter>], _ position: Int) -> [Token] {
        let word = parts.map(bare).joined()
        let folded = Folding.fold(word)
        guard !folded.isEmpty, parts.count == 1 || parts.count <= 4 && folded.utf8.count <= 40 else {
            return []
        }
        let isNumber =
            parts.count == 1 && folded.unicodeScalars.allSatisfy { "0123456789.".unicodeScalars.contains($0) }
        let whole = range(parts[0]).lowerBound..<range(parts[parts.count - 1]).upperBound
        return [
            Token(
                term: isNumber ? folded : stemmer.term(of: word), range: whole, position: position,
                kind: isNumber ? .number : .word)
        ]
    }

    /// A word in small letters, without its apostrophes, what is elided, commas, initials' dots and possessive ending.
    private func bare(_ letters: ArraySlice<Letter>) -> String {
        var result = ""
        let startsWithDigit = letters.first.map { ("0"..."9").contains($0.scalar) } ?? false
        for at in letters.indices {
            switch letters[at].scalar {
            case "'", "\u{2019}":
                if at + 2 == letters.endIndex, ["s", "S"].contains(letters[at + 1].scalar) { return result }
                if elided.contains(result) { result = "" }
            case ",": break
            case ".": if startsWithDigit { result += "." }
            case let scalar: result += scalar.properties.lowercaseMapping
            }
        }
        return result
    }

    private func text(_ letters: ArraySlice<Letter>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: letters.map(\.scalar))
        return String(result)
    }

    private func range(_ letters: ArraySlice<Letter>) -> Range<Int> {
        letters[letters.startIndex].range.lowerBound..<letters[letters.endIndex - 1].range.upperBound
    }
}
