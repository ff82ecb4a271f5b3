import Foundation
import Text

/// Tells what sort of answer a question wants, by ordered rules over its words; the first that fits wins.
///
/// English rules look at words, Chinese rules at phrases of the text folded to simplified, which serves both scripts.
/// Of other languages only questions for a date are told. Another language is a further table.
enum QuestionAnalysis {
    /// The kind of a question; `fact` where no rule fits.
    static func kind(of question: String, language: Language) -> QuestionKind {
        let folded = Folding.fold(question).trimmingMarks()
        let words = Self.words(of: folded)
        if Alternatives.asksForOrder(words, folded) { return .order }
        if Comparison.asksForMore(words, folded) { return .compare }
        if language.isChinese || language == .japanese, let kind = chineseKind(of: folded) {
            return kind == .howMany && countsNothing(folded) ? .howMuch : kind
        }
        if let kind = smallTalk(words) ?? course(words) { return kind }
        // "Was" is no "was" in German.
        if let dateWords = dateWords[language] {
            return words.prefix(3).contains(where: dateWords.contains) ? .when : .fact
        }
        let kind = english.kind(of: words)
        if kind == nil || kind?.isExact == true || kind == .latest, asksLate(question) { return .yesNo }
        if let kind { return kind }
        return chineseKind(of: folded) ?? .fact
    }

    /// The two questions that stand in one text, as in "When did he return and who joined the board?".
    ///
    /// - Returns: both, the first first; nil where the text asks one thing, or is so long that "and" may join anything.
    static func parts(of text: String, language: Language) -> [String]? {
        if language.isChinese {
            guard text.count <= 44 else { return nil }
            let sentences = sentences(of: text)
            guard sentences.count <= 2 else { return nil }
            let parts =
                sentences.count == 2
                ? sentences : (sentences.first ?? "").split { "，,".contains($0) }.map(String.init)
            let asking = parts.allSatisfy { chineseAsking.contains(where: Folding.fold($0).holds) }
            return parts.count == 2 && asking ? parts : nil
        }
        guard language == .english else { return nil }
        let words = words(of: Folding.fold(text))
        // The first of two parts begins as the whole does.
        guard words.count <= 20, let first = words.first, englishAsking.contains(first) else { return nil }
        func asks(_ part: String) -> Bool {
            Self.words(of: Folding.fold(part)).first.map(englishAsking.contains) ?? false
        }
        let sentences = sentences(of: text)
        guard sentences.count < 2 else {
            return sentences.count == 2 && sentences.allSatisfy(asks) ? sentences : nil
        }
        guard words.contains("and") else { return nil }
        var from = text.startIndex
        while let joint = text.range(of: " and ", options: .caseInsensitive, range: from..<text.endIndex) {
            let parts = [text[..<joint.lowerBound], text[joint.upperBound...]].map {
                String($0.trimming { [" ", ",", "?"].contains($0) })
            }
            if parts.allSatisfy(asks), parts.allSatisfy({ Self.words(of: $0).count > 1 }) { return parts }
            from = joint.upperBound
        }
        return nil
    }

    /// What stands between question marks, as far as it has letters.
    private static func sentences(of text: String) -> [String] {
        text.split { $0 == "?" || $0 == "？" }.map { String($0.trimming(\.isWhitespace)) }
            .filter { $0.contains(where: \.isLetter) }
    }

    /// The words that a question asks with.
    static let englishAsking: Set<String> = [
        "who", "what", "when", "where", "why", "how", "which", "whose",
    ]
    private static let chineseAsking = [
        "谁", "什么", "何时", "哪", "几", "多少", "多久", "为什么", "为何", "怎么", "如何", "呢",
    ]

    /// The words that ask for a date, of the languages whose other question words are not told apart.
    private static let dateWords: [Language: Set<String>] = [
        .german: ["wann"], .french: ["quand"], .spanish: ["cuando"], .italian: ["quando"],
        .portuguese: ["quando"],
        .dutch: ["wanneer"], .swedish: ["nar"], .russian: ["когда"],
    ]

