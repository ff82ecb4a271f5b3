import News
import Retrieval
import Text

/// What an answer has to contain by the kind of its question, such as a date or an amount.
struct Expectation: Sendable {
    private let question: Question
    private let questionQuantities: Set<Double>

    init(_ question: Question) {
        self.question = question
        questionQuantities = Set(
            Quantity.all(in: question.standalone, language: question.read.language).map(\.value))
    }

    /// Whether the kind of question wants something that can be recognised.
    var isTyped: Bool {
        switch question.kind {
        case .when, .howMany, .howMuch, .howLong, .percentage: true
        case .who: !onlyNames
        case .why: true
        case .how: asksForStatement || asksForFrequency
        default: asksForStatement || question.asked != nil
        }
    }

    /// Whether the question holds nothing but names, as "Who is Mira Murati?" does: then the name is not the answer.
    private var onlyNames: Bool { question.essential.allSatisfy { $0.kind == .name } }

    /// Whether a sentence contains something of the expected kind that the question does not.
    func isMet(by sentence: ReadSentence, in article: Article) -> Bool {
        let text = sentence.sentence.text
        return switch question.kind {
        case .when: !dates(in: text, article).isEmpty
        case .howMany, .howMuch, .howLong, .percentage:
            !quantities(in: text, article.language).isEmpty && (!asksForAge || CueWords.isAge(text))
        case .who: onlyNames || !newNames(text, article.language).isEmpty
        case .why: sentence.section.isOpinion || CueWords.isCausal(text)
        default:
            if asksForStatement {
                CueWords.isStatement(text)
            } else if asksForFrequency {
                CueWords.isFrequency(text)
            } else if let asked = question.asked {
                sentence.wording.degree(of: asked) > 0 || namesSomething(text, article.language)
            } else {
                true
            }
        }
    }

    /// How well a sentence that has the expected kind suits it, 0…1: a person suits "who" better than a company, and
    /// "the District Court for …" suits "which court" better than "a court".
    func fit(of sentence: ReadSentence, in article: Article) -> Double {
        let text = sentence.sentence.text
        switch question.kind {
        case .where:
            return CueWords.isPlace(text) ? 0.5 : 0
        case .who:
            return newNames(text, article.language).contains { $0.split(separator: " ").count > 1 } ? 0.4 : 0
        default:
            guard let asked = question.asked else { return 0 }
            if question.wantsList, Enumeration.all(in: text).contains(where: \.isOfNames) { return 0.4 }
            let analyzer = TextAnalyzer(article.language)
            let isNamed = newNames(text, article.language).contains { name in
                Wording(name, analyzer: analyzer).degree(of: asked) > 0.9
            }
            return isNamed ? 1 : sentence.wording.degree(of: asked) > 0.86 ? 0.25 : 0
        }
    }

    /// Whether a sentence names, quotes or counts something that the question does not.
    private func namesSomething(_ text: String, _ language: Language) -> Bool {
        !newNames(text, language).isEmpty || text.contains { "“\"「《『".contains($0) }
            || !Enumeration.all(in: text).isEmpty
            || DateMention.all(in: text, language: language).contains {
                !question.standalone.contains($0.text)
            }
            || language.isCJK && text.contains { $0.isASCII && $0.isLetter }
            || Quantity.all(in: text, language: language).contains { !questionQuantities.contains($0.value) }
    }

    private func newNames(_ text: String, _ language: Language) -> [String] {
        Names.all(in: text, language: language).filter { !isAsked($0) }
    }

    /// Whether an age is asked for.
    private var asksForAge: Bool {
        let folded = Folding.fold(question.standalone)
        return ["how old", "what age", "几岁", "多少岁", "年龄", "多大年纪"].contains(where: folded.contains)
    }

    /// Whether it is asked how often something happens.
    private var asksForFrequency: Bool {
        let folded = Folding.fold(question.standalone)
        return ["how often", "how frequently", "多久一次", "多久发生", "多常"].contains(where: folded.contains)
    }

