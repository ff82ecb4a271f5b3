import Text

/// What a reader says before and behind a question without asking anything: "Could you please tell me", 我想請問.
///
/// It says nothing of the matter, and hides what is asked: "Do you know when it opens?" wants a date and no yes. It is
/// taken off before the question is read, where a whole question is left.
enum LeadIn {
    /// A question without what leads in to it.
    ///
    /// - Parameters:
    ///   - text: as typed.
    ///   - language: what it is read in; of others than English and Chinese nothing is known to be taken off.
    /// - Returns: the question proper, or the text itself where nothing leads in or what is left is no question.
    /// - Complexity: O(length of the text).
    static func removed(from text: String, language: Language) -> String {
        if language.isChinese { return chinese(text) }
        return language == .english ? english(text) : text
    }

    // MARK: English

    private struct Word {
        let folded: String
        let range: Range<String.Index>
    }

    private static func english(_ text: String) -> String {
        guard mayLeadIn(text) else { return text }
        let words = words(of: text)
        var (start, proper) = (0, 0)
        var told = ""
        while let lead = leads[words[start].folded]?.first(where: { $0.begins(words[start...]) }) {
            start += lead.words.count
            guard start < words.count else { break }
            if asks(words[start...], after: lead.kind) { (proper, told) = (start, "") }
            let next = words[start].folded
            let matter = words[start...].drop { ["anything", "something"].contains($0.folded) }
            if lead.kind == .telling, matter.count > 1, matter.first?.folded == "about" {
                (proper, told) = (matter.startIndex, "Tell me ")
            } else if lead.kind == .doubting || lead.kind == .telling && ["whether", "if"].contains(next) {
                let claim = ["whether", "if", "that"].contains(next) ? start + 1 : start
                if claim + 1 < words.count { (proper, told) = (claim, "Whether ") }
            }
        }
        guard let (end, mark) = end(of: words[proper...], in: text) else {
            guard proper > 0 else { return text }
            return opened(told, text[words[proper].range.lowerBound...])
        }
        return opened(told, text[words[proper].range.lowerBound..<end] + mark)
    }

    private static func opened(_ told: String, _ question: Substring) -> String {
        told.isEmpty ? question.prefix(1).uppercased() + question.dropFirst() : told + question
    }

    /// Most questions lead in with nothing, which the first two words and the last one tell.
    private static func mayLeadIn(_ text: String) -> Bool {
        let start = words(of: text, most: 2).map(\.folded)
        guard let first = start.first, let last = text.lastIndex(where: isPart) else { return false }
        if openings.contains(first) || openings.contains(start.joined(separator: " ")) { return true }
        let before = text[..<last].lastIndex { !isPart($0) }
        return tailEnds.contains(
            text[(before.map(text.index(after:)) ?? text.startIndex)...last].lowercased())
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isAlphanumeric || character == "'" || character == "’"
    }

    private static func words(of text: String, most: Int = .max) -> [Word] {
        var words: [Word] = []
        var at = text.startIndex
        while words.count < most, let start = text[at...].firstIndex(where: isPart) {
            let end = text[start...].firstIndex { !isPart($0) } ?? text.endIndex
            let letters = text[start..<end].filter { $0 != "'" && $0 != "’" }
            words.append(Word(folded: letters.lowercased(), range: start..<end))
            at = end
        }
        return words
    }

    /// Whether words begin a question or a request of their own behind what leads in.
    private static func asks(_ words: ArraySlice<Word>, after kind: Lead.Kind) -> Bool {
        guard let first = words.first?.folded else { return false }
        if kind == .doubting { return false }
        if kind == .requesting { return words.count > 1 && requests.contains(first) }
        if asking.contains(first) { return true }
        guard words.count > 1 else { return false }
        if prepositions.contains(first) { return asking.contains(words[words.startIndex + 1].folded) }
        if QuestionAnalysis.auxiliaries.contains(first) { return true }
        return kind == .greeting && requests.contains(first)
    }

    /// Where a question ends that "please" or "do you know" stands behind, and the mark that it ends with; nil where nothing
    /// stands behind it.
    private static func end(of words: ArraySlice<Word>, in text: String) -> (String.Index, mark: Substring)? {
        guard asks(words, after: .greeting) else { return nil }
        var rest = words
        while let tail = tails.first(where: {
            rest.count > $0.count + 1 && rest.suffix($0.count).map(\.folded) == $0
        }) {
            let before = rest[rest.endIndex - tail.count - 1]
            let gap = text[before.range.upperBound..<rest[rest.endIndex - tail.count].range.lowerBound]
            guard gap.contains(where: { !$0.isWhitespace }) else { break }
            rest = rest.dropLast(tail.count)
        }
        guard rest.count < words.count, let last = rest.last, let tail = words.last else { return nil }
        let mark = [last, tail].lazy.map { word in
            text[word.range.upperBound...].prefix { $0 == "?" || $0 == "!" }
        }.first { !$0.isEmpty }
        return (last.range.upperBound, mark ?? "")
    }

    /// Words that lead in together.
    private struct Lead {
        /// What may stand behind: only a request behind "can you", "whether" where somebody is to tell, and a claim behind
        /// "is it true".
        enum Kind { case greeting, requesting, telling, doubting }

        let words: [String]
        let kind: Kind

        func begins(_ text: ArraySlice<Word>) -> Bool {
            text.count >= words.count && zip(words, text).allSatisfy { $0 == $1.folded }
        }
    }

