import Text

/// The months as languages write them.
enum MonthNames {
    static let english = Vocabulary.list(
        "January February March April May June July August September October November December")

    /// The names as a date in running text has them, January first; English where a language is not known.
    static func of(_ language: Language) -> [String] { written[language] ?? english }

    /// All forms in lower case by language, January first; English is not among them.
    static let foreign: [Language: [[String]]] = written.mapValues { names in
        names.map { [$0.lowercased()] }
    }
    .merging([.russian: russian, .german: german]) { _, new in new }

    private static let written: [Language: [String]] = [
        .german: Vocabulary.list(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        .french: Vocabulary.list(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        .spanish: Vocabulary.list(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        .italian: Vocabulary.list(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        .portuguese: Vocabulary.list(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        .dutch: Vocabulary.list(
            "januari februari maart april mei juni juli augustus september oktober november december"),
        .swedish: Vocabulary.list(
            "januari februari mars april maj juni juli augusti september oktober november december"),
        .russian: Vocabulary.list(
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ]

    /// Days take the genitive, months alone the nominative or, after a preposition, the prepositional.
    private static let russian = [
        "января январь январе", "февраля февраль феврале", "марта март марте", "апреля апрель апреле",
        "мая май мае",
        "июня июнь июне", "июля июль июле", "августа август августе", "сентября сентябрь сентябре",
        "октября октябрь октябре", "ноября ноябрь ноябре", "декабря декабрь декабре",
    ].map(Vocabulary.list)

    private static let german = [
        "januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "dezember",
    ].map(Vocabulary.list)
}
