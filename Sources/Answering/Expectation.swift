import News
import Retrieval
import Synchronization
import Text

/// What an answer has to contain by the kind of its question, such as a date or an amount.
struct Expectation: Sendable {
    private let question: Question
    /// The folded question in UTF-8.
    private let folded: [UInt8]
    private let asked: AskedQuantities
    /// Whether the question holds nothing but names, as "Who is Mira Murati?" does: then the name is not the answer.
    private let onlyNames: Bool
    /// Whether somebody's words are asked for: "What did the minister say about …?".
    private let asksForStatement: Bool
    /// Whether it is asked how often something happens.
    private let asksForFrequency: Bool
    /// Whether an age is asked for.
    private let asksForAge: Bool
    /// Whether the year is asked for, which a day without one does not tell.
    private let asksForYear: Bool
    /// Whether nothing but the worth of something is asked for, so that no other amount is meant.
    private let asksForWorth: Bool
    /// Whether only money answers: "how much did it cost", 多少錢.
    private let asksForMoney: Bool
    /// Whether the kind of question wants something that can be recognised.
    let isTyped: Bool

    init(_ question: Question) {
        self.question = question
        folded = Folding.folded(question.standalone)
        let plain = PlainText(question.standalone)
        asked = AskedQuantities(question)
        onlyNames = question.essential.allSatisfy { $0.kind == .name }
        asksForStatement = Self.asksForStatement(question, plain)
        asksForFrequency = plain.contains(Self.frequencyWords)
        asksForAge = plain.contains(Self.ageWords)
        asksForYear = question.kind == .when && plain.contains(Self.yearWords)
        asksForMoney = question.kind == .howMuch && plain.contains(Self.moneyWords)
        asksForWorth = asksForMoney && onlyNames
        isTyped =
            switch question.kind {
            case .when, .howMany, .howMuch, .howLong, .percentage, .why: true
            // Chinese names are told apart by their titles at most, so that none is seen says little.
            case .who: !onlyNames && !question.read.language.isCJK
            case .how: asksForStatement || asksForFrequency
            default: asksForStatement || question.asked != nil
            }
    }

    /// Whether a number of some kind is wanted.
    var isAmount: Bool { [.howMany, .howMuch, .howLong, .percentage].contains(question.kind) }

    /// Whether a number or a frequency is wanted, which is recognised in any language.
    var isMeasure: Bool { isAmount || asksForFrequency }

    /// Whether a sentence contains something of the expected kind that the question does not.
    func isMet(by sentence: ReadSentence) -> Bool {
        switch question.kind {
        case .when: !dates(in: sentence).isEmpty
        case .howMany, .howMuch, .howLong, .percentage:
            !quantities(in: sentence).isEmpty && (!asksForAge || CueWords.isAge(sentence.plain))
                && (!asksForWorth || CueWords.isWorth(sentence.plain))
        case .who: onlyNames || !newNames(in: sentence).isEmpty
        case .why: sentence.section.isOpinion || CueWords.isCausal(sentence.plain)
        default:
            if asksForStatement {
                CueWords.isStatement(sentence)
            } else if asksForFrequency {
                CueWords.isFrequency(sentence.plain)
            } else if let asked = question.asked {
                sentence.degree(of: asked) > 0 || namesSomething(sentence)
            } else {
                true
            }
        }
    }

    /// How well a sentence that has the expected kind suits it, 0…1: a person suits "who" better than a company, and
    /// "the District Court for …" suits "which court" better than "a court".
    func fit(of sentence: ReadSentence, language: Language) -> Double {
        switch question.kind {
        case .where:
            return CueWords.isPlace(sentence.plain) ? 0.5 : 0
        case .who:
            return newNames(in: sentence).contains { $0.split(separator: " ").count > 1 } ? 0.6 : 0
        default:
            guard let asked = question.asked else { return 0 }
            if question.wantsList, sentence.mentions.lists.contains(where: \.isOfNames) { return 0.4 }
            let degree = sentence.degree(of: asked)
            guard degree > 0.86 else { return 0 }
            let analyzer = TextAnalyzer(language)
            let isNamed = newNames(in: sentence).contains { name in
                Wording(name, analyzer: analyzer).degree(of: asked) > 0.9
            }
            return isNamed ? 1 : 0.25
        }
    }