    /// The lower-case words of a folded text.
    static func words(of folded: String) -> [String] {
        if let words = plainWords(of: folded) { return words }
        return folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }).map {
            $0.filter { $0 != "'" && $0 != "’" }
        }.filter { !$0.isEmpty }
    }

    /// The same of a text of ASCII, Han characters and the marks of both, by bytes; nil of any other.
    private static func plainWords(of folded: String) -> [String]? {
        var folded = folded
        return folded.withUTF8 { bytes -> [String]? in
            var words: [String] = []
            words.reserveCapacity(bytes.count / 4 + 1)
            var (start, isMarked) = (0, false)
            func close(before end: Int) {
                let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
                isMarked = isMarked && start < end
                let letters = isMarked ? word.filter { $0 < 0x80 && $0 != 0x27 } : []
                if isMarked ? !letters.isEmpty : start < end {
                    words.append(
                        isMarked
                            ? String(decoding: letters, as: UTF8.self) : String(decoding: word, as: UTF8.self)
                    )
                }
                isMarked = false
            }
            var at = 0
            while at < bytes.count {
                let place = at
                let byte = bytes[at]
                at += 1
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
                // ' and ’ stand in words, and are left out of them.
                case 0x27: isMarked = true
                case 0..<0x80:
                    close(before: place)
                    start = at
                case 0xE2 where at + 1 < bytes.count && bytes[at] == 0x80 && 0x90...0xA7 ~= bytes[at + 1]:
                    let isInWord = bytes[at + 1] == 0x99
                    at += 2
                    if isInWord {
                        isMarked = true
                    } else {
                        close(before: place)
                        start = at
                    }
                // 。 and 、 and the brackets of Chinese.
                case 0xE3 where at + 1 < bytes.count && bytes[at] == 0x80 && isHanMark(bytes[at + 1]):
                    close(before: place)
                    at += 2
                    start = at
                // U+4000 to U+9FFF.
                case 0xE4...0xE9 where at + 1 < bytes.count && !isHexagram(byte, bytes[at]): at += 2
                default: return nil
                }
            }
            close(before: at)
            return words
        }
    }

    /// Whether the last byte of a scalar from U+3000 to U+303F is that of a mark.
    private static func isHanMark(_ last: UInt8) -> Bool {
        switch last {
        case 0x80...0x84, 0x88...0xA0: true
        default: false
        }
    }

    /// Whether the first two bytes are of U+4DC0 to U+4DFF, which are no letters.
    private static func isHexagram(_ first: UInt8, _ second: UInt8) -> Bool {
        first == 0xE4 && second == 0xB7
    }

    /// Whether a text may hold Chinese characters: all are encoded from this byte on.
    static func mayHoldHan(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xE3 } }

    /// Whether a question gives its circumstances first and asks behind a comma: "After the storm, did it reopen?".
    private static func asksLate(_ question: String) -> Bool {
        let opening = words(of: Folding.fold(question)).first ?? ""
        guard circumstances.contains(opening), let end = question.lastIndex(of: "?") else { return false }
        return question[..<end].split(separator: ",").dropFirst().contains { part in
            words(of: Folding.fold(String(part))).first.map(auxiliaries.contains) ?? false
        }
    }

    private static let circumstances: Set<String> = [
        "after", "before", "between", "during", "since", "while", "when", "according", "given", "considering",
        "based", "in", "at", "on", "with", "despite", "following", "as", "if",
    ]

    private static func chineseKind(of folded: String) -> QuestionKind? {
        guard mayHoldHan(folded) else { return nil }
        var text = Array(folded.utf8)
        // 名為什麼 and 成為什麼 ask what, not why.
        if text.holds(Self.why[...]) {
            var folded = folded
            for word in ["名", "称", "叫", "成", "作", "改", "译", "认", "视", "变", "分", "定", "列", "选", "命", "评", "誉"]
            {
                folded.replace(word + "为什么", with: word + "作什么")
            }
            text = Array(folded.utf8)
        }
        return chinese.kind(of: text)
    }

    private static let why = Array("为什么".utf8)

    /// Rules over the phrases of a text, of which the first that fits holds.
    private struct ChineseRules {
        private let rules: [ChineseRule]
        /// The phrases of all rules, and the rule of each.
        private let phrases: PhraseList
        private let owners: [Int]

        init(_ rules: [ChineseRule]) {
            self.rules = rules
            phrases = PhraseList(utf8: rules.flatMap { $0.phrases.map(\.bytes) })
            owners = rules.enumerated().flatMap { number, rule in rule.phrases.map { _ in number } }
        }

        func kind(of text: [UInt8]) -> QuestionKind? {
            // Most rules have no phrase that stands anywhere in the text.
            let numbers = Set(phrases.occurring(in: text).map { owners[$0] })
            return numbers.sorted().lazy.map { rules[$0] }.first { rule in
                rule.phrases.contains { $0.fits(text) } && !rule.exceptions.contains { $0.fits(text) }
            }?.kind
        }
    }

    /// One rule over the phrases of a text.
    private struct ChineseRule {
        let kind: QuestionKind
        let phrases: [Phrase]
        /// The phrases beside which the rule does not hold.
        let exceptions: [Phrase]

        init(_ phrases: [String], _ kind: QuestionKind, unless exceptions: [String] = []) {
            self.kind = kind
            self.phrases = phrases.map(Phrase.init)
            self.exceptions = exceptions.map(Phrase.init)
        }

        /// `^` ties a phrase to the start, `$` to the end; without them it may stand anywhere.
        struct Phrase {
            /// Without the marks of the start and the end; of two bytes at least.
            let bytes: [UInt8]
            private let startsText: Bool
            private let endsText: Bool

            init(_ pattern: String) {
                startsText = pattern.hasPrefix("^")
                endsText = pattern.hasSuffix("$")
                bytes = Array(pattern.utf8.dropFirst(startsText ? 1 : 0).dropLast(endsText ? 1 : 0))
            }

            func fits(_ text: [UInt8]) -> Bool {
                switch (startsText, endsText) {
                case (true, true): text == bytes
                case (true, false): text.starts(with: bytes)
                case (false, true): text.reversed().starts(with: bytes.reversed())
                case (false, false): text.holds(bytes[...])
                }
            }
        }
    }

    /// Whether 多少 asks for the size of something, as in 價值多少 or 獎勵是多少, rather than for a number of things.
    private static func countsNothing(_ folded: String) -> Bool {
        guard let range = folded.firstRange(of: "多少") else { return false }
        let before = folded[..<range.lowerBound]
        let after = folded[range.upperBound...].filter(\.isLetter)
        return ["是", "为", "达", "达到"].contains { before.hasSuffix($0) } || after.isEmpty
            || ["价", "值", "金额", "成本", "营收", "利润", "罚款"].contains { before.contains($0) }
    }

    private static func smallTalk(_ words: [String]) -> QuestionKind? {
        guard words.count <= 6, let first = words.first else { return nil }
        let text = words.joined(separator: " ")
        if let kind = talk[text] { return kind }
        if ["thanks", "thank", "thx", "cheers"].contains(first) { return .thanks }
        if words.count <= 4, words.contains("thanks") || words.contains("bye") {
            return words.contains("bye") ? .farewell : .thanks
        }
        if ["goodbye", "bye"].contains(first) { return .farewell }
        // "You are useless", "stupid bot": an insult is told by whom it is meant for.
        let isMeantForMe = ["you", "youre", "your", "bot", "this"].contains { words.contains($0) }
        return isMeantForMe && words.contains(where: insults.contains) ? .insult : nil
    }

    private static let talk: [String: QuestionKind] = {
        let table: [QuestionKind: [String]] = [
            .help: [
                "help", "what can you do", "who are you", "what are you", "how does this work",
                "how do you work", "what can i ask", "what can i ask you",
            ],
            .greeting: [
                "hi", "hello", "hey", "good morning", "good evening", "good afternoon", "hi there",
                "hello there", "how are you", "hey there", "how are you doing", "whats up", "good day",
            ],
            .thanks: ["great", "perfect", "nice", "cool", "well done", "good bot", "good job", "got it"],
            .farewell: ["see you", "see you later", "good night", "that is all", "thats all"],
            .smallTalk: [
                "ok", "okay", "lol", "haha", "yes", "no", "hmm", "wow", "tell me a joke", "i love you",
                "are you a bot", "are you a robot", "are you human", "are you real", "are you there",
                "whats your name", "what is your name", "how old are you", "who made you", "test",
            ],
            .insult: [
                "shut up", "go away", "fuck you", "fuck off", "idiot", "stupid", "you suck", "screw you",
            ],
        ]
        return table.reduce(into: [:]) { talk, row in for text in row.value { talk[text] = row.key } }
    }()

    private static let insults: Set<String> = [
        "stupid", "useless", "idiot", "dumb", "moron", "crap", "shit", "garbage", "trash", "pathetic",
        "idiotic", "worthless", "suck", "sucks",
    ]

    /// "How has … changed?", "how did … unfold?", "how does … differ from …?": what the end of the question tells.
    private static func course(_ words: [String]) -> QuestionKind? {
        guard words.first == "how", words.count > 3,
            ["has", "have", "did", "do", "does", "is", "are"].contains(words[1])
        else { return nil }
        if words.contains("differ") || words.contains("compare") || words.contains("different") {
            return .compare
        }
        switch words.last {
        case "changed", "change": return .changed
        case "unfold", "unfolded", "develop", "developed", "evolve", "evolved": return .timeline
        default: return nil
        }
    }

    /// One rule over words: it fits where the phrase stands at the start or, with `anywhere`, at any place.
    private struct Rule {
        let kind: QuestionKind
        let phrases: [[String]]
        let anywhere: Bool
        let maxWords: Int

        init(_ kind: QuestionKind, anywhere: Bool = false, maxWords: Int = .max, _ phrases: String...) {
            self.kind = kind
            self.phrases = phrases.map { $0.split(separator: " ").map(String.init) }
            self.anywhere = anywhere
            self.maxWords = maxWords
        }

    }

    /// Ordered rules, whose phrases are looked up by the words that they begin with.
    private struct RuleTable {
        private struct Phrase {
            /// The number of its rule.
            let rule: Int
            /// What stands behind the first word.
            let rest: ArraySlice<String>
            let maxWords: Int

            /// Whether it stands where its first word was found.
            func fits(_ words: [String], at start: Int) -> Bool {
                words.count <= maxWords && rest.count < words.count - start
                    && zip(rest, words[(start + 1)...]).allSatisfy { $0 == "*" || $0 == $1 }
            }
        }

        private let kinds: [QuestionKind]
        /// The phrases that are asked for at the start of a question, in the order of their rules.
        private var starts: [String: [Phrase]] = [:]
        /// The same for any place.
        private var anywhere: [String: [Phrase]] = [:]

        init(_ rules: [Rule]) {
            kinds = rules.map(\.kind)
            for (number, rule) in rules.enumerated() {
                for phrase in rule.phrases {
                    guard let first = phrase.first else { continue }
                    let entry = Phrase(rule: number, rest: phrase.dropFirst(), maxWords: rule.maxWords)
                    if rule.anywhere {
                        anywhere[first, default: []].append(entry)
                    } else {
                        starts[first, default: []].append(entry)
                    }
                }
            }
        }

        /// The kind that the first rule that fits gives.
        func kind(of words: [String]) -> QuestionKind? {
            var best: Int?
            func consider(_ phrases: [Phrase]?, at start: Int) {
                for phrase in phrases ?? [] where phrase.rule < best ?? .max && phrase.fits(words, at: start)
                {
                    best = phrase.rule
                }
            }
            if let first = words.first { consider(starts[first], at: 0) }
            for (place, word) in words.enumerated() { consider(anywhere[word], at: place) }
            return best.map { kinds[$0] }
        }
    }

    private static let english = RuleTable([
        Rule(
            .published, "when was that published", "when was that article published",
            "when was this article published", "when was that post published", "when was that reported",
            "when was that posted", "when was that story published", "when was this published",
            "when was it published", "when was the article published",
            "when was this posted", "when was it posted", "when was the post published",
            "when was the news published",
            "when was this reported", "when was it reported", "when was the news reported",
            "when was the article posted",
            "when did the article appear", "when was this article", "when was this news", "when was the post",
            "what is the date of the article", "what is the date of this", "what date was the article",
            "what date was this", "when was the story published", "when was this story"),
        Rule(
            .source, "who reported", "who published", "who wrote", "which channel reported",
            "which channel published",
            "which channel posted", "which channel wrote", "which channel covered", "which channel broke",
            "which outlet", "what is the source", "what source", "whats the source", "which source",
            "who is the source", "where was this reported", "where was it reported"),
        Rule(.source, maxWords: 3, "which channel", "what channel"),
        Rule(
            .why, "why", "how come", "what is the reason", "what was the reason", "what are the reasons",
            "what were the reasons", "what reason", "what reasons", "for what reason", "what caused",
            "what causes",
            "what led", "what explains", "and why", "but why", "so why"),
        Rule(
            .why, anywhere: true, "reason for", "reasons for", "reason behind", "reasons behind",
            "explain why"),
        Rule(
            .opinion, anywhere: true, "the analysis say", "the analysis", "channels analysis", "analysis of",
            "significance of", "the significance", "implications of", "implication of", "does this mean",
            "does it mean",
            "why does it matter", "opinion on", "opinion of", "opinion about", "think of", "think about",
            "the channel think", "the channel argue", "the channel expect", "main takeaways", "the takeaways"),
        Rule(
            .timeline, anywhere: true, "timeline", "chronology", "sequence of events",
            "in chronological order"),
        Rule(
            .changed, "what changed", "what has changed", "whats changed", "what is different now",
            "whats different now", "what is new since", "what has been corrected", "what was corrected"),
        Rule(
            .compare, "compare", "what is the difference between", "whats the difference between",
            "what are the differences between", "difference between", "differences between",
            "what was the difference between"),
        Rule(
            .summary, "summarise", "summarize", "summary", "give me a summary", "give me an overview",
            "overview",
            "tell me about", "tell me more about", "what happened", "whats happened", "what has happened",
            "what is happening", "whats the story", "what is the story", "what do you know about",
            "what is the article about", "whats the article about", "what is this about", "what is it about",
            "what is the news about", "what is the post about", "tldr", "brief me", "what is going on",
            "whats going on",
            "can you summarise", "can you summarize", "please summarise", "please summarize"),
        Rule(
            .latest, "latest", "whats new", "what is new", "whats the latest", "what is the latest",
            "any news",
            "is there any news", "newest", "most recent", "what are the latest", "show me the latest",
            "recent news",
            "what is the newest", "what is the most recent", "give me the latest", "news about",
            "any updates", "any update",
            "what are the newest", "what are the most recent", "what news"),
        Rule(
            .percentage, "how big a share", "how large a share", "how much of a stake", "what percentage",
            "what percent", "what share", "which percentage",
            "how many percent",
            "by what percentage", "by how many percent", "what proportion"),
        Rule(
            .howLong, "how old", "what age", "how long", "for how long", "how many years", "how many months",
            "how many weeks",
            "how many days",
            "how many hours", "over how many years", "for how many years", "over what period",
            "in how many days",
            "how many minutes", "within how many"),
        Rule(
            .howMany, "how many", "in how many", "by how many", "to how many", "for how many", "and how many"),
        Rule(.howMany, anywhere: true, "how many", "what number of", "the number of"),
        Rule(
            .howMuch, "how much", "for how much", "by how much", "at what price", "what price",
            "what was the price",
            "what is the price", "how large", "how big", "how high", "how low", "how far", "how fast",
            "what did it cost",
            "how expensive", "what amount", "what sum", "what is the value", "what was the value",
            "at what valuation", "at which valuation", "at which price",
            "what valuation", "what was the valuation", "what is the valuation", "what is the cost",
            "what was the cost",
            "what is the worth", "and how much", "what market value", "what was the size", "what is the size"),
        Rule(.howMuch, anywhere: true, "how much"),
        Rule(
            .when, "when", "since when", "until when", "what date", "what day", "what year", "what month",
            "which date",
            "which day", "which year", "which month", "on what date", "on which date", "on what day",
            "on which day", "in which years", "which years", "what years", "in what years", "on which days",
            "on which dates", "which dates",
            "in what year", "in which year", "in which month", "in what month", "at what time", "what time",
            "what is the date", "what was the date", "by when", "and when", "as of when"),
        Rule(
            .who, "who", "whom", "whose", "by whom", "to whom", "from whom", "with whom", "and who",
            "which person"),
        Rule(
            .where, "where", "from where", "in which city", "in which country", "in which state",
            "in what city",
            "in what country", "in which place", "and where", "what city", "what country", "which city",
            "which country", "what place"),
        Rule(.list, "list", "name the", "name all", "name some", "name three", "what are the names"),
        Rule(
            .how, "how", "in what way", "in which way", "by what means", "and how"),
        Rule(
            .yesNo, "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will", "would",
            "can",
            "could", "should", "may", "might", "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt",
            "hasnt",
            "havent", "wont", "is it true", "am", "whether"),
        Rule(
            .define, maxWords: 7, "what is a", "what is an", "what is the", "what is", "whats", "what are",
            "define", "what does * mean"),
        Rule(.compare, anywhere: true, maxWords: 8, "vs", "versus"),
    ])

    /// What asks for something else than the matter that a question names.
    private static let asking = ["哪", "谁", "何人"]

    private static let chinese = ChineseRules([
        ChineseRule(["^你好$", "^您好$", "^哈喽$", "^嗨$", "^早安$", "^早上好$", "^晚上好$", "^大家好$"], .greeting),
        ChineseRule(["^谢谢", "^多谢", "^感谢$", "^谢了", "^太好了", "，谢谢$"], .thanks),
        ChineseRule(["^帮助$", "^说明$", "^你是谁$", "^你能做什么$", "^你会什么$", "^怎么用$"], .help),
        ChineseRule(["^再见", "^拜拜", "^晚安$"], .farewell),
        ChineseRule(
            ["^好的$", "^好$", "^哈哈", "讲个笑话", "讲笑话", "^你好吗", "^你几岁", "^我爱你", "^你是机器人", "^你是真人"], .smallTalk),
        ChineseRule(
            [
                "^闭嘴", "^笨蛋", "^白痴", "^你这个白痴", "^你这个笨蛋", "^废物", "^垃圾$", "^垃圾机器人", "^滚$", "^傻", "你很笨", "你真笨",
                "你好笨", "你真没用",
            ], .insult),
        ChineseRule(
            [
                "什么时候发布的", "何时发布的", "什么时候报道", "何时报道", "什么时候报导", "何时报导", "发布日期", "发布时间", "哪天发布的", "什么时候刊登",
                "这篇文章的日期", "新闻的日期", "什么时候发表的",
            ], .published
        ),
        ChineseRule(
            ["谁报道", "谁报导", "谁发布的", "谁写的", "谁发的", "^来源是", "新闻来源", "报道来源", "哪个频道", "哪家媒体", "消息来源", "出处"],
            .source),
        ChineseRule(["为什么", "为何", "为啥", "何以", "怎么会", "什么原因", "何原因", "什么理由"], .why),
        ChineseRule(["原因", "理由"], .why, unless: asking + ["什么名", "几", "吗"]),
        ChineseRule(
            ["百分之几", "百分之多少", "多少比例", "多大比例", "占比", "百分比", "几成", "多少百分点", "多少股份", "多少股权", "多少持股", "多少的股"],
            .percentage),
        ChineseRule(["多久一次", "多久发生", "多常"], .how),
        ChineseRule(["西元几年", "公元几年", "民国几年", "在几年", "于几年", "是几年"], .when),
        ChineseRule(
            [
                "多久", "多长时间", "多少时间", "多少小时", "多少分钟", "多少周", "多少星期", "几年", "多少年", "几个月", "多少天", "几天", "多少个月",
                "几小时", "几岁", "多少岁", "多大年纪",
            ], .howLong, unless: ["哪", "谁"]),
        ChineseRule(
            [
                "多少钱", "多少美元", "多少资金", "多少金额", "多少亿", "多少元", "成本多少", "费用多", "少费用", "多高", "多大", "市值多少", "跌了多少",
                "涨了多少", "多少市值", "多少枚", "多少btc", "多少eth",
            ], .howMuch
        ),
        ChineseRule(
            ["金额", "价格", "估值", "价钱", "身价", "费用是", "费用为"], .howMuch,
            unless: asking + ["什么时候", "如何", "怎么", "吗", "是否", "会不会", "有没有", "几"]),
        ChineseRule(["什么时候", "何时", "哪天", "哪一天", "几号", "几月", "哪年", "哪一年", "什么日期", "什么时间", "几时"], .when),
        ChineseRule(["日期"], .when, unless: asking + ["吗", "是否"]),
        ChineseRule(["最新"], .latest, unless: asking + ["多少", "几", "吗"]),
        ChineseRule(["最近有什么", "近期有什么", "有什么新消息", "有什么新闻"], .latest),
        ChineseRule(["时间线", "时间轴", "来龙去脉", "始末", "大事记"], .timeline),
        ChineseRule(["有什么变化", "有何变化", "有哪些变化", "有什么改变", "有何改变", "变了什么", "改变了什么"], .changed),
        ChineseRule(["^比较", "比较一下", "对比", "的区别", "的差别", "的差异", "有什么不同", "有何不同", "有什么区别"], .compare),
        ChineseRule(
            [
                "总结", "概括", "摘要", "概述", "发生了什么$", "发生了什么事", "怎么回事", "发生什么$", "发生什么事", "介绍一下", "说说", "讲讲",
                "什么事$", "这篇讲", "主要内容",
            ], .summary
        ),
        ChineseRule(["怎么看", "有何影响", "有什么影响"], .opinion),
        ChineseRule(["分析", "意义", "意味", "看法", "观点", "启示"], .opinion, unless: asking + ["多少", "几"]),
        ChineseRule(["哪些", "有哪几", "^列出", "^请列出", "哪几", "分别是"], .list),
        ChineseRule(
            ["多少", "几个", "几家", "几名", "几位", "几台", "几只", "几项", "几人", "几支", "几次", "几档"], .howMany,
            unless: ["哪位", "哪个", "哪一", "谁"]),
        ChineseRule(["谁", "何人", "哪位", "哪个人", "什么人"], .who),
        ChineseRule(["哪里", "哪儿", "何处", "何地", "在哪", "什么地方", "哪个城市", "哪座城市", "哪个国家", "哪国", "哪个州"], .where),
        ChineseRule(["如何", "怎么", "怎样", "怎么样"], .how),
        ChineseRule(
            ["吗$", "吗？$", "是否", "是不是", "有没有", "会不会", "能不能", "可不可以", "要不要", "可否", "能否", "会否"], .yesNo),
        ChineseRule(["^什么是", "是什么$", "是什么？$", "什么意思", "是啥$"], .define),
    ])

    /// In characters.
    private static let longestTypeNoun = typeNouns.map(\.count).max() ?? 0
    /// The nouns that only tell what kind of thing is wanted.
    static let typeNouns: Set<String> = [
        "country", "countries", "nation", "state", "city", "cities", "place", "company", "companies", "firm",
        "person",
        "people", "organisation", "organization", "date", "day", "year", "month", "name", "thing", "kind",
        "type", "item",
        "one", "way", "step", "reason", "point", "platform", "provider", "vendor", "service", "product",
        "plan", "tier",
        "edition", "version", "user", "group", "party", "agency", "institution", "body", "brand", "exchange",
        "app",
        "industry", "industries", "sector", "partner", "investor", "method", "factor", "measure", "part",
        "amount",
        "number", "figure", "sum", "price", "percentage", "percent", "share", "event", "man", "woman",
        "official", "benefit", "advantage", "disadvantage", "drawback", "risk", "consequence", "effect",
        "aim",
        "goal", "purpose", "document", "technology", "material", "area", "field",
        "国家", "公司", "企业", "城市", "地方", "人", "平台", "机构", "服务", "方案", "版本", "产品", "日期", "时间", "原因",
        "项目", "用户", "行业", "投资者", "数字", "金额", "比例", "事件", "交易所",
    ]

    /// Whether a word is an aside, such as "currently", whose absence changes nothing.
    static func isAside(_ folded: String) -> Bool {
        (folded.count > 4 && folded.hasSuffix("ly")
            && !["family", "supply", "italy", "reply", "early", "rally", "ally"].contains(folded))
            || asides.contains(folded)
    }

    /// Whether a word only says that the source's opinion is wanted.
    static func asksOpinion(_ folded: String) -> Bool {
        [
            "analysis", "opinion", "conclude", "conclusion", "significance", "implication", "implications",
            "argue", "argues",
            "takeaway",
            "takeaways", "view", "views", "分析", "意义", "看法", "观点", "认为", "启示",
        ].contains(folded)
    }

    /// Whether a word only says that an amount is wanted, which the amount itself shows.
    static func namesAmount(_ folded: String) -> Bool {
        [
            "value", "worth", "cost", "costs", "price", "sum", "amount", "money", "价值", "价格", "价钱", "金额",
            "总额", "身价",
        ].contains(folded)
    }

    /// Whether a word only says that the origin of an article is wanted.
    static func asksOrigin(_ folded: String) -> Bool {
        [
            "publish", "published", "post", "posted", "report", "reported", "write", "wrote", "source",
            "outlet",
            "发布", "发表", "刊登", "报道", "报导", "公布", "写", "来源", "出处", "日期", "媒体",
        ].contains(folded)
    }

    /// Whether a word only says that the course of things is wanted.
    static func asksCourse(_ folded: String) -> Bool {
        [
            "timeline", "chronology", "sequence", "events", "event", "order", "chronological", "unfold",
            "unfolded", "develop", "developed", "evolve", "evolved", "change", "changed", "changes", "story",
            "history", "时间线", "时间轴", "时间", "来龙去脉", "始末", "大事记", "事件", "变化", "改变",
        ].contains(folded)
    }

    private static let asides: Set<String> = [
        "still", "already", "yet", "ever", "now", "then", "previous", "former", "current", "main", "major",
        "exact",
        "exactly", "new", "please", "tell", "role", "total", "overall", "far", "ago", "later", "earlier",
        "first", "next",
        "away", "back", "actually", "really", "much", "many", "big", "large", "full", "whole", "own",
        "certain", "happen",
        "happened", "mean", "know", "want", "think", "going", "go", "let", "able", "plan", "plans",
        "expected", "expect",
        "目前", "现在", "已经", "曾经", "之前", "以前", "主要", "当时", "后来", "具体", "到底", "究竟", "一共", "总共",
    ]

    /// The folded noun that "which", "what" or "how many" asks for, with the words that stand between.
    ///
    /// Up to three words count where an auxiliary verb shows the end of the noun phrase ("which tech giant has …"), and
    /// the first word alone where none does ("which companies announced …").
    static func nounPhrase(of question: String) -> [String] {
        nounPhrase(in: words(of: Folding.fold(question)))
    }

    /// The same of a question in words.
    static func nounPhrase(in words: [String]) -> [String] {
        for (index, word) in words.enumerated() {
            let isAsking =
                word == "which" || word == "what" || word == "whose"
                || (word == "many" && index > 0 && words[index - 1] == "how")
            guard isAsking else { continue }
            let rest = words[(index + 1)...]
            let phrase = rest.prefix { !StopWords.contains($0, in: .english) }
            if phrase.isEmpty {
                // "What are the benefits of …" asks for benefits.
                let determined = rest.drop(while: { auxiliaries.contains($0) || $0 == "the" })
                guard let noun = determined.first, noun != rest.first,
                    ["of", "for", "in", "behind"].contains(determined.dropFirst().first ?? ""),
                    typeNouns.contains(noun) || typeNouns.contains(singular(noun))
                else { continue }
                return [noun]
            }
            let end = rest.dropFirst(phrase.count).first
            if phrase.count == 1 || phrase.count <= 3 && end.map(auxiliaries.contains) == true {
                return Array(phrase)
            }
            return [phrase[phrase.startIndex]]
        }
        return []
    }

    /// Whether a noun asks for statements rather than for names: "What are the benefits of …?".
    static func isAbstract(_ noun: String) -> Bool { abstractNouns.contains(singular(noun)) }

    private static let abstractNouns: Set<String> = [
        "benefit", "advantage", "disadvantage", "drawback", "risk", "consequence", "effect", "aim", "goal",
        "purpose", "reason", "way", "step", "point", "factor", "thing",
    ]

    /// The verbs that a question for yes or no begins with.
    static let auxiliaries: Set<String> = [
        "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will", "would", "can",
        "could", "should", "may", "might", "must",
    ]

    private static func singular(_ noun: String) -> String {
        if noun.hasSuffix("ies") { return noun.dropLast(3) + "y" }
        return noun.hasSuffix("s") ? String(noun.dropLast()) : noun
    }

    /// What follows the words that ask for one or several of a kind: "哪一個", "哪些", "什麼", "幾家"; nil without them.
    static func afterChineseMarker(_ folded: String) -> Substring? {
        guard mayHoldHan(folded) else { return nil }
        for marker in ["哪一", "哪几", "哪", "什么", "何种", "多少", "几"] {
            guard let range = folded.bytesRange(of: marker) else { continue }
            let rest = folded[range.upperBound...]
            return rest.first.map(classifiers.contains) == true ? rest.dropFirst() : rest
        }
        return nil
    }

    private static let classifiers: Set<Character> = [
        "个", "些", "家", "种", "场", "部", "条", "座", "位", "名", "项", "次", "届", "首", "本", "所", "支", "款", "份", "类",
        "篇", "则", "只", "台", "档", "间", "幅", "艘", "架", "辆", "颗", "片", "段", "群", "批", "样", "门",
    ]

    /// The folded nouns that tell what kind of thing "which", "what", "how many" or 哪些 asks for.
    static func headNouns(of question: String, language: Language) -> Set<String> {
        let folded = Folding.fold(question)
        return headNouns(folded, phrase: nounPhrase(in: words(of: folded)))
    }

    /// The same of a folded question of which the phrase is known.
    static func headNouns(_ folded: String, phrase: [String]) -> Set<String> {
        var heads = Set(phrase.suffix(1))
        if let rest = afterChineseMarker(folded) {
            var noun = ""
            for character in rest.prefix(longestTypeNoun) {
                noun.append(character)
                if typeNouns.contains(noun) { heads.insert(noun) }
            }
        }
        return heads
    }
}

extension String {
    fileprivate func trimmingMarks() -> String { String(trimming { !$0.isAlphanumeric }) }
}
