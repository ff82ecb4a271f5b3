/// What a word or a Han character can mean in dates and amounts; one look-up per lexeme serves all scanners.
struct Meaning: Sendable {
    /// The month that it names, 1…12; 0 for none.
    var month = 0
    /// The day of the week that it names, 1 for Monday to 7 for Sunday; 0 for none.
    var weekday = 0
    /// The number below a hundred that it names.
    var number: Double?
    /// What it multiplies the number before it by.
    var scale: Double?
    /// What it measures behind a number.
    var unit: Unit?
    var roles: Roles = []

    /// Whether a word with this meaning may be the first of a date.
    var mayBeginDate: Bool { month > 0 || weekday > 0 || number != nil || roles.contains(.beginsTime) }

    /// A unit that says by itself what is measured.
    struct Unit: Sendable, Hashable {
        var kind: Quantity.Kind
        /// In the singular and in lower case.
        var name: String
    }

    struct Roles: OptionSet, Sendable {
        let rawValue: UInt32

        /// A year may follow: in, since, until, year.
        static let yearCue = Roles(rawValue: 1)
        /// A month may follow: in, since, early.
        static let monthCue = Roles(rawValue: 2)
        /// A month name that is also another word (may, march) or a short form (jan).
        static let ambiguousMonth = Roles(rawValue: 4)
        /// st, nd, rd, th.
        static let ordinalEnding = Roles(rawValue: 8)
        /// A word of time that counts from the day of the text may begin here: this, 昨.
        static let beginsTime = Roles(rawValue: 16)
        /// A Chinese unit may begin here.
        static let beginsMeasure = Roles(rawValue: 1024)
        /// Counts things in Chinese: 個, 台, 項.
        static let classifier = Roles(rawValue: 32)
        /// Is followed by a number that names rather than counts: chapter, version.
        static let numbered = Roles(rawValue: 64)
        /// Makes a Chinese number vague (數百) or part of another word (哪一天).
        static let blursNumber = Roles(rawValue: 128)
        /// A short code of a currency, which may also stand before its number: USD.
        static let currencyCode = Roles(rawValue: 256)
        /// An amount may begin here: seven, half, 三, USD.
        static let beginsAmount = Roles(rawValue: 2048)
        /// May touch the number before it: 25kg, 10bn.
        static let touchesNumber = Roles(rawValue: 512)
    }
}