    /// Whether a sentence names, quotes or counts something that the question does not.
    private func namesSomething(_ sentence: ReadSentence) -> Bool {
        let text = sentence.sentence.text
        // What is told soonest comes first.
        return text.unicodeScalars.contains(where: Self.opensQuotation) || !newNames(in: sentence).isEmpty
            || !sentence.mentions.lists.isEmpty
            || sentence.mentions.dates.contains { !question.standalone.holds($0.text) }
            || QuestionAnalysis.mayHoldHan(text) && LanguageDetector.detect(text).isCJK
                && text.contains { $0.isASCII && $0.isLetter }
            || sentence.mentions.quantities.contains { !asked.values.contains($0.value) }
    }

    private func newNames(in sentence: ReadSentence) -> [String] {
        sentence.mentions.names.filter { name in
            !Folding.folded(name).split(separator: UInt8(ascii: " ")).allSatisfy { folded.holds($0) }
        }
    }

    private static func opensQuotation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "“", "「", "《", "『": true
        default: false
        }
    }

    /// The dates of a sentence that say more than the question does, without the label of an update ("20 July, update:").
    func dates(in sentence: ReadSentence) -> [DateMention] {
        sentence.mentions.dates.filter { mention in
            !question.standalone.holds(mention.text) && !isLabel(mention, of: sentence.sentence.text)
                && (!asksForYear || Self.namesYear(mention.text))
        }
    }

    private func isLabel(_ mention: DateMention, of text: String) -> Bool {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }),
            mention.range.upperBound <= colon, text.distance(from: text.startIndex, to: colon) <= 40
        else { return false }
        return PlainText(String(text[..<colon])).contains(Self.labelWords)
    }

    /// The amounts of a sentence that fit the kind of question.
    func quantities(in sentence: ReadSentence) -> [Quantity] {
        sentence.mentions.quantities.filter { quantity in
            guard !asked.values.contains(quantity.value) else { return false }
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

    private static func asksForStatement(_ question: Question, _ plain: PlainText) -> Bool {
        guard question.kind == .fact || question.kind == .how else { return false }
        let words = QuestionAnalysis.words(of: Folding.fold(question.standalone))
        if let at = words.firstIndex(where: { $0 == "what" || $0 == "how" }),
            let verb = words.dropFirst(at + 1).first, ["did", "does", "do", "has", "have"].contains(verb)
        {
            return words.dropFirst(at + 2).prefix(6).contains(where: CueWords.statementVerbs.contains)
        }
        return plain.contains(statementQuestions)
    }

    private static let statementQuestions: PhraseList = ["说了什么", "怎么说", "如何回应", "表示什么", "怎么回应", "有何回应"]
    private static let frequencyWords: PhraseList = [
        " how often ", " how frequently ", "多久一次", "多久发生", "多常",
    ]
    private static func namesYear(_ text: String) -> Bool {
        text.contains("年") || text.split(whereSeparator: { !$0.isNumber }).contains { $0.count == 4 }
    }

    private static let yearWords: PhraseList = [" year ", " years ", "哪年", "哪一年", "何年", "几年", "哪几年"]
    private static let ageWords: PhraseList = [" how old ", " what age ", "几岁", "多少岁", "年龄", "多大年纪"]
    private static let labelWords: PhraseList = [" update", "更新", " correction ", "更正", " edit"]
    private static let moneyWords: PhraseList = [
        " cost", " pay", " paid ", " price", " raise", " dollar", " money ", " worth ", " valu", " spend",
        " invest",
        " fine", " forfeit", " buy", " bought ", "价值", "市值", "值多少", "罚款", "蒸发", "损失", "钱", "美元", "资金", "金额",
        "价", "估值",
        "亿元", "费用",
    ]
}

/// The amounts of a question, read when they are first asked for: most questions are answered without them.
private final class AskedQuantities: Sendable {
    private let text: String
    private let language: Language
    private let known = Mutex<Set<Double>?>(nil)

    init(_ question: Question) { (text, language) = (question.standalone, question.read.language) }

    var values: Set<Double> {
        known.withLock { known in
            if let known { return known }
            let fresh = Set(Quantity.all(in: text, language: language).map(\.value))
            known = fresh
            return fresh
        }
    }
}

/// Words that tell what a sentence does.
enum CueWords {
    /// Whether a sentence gives a reason.
    static func isCausal(_ text: PlainText) -> Bool { text.contains(causal) }

    /// Whether a sentence tells an age.
    static func isAge(_ text: PlainText) -> Bool { text.contains(ages) }

    /// Whether a sentence tells how often something happens.
    static func isFrequency(_ text: PlainText) -> Bool { text.contains(frequencies) }

    /// Whether a sentence tells where something is.
    static func isPlace(_ text: PlainText) -> Bool { text.contains(places) }

    /// Whether a sentence tells by what means something is done.
    static func isManner(_ text: PlainText) -> Bool { text.contains(manners) }

    /// Whether a sentence carries somebody's words.
    static func isStatement(_ sentence: ReadSentence) -> Bool {
        sentence.plain.contains(statements) || sentence.sentence.text.contains { "“\"「".contains($0) }
    }

    /// Whether a text says whose words it gives.
    static func isAttributed(_ text: PlainText) -> Bool { text.contains(attributions) }

    private static let attributions: PhraseList = [
        " said ", " says ", " told ", " announced ", " according to ", " claimed ", " argued ", " argues ",
        " warned ", " wrote ", " stated ", " estimates ", " estimated ", " in its words ", " in his words ",
        " in her words ", " in their words ", " ruled ", " admitted ", " replied ", "表示", "指出", "称", "宣布",
        "强调",
        "认为", "估计", "警告", "透露", "写道", "提醒", "呼吁", "说",
    ]

    /// The verbs by which a question asks for somebody's words.
    static let statementVerbs: Set<String> = [
        "say", "said", "state", "comment", "claim", "argue", "respond", "reply", "tell", "announce",
        "explain", "warn",
        "think", "react", "promise",
    ]

    /// The verbs by which a question asks for somebody's deeds.
    static let deeds: Set<String> = [
        "do", "did", "launch", "release", "present", "introduce", "unveil", "publish", "happen", "report",
        "宣布", "发布", "推出", "公布", "发表", "做", "做了",
    ]

    /// Whether a sentence leaves what it says open.
    static func isHedged(_ text: PlainText) -> Bool { text.contains(hedges) }

    /// How often a sentence denies, less the denials that only leave open ("not ruled out").
    static func negations(in text: PlainText) -> Int { text.removing(opens).count(of: negative) }

    /// Whether a text says that something is not so.
    static func isDenial(_ text: PlainText) -> Bool {
        let plain = text.removing(opens)
        return plain.contains(negative) || plain.contains(lacks)
    }

    /// Whether a text says that something is still to come, or was broken off.
    static func isPending(_ text: PlainText) -> Bool { text.contains(pending) }

    /// Whether a text says that something is so of nothing else.
    static func isExclusive(_ text: PlainText) -> Bool { text.contains(exclusive) }

    /// Whether a question asks for what somebody will do.
    static func asksForIntent(_ text: PlainText) -> Bool { text.contains(intents) }

    /// Whether a text tells what somebody said that they would do.
    static func isIntent(_ text: PlainText) -> Bool { text.contains(intended) }

    /// Whether a text tells what something is worth or sells at.
    static func isWorth(_ text: PlainText) -> Bool { text.contains(worths) }

    private static let worths: PhraseList = [
        " price", " cost", " worth ", " valu", " trad", " sell", " sold ", " paid ", " pay ", " fee", " per ",
        " spend", " raise", " invest", " buy", "价", "值", "售", "成本", "费", "付", "资", "罚", "损失", "金额", "筹",
    ]
    private static let exclusive: PhraseList = [
        " only ", " solely ", " exclusively ", " just ", "仅", "只有", "只能", "只对", "只给", "独家",
    ]
    private static let intents: PhraseList = [
        " will ", " would ", " going to ", " plan to ", " want to ", "会", "将", "要",
    ]
    private static let intended: PhraseList = [
        " announced that ", " announced it ", " said that ", " says that ", " said it would ", " will ",
        " plans to ", " wants to ", " agreed to ", "宣布", "决定",
    ]
    private static let pending: PhraseList = [
        " still needs ", " still need ", " still has to ", " still have to ", " has yet to ", " have yet to ",
        " awaits ", " await ", " pending ", " walked away ", " walks away ", " withdrew ", " without ",
        " loses ", " lost ", "仍需", "仍须", "尚待", "有待", "等待", "放弃", "退出", "失去",
    ]
    private static let lacks: PhraseList = [
        " lack ", " lacks ", " lacked ", " lacking ", " fail ", " fails ", " failed ", " except ",
        " other than ",
        " unable ", " none ", " nothing ", " didn t ", " doesn t ", " hardly ", " no longer ", "缺乏", "缺少",

        "无", "不",
    ]
    private static let opens: PhraseList = [
        "not ruled out", "not rule out", "not only", "不排除", "不仅", "不只", "不但", "不少", "不断", "无论",
    ]
    private static let causal: PhraseList = [
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
    private static let ages: PhraseList = [" old ", " aged ", " age ", "岁", "年龄"]
    private static let frequencies: PhraseList = [
        " every ", " each ", " per ", " daily ", " weekly ", " monthly ", " yearly ", " annually ",
        " a year ", " a month ",
        " a week ", " a day ", " twice ", "每", "一次",
    ]
    private static let places: PhraseList = [
        " located ", " based in ", " situated ", " headquartered ", " site ", " at the ", " in the city ",
        "位于", "坐落",
        "设在", "总部",
    ]
    private static let manners: PhraseList = [
        " by ", " through ", " via ", " using ", " with the help of ", " in order to ", "通过", "透过", "利用",
        "借助", "以便", "方式", "办法",
    ]
    private static let statements: PhraseList = [
        " said ", " says ", " say ", " stated ", " states ", " told ", " announced ", " according to ",
        " claimed ",
        " claims ", " argued ", " argues ", " explained ", " warned ", " replied ", " responded ", " added ",
        " confirmed ", " commented ", " promised ", " denied ", " wrote ", " called ", "表示", "指出", "称", "宣布",
        "强调",
        "认为", "回应", "警告", "承诺", "透露", "写道", "说",
    ]
    private static let hedges: PhraseList = [
        " may ", " might ", " could ", " possibly ", " perhaps ", " possible ", " not ruled out ", " likely ",
        " expected to ",
        " unclear ", " rumour ", " rumor ", " reportedly ", " if ", " whether ", " would ", "可能", "或许", "也许",
        "或将", "不排除", "有望",
        "预计", "料将", "未必", "是否", "如果",
    ]
    private static let negative: PhraseList = [
        " not ", " no ", " never ", " neither ", " nor ", " without ", " t ", " cannot ", " denied ",
        " denies ", " refused ",
        " dont ", " doesnt ", " didnt ", " isnt ", " wasnt ", " arent ", " werent ", " wont ", " wouldnt ",
        " cant ", "没有", "不会",
        "不受", "不必", "不需", "不须", "不用", "无需", "不得", "不予", "不可", "不同意", "不支持",
        "未", "并非", "不是", "否认", "不能", "无法", "不再", "并不", "拒绝",
    ]
}
