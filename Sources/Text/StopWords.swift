/// The function words of languages: words that join and ask rather than name.
public enum StopWords {
    /// Whether a folded, unstemmed word is a function word of a language; Chinese words are given in simplified form.
    ///
    /// A word with an elided one before it is what stands behind: "qu'il" is "il". Several joined by hyphens are a function
    /// word where all of them are, as "est-ce" is.
    public static func contains(_ folded: String, in language: Language) -> Bool {
        guard let keys = language == .english ? englishKeys : keys[language] else { return false }
        if keys.contains(TermKey(folded)) { return true }
        // By bytes, for nearly no word has any: the first of ’ in UTF-8 is 0xE2.
        guard folded.utf8.contains(where: { $0 == 0x2D || $0 == 0x27 || $0 == 0xE2 }) else { return false }
        return folded.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
            keys.contains(TermKey(String(Elision.tail(of: String($0), in: language))))
        }
    }

    /// All function words of a language, folded.
    public static func words(in language: Language) -> [String] { table[language].map { $0.sorted() } ?? [] }

    private static let table: [Language: Set<String>] = {
        var table: [Language: Set<String>] = [:]
        for (language, text) in texts {
            table[language] = Set(text.split(whereSeparator: \.isWhitespace).map { Folding.fold(String($0)) })
        }
        table[.traditionalChinese] = table[.simplifiedChinese]
        return table
    }()

    private static let keys = table.mapValues { TermKey.set($0) }
    private static let englishKeys = keys[.english]

    private static let texts: [(Language, String)] = [
        (.english, english), (.simplifiedChinese, chinese), (.japanese, japanese), (.german, german),
        (.french, french), (.spanish, spanish), (.italian, italian), (.portuguese, portuguese),
        (.dutch, dutch), (.swedish, swedish),
        (.russian, russian),
    ]

    private static let english = """
        a about above across after again against ago all almost along also although always am among an and another any
        anybody anyone anything are aren't around as at be became because been before behind being below between both
        but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each
        either else ever every everybody everyone everything except few for from get gets getting given go goes gone got
        had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how however i
        i'd i'll i'm i've if in inside into is isn't it it'd it'll its it's itself just least let let's like many may me
        might mine more most much must my myself near neither never no nobody none nor not nothing now of off often on
        once one ones only onto or other others our ours ourselves out over own per perhaps please quite rather really
        same shall shan't she she'd she'll she's should shouldn't since so some somebody someone something still such
        than that that's the their theirs them themselves then there there's these they they'd they'll they're they've
        this those though through throughout thus to together too toward towards under until up upon us very via was
        wasn't we we'd we'll we're we've were weren't what what's whatever when where whereas whether which while who
        who'll who's whoever whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll
        you're you've your yours yourself whats whos wheres hows dont doesnt didnt isnt wasnt im
        """

    private static let chinese = """
        的 了 是 在 和 与 及 或 也 都 就 而 又 被 把 将 对 向 从 到 给 以 于 为 之 其 这 那 哪 此 该 个 们 我 你 他 她 它
        我们 你们 他们 她们 它们 自己 这个 那个 这些 那些 这里 那里 这样 那样 什么 怎么 怎样 如何 为什么 为何 何时 何地 何人
        谁 哪里 哪儿 哪个 哪些 哪位 哪家 哪一 哪几 几 多少 多久 多长 多大 吗 呢 吧 啊 呀 嘛 么 是否 是不是 有没有 会不会 能不能
        可以 可 能 能够 会 要 想 请 请问 告诉 有 没有 没 不 很 更 最 太 还 还是 再 已 已经 曾 正在 正 着 过 得 地 所 所以 因为
        因此 但 但是 如果 虽然 然后 并 并且 以及 关于 对于 根据 由 由于 等 等等 一 一个 一些 一下 某 每 各 另 另外 其他 其它 其中
        时候 什么时候 什么样 是什么 有什么 有哪些 分别 到底 究竟 知道 了解 一种 之间 之后 之前 以后 以前 当时 当 上 下 里 中 内 外
        来 去 做 说 让 使 比 跟 同 同时 只 仅 才 刚 刚刚 目前 现在 真的 真 我想 帮我 麻烦 为啥 咋 啥 多少钱 哪一天 哪天 哪年 几个
        几家 几位 几名 几年 几号 几月 何 何以 年时 岁时 时期 一场 一部 一次 一位 一名 一项 一座 一条 哪一年时 受到 作为 哪一场 哪一部 哪一种 哪种 哪部 哪场 哪座 哪条 哪项 哪次 哪届 哪首 哪本 哪所 哪一个 哪一位 哪一家 哪一座 哪一项 哪一次 哪一届 哪一首 哪一本 哪一所 哪一条 哪一年 哪一地 哪一 几岁 怎么样 怎么会 原因 最新 消息 新闻 会否 能否 可否 呢？
        """

    private static let japanese = """
        の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう
        また もの という あり まで られ なる へ か だ これ によって により おり より による ず なり られる において ば なかっ なく しかし
        について せ だっ その後 できる それ う ので なお のみ でき き つ における および いう さらに でも ら たり その他 に関する たち
        ます ん です でした ました 何 誰 いつ どこ なぜ どう どの どれ いくつ いくら ですか ますか ください 教えて
        """

    private static let german = """
        aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass daß dein dem den der des dessen
        die dies diese dieser dieses doch dort du durch ein eine einem einen einer eines er es für hat hatte hatten
        ich ihr ihre im in ist ja jede jeder kann kein keine können man mehr mein mit nach nicht noch nun nur ob oder
        ohne sehr sein seine sich sie sind so über um und uns unter vom von vor war waren warum was weil welche
        welcher wenn wer werden wie wieder wird wo wurde wurden zu zum zur zwischen wann wem wen wessen wieso weshalb
        wohin woher wieviel viel viele welchen welches welchem habe beim seit seinem seinen seiner ihrem ihren ihrer
        diesem diesen gibt gab worden mir mich dir dich euch etwas alles ins wäre würde würden wollen will soll sollen
        muss müssen durfte denn hier selbst schon
        """
    private static let french = """
        au aux avec ce ces cette cet dans de des du elle elles en est et eu il ils je la le les leur leurs lui ma mais
        me même mes mon ne nos notre nous on ont ou où par pas pour qu que quel quelle quels quelles qui quoi sa sans
        se ses son sont sur ta te tes ton tu un une vos votre vous y a été être avoir fait plus quand comment pourquoi
        combien aussi comme entre depuis cela ça l d s n c j qu lequel laquelle lesquels lesquelles dont ceux celle
        celles celui eux était étaient sera seront avait avaient peut peuvent doit doivent t m si tout tous toute
        toutes très sous chez vers donc car ni soit jusque lorsque puisque quoique avant après
        """
    private static let spanish = """
        a al algo ante antes como con contra cual cuales cuando cuanto cuantos de del desde donde durante e el ella
        ellas ellos en entre era es esa ese eso esta estas este esto estos fue fueron ha han hasta hay la las le les
        lo los más me mi mucho muy nada ni no nos nosotros o os otra otro para pero por porque que qué quién quiénes
        se sea ser si sin sobre son su sus también tan tanto te tiene todo tu tus un una unas uno unos y ya yo cuál
        cuándo cómo dónde por qué está están cuanta cuantas quien quienes había habían eran estaba estaban será serán
        puede pueden debe deben según entonces bajo
        """
    private static let italian = """
        a ad agli ai al alla alle allo anche che chi ci come con contro cosa cui da dai dal dalla dalle de degli dei
        del della delle dello di dopo dove e è ed era fra gli ha hanno i il in io la le lei lo loro ma me mi nel nella
        nelle noi non o per perché più quale quali quando quanto quello questa queste questi questo se si sono su sua
        sue sui sul sulla suo suoi tra tu un una uno voi stato quanti quanta quante qual cos com dov c l d essere
        stata stati state aveva avevano erano sarà saranno può possono deve devono quell quella quelle quelli quei
        dall dell nell sull all gl quest tutti tutto tutte
        """
    private static let portuguese = """
        a ao aos as até com como da das de dela dele do dos e é ela elas ele eles em entre era essa esse esta está
        este eu foi foram há isso isto já lhe mais mas me mesmo meu muito na não nas nem no nos nós o os ou para pela
        pelas pelo pelos por porque qual quais quando quanto que quem se sem ser seu seus só são sobre sua suas também
        te tem um uma você vocês onde quê quantos quantas quanta cujo cuja estava estavam será serão tinha tinham têm
        pode podem deve devem num numa desde esses essas estes estas aquele aquela qualquer tudo todos todas
        """
    private static let dutch = """
        aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen
        had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer men met
        mij mijn moet na naar niet niets nog nu of om omdat ons ook op over reeds te tegen toch toen tot u uit uw van
        veel voor want waren was wat we wel werd wezen wie wij wil worden zal ze zei zelf zich zij zijn zo zonder zou
        waar waarom wanneer welke hoeveel welk hoelang werden zullen kun kunt mogen mag moeten hen elk elke waarin
        waarmee wiens zoals tussen sinds volgens
        """
    private static let swedish = """
        alla allt att av bara blev bli blir blivit da de dem den denna deras dess dessa det detta dig din dina ditt du där då
        efter ej eller en er era ett från för genom ha hade han hans har hela henne hennes hon honom hur här i icke in inga
        ingen inom inte jag ju kan kunde man med mellan men mer mig min mina mitt mot mycket när nu någon något några och om
        oss på samma sedan sig sin sina sitt ska skulle som så till under upp ut utan vad var vara varför varit vart vem vems
        vi vid vilka vilken vilket åt än är
        """
    private static let russian = """
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня
        еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь
        там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз
        тоже себе под будет ж тогда кто этот того потому этого какой какая какие сколько почему это эта эти при об
        после над между каких каком какую какое каким кого кому зачем куда откуда были также который которая которые
        которых из-за через
        """
}