    /// Whether somebody's words are asked for: "What did the minister say about …?".
    private var asksForStatement: Bool {
        guard question.kind == .fact || question.kind == .how else { return false }
        let folded = Folding.fold(question.standalone)
        let words = QuestionAnalysis.words(of: folded)
        if let at = words.firstIndex(where: { $0 == "what" || $0 == "how" }),
            let verb = words.dropFirst(at + 1).first, ["did", "does", "do", "has", "have"].contains(verb)
        {
            return words.dropFirst(at + 2).prefix(6).contains(where: CueWords.statementVerbs.contains)
        }
        return ["说了什么", "怎么说", "如何回应", "表示什么", "怎么回应", "有何回应"].contains(where: folded.contains)
    }

    /// The dates in a text that say more than the question does, without the label of an update ("20 July, update:").
    func dates(in text: String, _ article: Article) -> [DateMention] {
        DateMention.all(in: text, language: article.language).filter { mention in
            !question.standalone.contains(mention.text) && !isLabel(mention, of: text)
        }
    }

    private func isLabel(_ mention: DateMention, of text: String) -> Bool {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }),
            mention.range.upperBound <= colon, text.distance(from: text.startIndex, to: colon) <= 40
        else { return false }
        let label = Folding.fold(String(text[..<colon]))
        return ["update", "更新", "correction", "更正", "edit"].contains(where: label.contains)
    }

    /// The amounts in a text that fit the kind of question, the fitting ones only.
    func quantities(in text: String, _ language: Language) -> [Quantity] {
        Quantity.all(in: text, language: language).filter { quantity in
            guard !questionQuantities.contains(quantity.value) else { return false }
            let isKind =
                switch question.kind {
                case .percentage: quantity.kind == .percentage
                case .howLong: quantity.kind == .duration
                case .howMany: quantity.kind == .count || quantity.kind == .plain || quantity.kind == .ratio
                case .howMuch: quantity.kind != .ratio || !asksForMoney
                default: true
                }
            return isKind && (!asksForMoney || quantity.kind == .money)
        }
    }

    /// Whether only money answers: "how much did it cost", 多少錢.
    private var asksForMoney: Bool {
        guard question.kind == .howMuch else { return false }
        let text = Folding.fold(question.standalone)
        return [
            "cost", "pay", "paid", "price", "raise", "dollar", "money", "worth", "valu", "spend", "invest",
            "fine",
            "forfeit", "buy", "bought", "值", "罚款", "蒸发", "损失", "钱", "美元", "资金", "金额", "价", "估值", "亿元", "费用",
        ]
        .contains { text.contains($0) }
    }

    private func isAsked(_ name: String) -> Bool {
        let folded = Folding.fold(name)
        let asked = Folding.fold(question.standalone)
        return folded.split(separator: " ").allSatisfy { asked.contains($0) }
    }
}

/// Words that tell what a sentence does.
enum CueWords {
    /// Whether a sentence gives a reason.
    static func isCausal(_ text: String) -> Bool { has(causal, in: text) }

    /// Whether a sentence tells an age.
    static func isAge(_ text: String) -> Bool { has(ages, in: text) }

    /// Whether a sentence tells how often something happens.
    static func isFrequency(_ text: String) -> Bool { has(frequencies, in: text) }

    /// Whether a sentence tells where something is.
    static func isPlace(_ text: String) -> Bool { has(places, in: text) }

    /// Whether a sentence tells by what means something is done.
    static func isManner(_ text: String) -> Bool { has(manners, in: text) }

    /// Whether a sentence carries somebody's words.
    static func isStatement(_ text: String) -> Bool {
        has(statements, in: text) || text.contains { "“\"「".contains($0) }
    }