    /// What leads in, by its first word, longest first.
    private static let leads: [String: [Lead]] = {
        let phrases: [Lead.Kind: [String]] = [
            .greeting: [
                "hi", "hi there", "hello", "hello there", "hey", "hey there", "good morning",
                "good afternoon",
                "good evening", "excuse me", "sorry", "please", "kindly", "ok", "okay", "well",
                "quick question",
                "a quick question", "one question", "question", "i have a question", "just curious",
                "out of curiosity",
            ],
            .requesting: ["can", "could", "would", "will"].flatMap { verb in
                ["\(verb) you", "\(verb) you please", "\(verb) you kindly"]
            },
            .telling: [
                "tell me", "tell us", "remind me", "explain", "explain to me", "say", "inform me", "find out",
                "show me", "help me understand", "do you know", "do you happen to know",
                "do you have any idea",
                "have you any idea", "any idea", "any ideas", "any clue", "does anyone know",
                "does anybody know",
                "does someone know", "anyone know", "anybody know", "i would like to know", "id like to know",
                "we would like to know", "wed like to know", "i want to know", "i wanted to know",
                "i need to know", "i wish to know", "i would love to know", "id love to know", "i wonder",
                "i was wondering", "i am wondering", "im wondering", "i am curious", "im curious",
                "may i ask",
                "can i ask", "could i ask", "might i ask", "may i know", "can i know", "i would like to ask",
                "id like to ask", "i want to ask", "what i want to know is", "my question is",
                "what can you tell me", "what could you tell me",
            ],
            .doubting: ["is it true", "is it correct", "is it right", "is it a fact"],
        ]
        let all = phrases.flatMap { kind, phrases in
            phrases.map { Lead(words: $0.split(separator: " ").map(String.init), kind: kind) }
        }
        return Dictionary(grouping: all) { $0.words[0] }.mapValues {
            $0.sorted { $0.words.count > $1.words.count }
        }
    }()

    /// What leads in by itself, and the first two words of the others.
    private static let openings = Set(
        leads.values.joined().map { $0.words.prefix(2).joined(separator: " ") })

    private static let tails = [
        ["please"], ["pls"], ["thanks"], ["thank", "you"], ["many", "thanks"], ["do", "you", "know"],
        ["any", "idea"],
        ["any", "ideas"],
    ]
    private static let tailEnds = Set(tails.compactMap(\.last))

    private static let asking = QuestionAnalysis.englishAsking.union(["whom", "whats"])
    private static let prepositions: Set<String> = [
        "in", "by", "at", "on", "to", "for", "from", "with", "since", "until", "of", "under", "through",
        "about",
    ]
    /// What is asked for by an imperative, as the kinds of questions know it.
    private static let requests: Set<String> = [
        "tell", "give", "list", "name", "show", "summarise", "summarize", "compare", "explain", "describe",
        "define",
        "brief",
    ]

    // MARK: Chinese

    private static func chinese(_ text: String) -> String {
        var question = text[...]
        var isCut = false
        var wantsKnowledge = false
        while let lead = chineseLead(of: question) {
            let rest = question.dropFirst(lead.phrase.count)
            // 你好 is a greeting of its own where something stands between.
            if lead.kind == .greeting, rest.first?.isLetter == true { break }
            question = rest.drop { $0.isWhitespace || $0.isPunctuation }
            isCut = true
            wantsKnowledge = wantsKnowledge || lead.kind == .requesting
        }
        guard isCut, question.count(where: \.isLetter) > 1 else { return text }
        guard wantsKnowledge else { return String(question) }
        // 你知道特斯拉嗎？ asks nothing but that; 你知道誰贏了嗎？ wants the name and no yes.
        let folded = Folding.fold(String(question))
        guard chineseAsking.contains(where: { folded.contains($0) }) else { return text }
        guard let last = question.lastIndex(where: \.isLetter), "吗嗎".contains(question[last]) else {
            return String(question)
        }
        return String(question[..<last] + question[question.index(after: last)...])
    }

    /// The longest lead that a text begins with.
    private static func chineseLead(of text: Substring) -> (phrase: String, kind: Lead.Kind)? {
        let opening = Folding.fold(String(text.prefix(longestChineseLead)))
        return chineseLeads.first { lead in
            // Folding may make several characters of one.
            opening.hasPrefix(lead.phrase)
                && Folding.fold(String(text.prefix(lead.phrase.count))) == lead.phrase
        }
    }

    /// In characters.
    private static let longestChineseLead = chineseLeads.map(\.phrase.count).max() ?? 0

    /// In simplified characters, as folding leaves them; longest first.
    private static let chineseLeads: [(phrase: String, kind: Lead.Kind)] = {
        let phrases: [Lead.Kind: [String]] = [
            .greeting: ["你好", "您好", "哈喽", "嗨", "不好意思", "打扰一下", "麻烦你", "麻烦您"],
            .telling: [
                "请问", "请问一下", "想请问", "想问", "想问一下", "想请教", "请教", "请教一下", "我想问", "我想问一下", "我想请问",
                "我想知道", "想知道", "我要问", "麻烦问一下", "麻烦告诉我", "告诉我", "请告诉我", "请你告诉我", "跟我说", "请跟我说",
                "我很好奇",
            ],
            .requesting: [
                "你知道", "您知道", "你知不知道", "您知不知道", "有人知道", "有没有人知道", "大家知道", "可以告诉我",
                "可不可以告诉我", "能告诉我", "能不能告诉我", "能否告诉我", "可否告诉我", "你能告诉我", "你可以告诉我", "您能告诉我",
            ],
        ]
        let all = phrases.flatMap { kind, phrases in phrases.map { (phrase: $0, kind: kind) } }
        return all.sorted { ($1.phrase.count, $0.phrase) < ($0.phrase.count, $1.phrase) }
    }()

    /// What makes a question of a sentence without 吗.
    private static let chineseAsking = [
        "谁", "什么", "何", "哪", "几", "多少", "多久", "多大", "多高", "怎么", "如何", "是否", "有没有", "会不会", "是不是",
    ]
}
