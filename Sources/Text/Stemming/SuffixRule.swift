/// What becomes of a suffix.
struct SuffixRule: Sendable {
    /// What must be so for a rule to hold.
    enum Condition: Sendable {
        /// One of these stands before the suffix, in a region.
        case after(SuffixList, in: StemWord.Region = .word)
        /// None of these stands before the suffix.
        case notAfter(SuffixList)
        /// A letter stands before the suffix, in a region, and it is one of these.
        case afterLetter(LetterSet, in: StemWord.Region = .word)
        /// A letter stands before the suffix, in a region, and it is none of these.
        case afterLetterOtherThan(LetterSet, in: StemWord.Region = .word)
        /// Something else, told of the word and the start of its suffix.
        case holds(@Sendable (StemWord, Int) -> Bool)

        fileprivate func isMet(by word: StemWord, _ start: Int) -> Bool {
            func isLetter(in region: StemWord.Region, _ isWanted: (Unicode.Scalar) -> Bool) -> Bool {
                start > word.start(of: region) && start > 0 && isWanted(word[start - 1])
            }
            return switch self {
            case .after(let suffixes, let region): word.has(suffixes, before: start, in: region)
            case .notAfter(let suffixes): !word.has(suffixes, before: start)
            case .afterLetter(let letters, let region): isLetter(in: region, letters.contains)
            case .afterLetterOtherThan(let letters, let region):
                isLetter(in: region) { !letters.contains($0) }
            case .holds(let predicate): predicate(word, start)
            }
        }
    }

    fileprivate let region: StemWord.Region
    fileprivate let conditions: [Condition]
    fileprivate let replacement: String
    fileprivate let next: SuffixTable<SuffixRule>
    fileprivate var others: [SuffixRule] = []
    fileprivate var endsStep = true

    /// Takes the suffix off if it lies in a region and conditions hold, and afterwards one of others where it is there.
    static func delete(
        in region: StemWord.Region = .word, if conditions: Condition...,
        then next: SuffixTable<SuffixRule> = [:]
    ) -> SuffixRule {
        SuffixRule(region: region, conditions: conditions, replacement: "", next: next)
    }

    /// Puts text in its place if it lies in a region and conditions hold.
    static func replace(
        in region: StemWord.Region = .word, by text: String, if conditions: Condition...
    ) -> SuffixRule {
        SuffixRule(region: region, conditions: conditions, replacement: text, next: [:])
    }

    /// The same, and where it does not hold, another.
    func or(_ other: SuffixRule) -> SuffixRule {
        var rule = self
        rule.others.append(other)
        return rule
    }

    /// The same, but where it holds, the word is read on as if it did not.
    var thenReadOn: SuffixRule {
        var rule = self
        rule.endsStep = false
        return rule
    }
}

extension StemWord {
    /// Applies the rule of the longest suffix that the word has.
    ///
    /// - Parameters:
    ///   - rules: by suffixes.
    ///   - region: outside of which no suffix is looked for. A rule's own region is another matter: there the longest
    ///     suffix is found first, and if it does not lie in the rule's region, no shorter one is tried.
    /// - Returns: whether the rule held.
    @discardableResult
    mutating func apply(_ rules: SuffixTable<SuffixRule>, within region: Region = .word) -> Bool {
        guard let (suffix, rule) = rules.longest(in: letters, before: count, from: start(of: region)) else {
            return false
        }
        if apply(rule, at: suffix) { return rule.endsStep }
        for other in rule.others where apply(other, at: suffix) { return other.endsStep }
        return false
    }

    private mutating func apply(_ rule: SuffixRule, at suffix: Int) -> Bool {
        guard suffix >= start(of: rule.region),
            rule.conditions.allSatisfy({ $0.isMet(by: self, suffix) })
        else { return false }
        replace(from: suffix, by: rule.replacement)
        apply(rule.next)
        return true
    }
}