    /// The verbs by which a question asks for somebody's words.
    static let statementVerbs: Set<String> = [
        "say", "said", "state", "comment", "claim", "argue", "respond", "reply", "tell", "announce",
        "explain", "warn",
        "think", "react", "promise",
    ]

    /// Whether a sentence leaves what it says open.
    static func isHedged(_ text: String) -> Bool { has(hedges, in: text) }

    /// How often a sentence denies, less the denials that only leave open ("not ruled out").
    static func negations(in text: String) -> Int {
        var folded = pad(text)
        for phrase in [
            "not ruled out", "not rule out", "not only", "不排除", "不仅", "不只", "不但", "不少", "不断", "无论",
        ] {
            folded = folded.split(separator: phrase, omittingEmptySubsequences: false).joined(separator: "")
        }
        return negative.count { folded.contains($0) }
    }

    private static func has(_ cues: [String], in text: String) -> Bool {
        let folded = pad(text)
        return cues.contains { folded.contains($0) }
    }

    /// Folded, with marks as spaces, so that " no " finds the word and not a part of "know".
    private static func pad(_ text: String) -> String {
        " " + String(Folding.fold(text).map { $0.isLetter || $0.isNumber ? $0 : " " }) + " "
    }

    private static let causal = [
        " because ", " due to ", " owing to ", " in order to ", " so that ", " therefore ", " thanks to ",
        " as a result ",
        " caused by ", " caused ", " led to ", " reduce ", " to avoid ", " aims to ", " aimed at ",
        " in response to ",
        " since ", " reason ", " reasons ", " after ", " following ", " means that ", " blamed on ",
        " attributed ",
        " stems from ", " driven by ", " fears ", " feared ", " fear ", " worries ", " worried ",
        " concerns ", "担心", "担忧", "忧虑", "疑虑", "因为", "由于", "为了", "因此", "所以", "原因", "旨在", "导致", "使得", "造成",
        "以便", "源于",
        "归因",
    ]
    private static let ages = [" old ", " aged ", " age ", "岁", "年龄"]
    private static let frequencies = [
        " every ", " each ", " per ", " daily ", " weekly ", " monthly ", " yearly ", " annually ",
        " a year ", " a month ",
        " a week ", " a day ", " twice ", "每", "一次",
    ]
    private static let places = [
        " located ", " based in ", " situated ", " headquartered ", " site ", " at the ", " in the city ",
        "位于", "坐落",
        "设在", "总部",
    ]
    private static let manners = [
        " by ", " through ", " via ", " using ", " with the help of ", " in order to ", "通过", "透过", "利用",
        "借助", "以便", "方式", "办法",
    ]
    private static let statements = [
        " said ", " says ", " say ", " stated ", " states ", " told ", " announced ", " according to ",
        " claimed ",
        " claims ", " argued ", " argues ", " explained ", " warned ", " replied ", " responded ", " added ",
        " confirmed ", " commented ", " promised ", " denied ", " wrote ", " called ", "表示", "指出", "称", "宣布",
        "强调",
        "认为", "回应", "警告", "承诺", "透露", "写道", "说",
    ]
    private static let hedges = [
        " may ", " might ", " could ", " possibly ", " perhaps ", " possible ", " not ruled out ", " likely ",
        " expected to ",
        " unclear ", " rumour ", " rumor ", " reportedly ", " if ", " whether ", " would ", "可能", "或许", "也许",
        "或将", "不排除", "有望",
        "预计", "料将", "未必", "是否", "如果",
    ]
    private static let negative = [
        " not ", " no ", " never ", " neither ", " nor ", " without ", " t ", " cannot ", " denied ",
        " denies ", " refused ",
        " dont ", " doesnt ", " didnt ", " isnt ", " wasnt ", " arent ", " werent ", " wont ", " wouldnt ",
        " cant ", "没有", "不会",
        "未", "并非", "不是", "否认", "不能", "无法", "不再", "并不", "拒绝",
    ]
}
