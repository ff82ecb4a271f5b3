import Foundation
import News
import Retrieval
import Text

/// Answers to questions that no one sentence can answer, because they join several matters.
///
/// "Which company paid for being the default and is sued by publishers?" has its answer in what the articles on each
/// part have in common: the name that comes up in all of them. "Do both reports say …?" is answered by holding the best
/// sentence on each part against the other.
extension ExtractiveAnswerer {
    /// How many windows of evidence are read.
    private static let windows = 10
    /// The least number of concepts that say something: a short question means one matter, however it is put.
    private static let leastConcepts = 8
    /// The least that retrieval must be sure of to have the matter at all.
    private static let leastSure = 0.5

    /// Whether the question joins several matters.
    var joinsMatters: Bool {
        facets.count > 1 && question.essential.count >= Self.leastConcepts && !question.read.language.isCJK
    }

    /// The answer to a question of several facets; nil where it is of one, or where the articles do not carry it.
    func joint() -> (Extract, [String])? {
        guard joinsMatters else { return nil }
        guard sureness >= Self.leastSure else {
            return (
                refusal(),
                ["The question joins \(facets.count) matters, and the archive is not likely to have them"]
            )
        }
        let windows = EvidenceWindow.best(of: evidence, limit: Self.windows)
        switch question.kind {
        case .yesNo: return comparison(windows)
        case .who, .fact, .list, .where, .define: return identification(windows)
        default: return nil
        }
    }

    // MARK: The name in common

    private func identification(_ windows: [EvidenceWindow]) -> (Extract, [String])? {
        let ballot = NameBallot(windows, excluding: question.standalone, sources: question.read.sources)
        let wanted = NameType(asked: question)
        let names = ballot.names.filter { wanted.fits($0) }
        guard let winner = names.first else { return nil }
        let forms = [winner.text, winner.short].map { Array($0.utf8)[...] }
        let findings = carriers(windows) { sentence in
            let bytes = Array(sentence.utf8)
            return forms.contains(where: bytes.holds)
        }
        guard !findings.isEmpty else { return nil }
        let rest = names.dropFirst().first?.votes ?? 0
        let share = winner.votes / (winner.votes + rest)
        var extract = Extract(
            form: .name, findings: findings, confidence: sureness * min(0.95, 0.3 + 0.7 * share))
        extract.lead = winner.text
        return (
            extract,
            [
                "The question joins \(facets.count) matters; the name that their articles have in common: "
                    + names.prefix(3).map { "\($0.text) \(String(format: "%.1f", $0.votes))" }
                    .joined(separator: ", ")
            ]
        )
    }

    /// For each facet the sentence that says most of it among those that pass, each article once where others do too.
    private func carriers(
        _ windows: [EvidenceWindow], where passes: (String) -> Bool = { _ in true }
    ) -> [Finding] {
        let told = windows.flatMap { window in
            window.article.sentences[window.sentences].filter { passes($0.sentence.text) }
                .map { (article: window.article, sentence: $0) }
        }
        var findings: [Finding] = []
        for facet in facets {
            let total = facet.reduce(0) { $0 + $1.weight }
            guard total > 0 else { continue }
            var best: (score: Double, finding: Finding)?
            for (article, sentence) in told
            where !findings.contains(where: { $0.text == sentence.sentence.text }) {
                let met = facet.reduce(0) { $0 + $1.weight * sentence.degree(of: $1) } / total
                let isKnown = findings.contains { $0.article === article }
                let score = met - (isKnown ? 0.1 : 0)
                guard met > 0.2, score > best?.score ?? 0 else { continue }
                best = (
                    score,
                    Finding(
                        article: article, text: sentence.sentence.text,
                        isOpinion: sentence.section.isOpinion)
                )
            }
            if let best { findings.append(best.finding) }
            if findings.count == 3 { break }
        }
        return findings
    }

    // MARK: What several articles say of one claim

    private func comparison(_ windows: [EvidenceWindow]) -> (Extract, [String])? {
        let findings = carriers(windows)
        guard findings.count > 1 else { return nil }
        let relation = Relation(of: question.standalone)
        var extract = Extract(form: .yesNo, findings: findings, confidence: sureness * 0.6)
        extract.verdict = relation.holds(of: findings, question: question) ? "yes" : "no"
        return (
            extract,
            ["The question joins \(facets.count) matters and asks whether \(relation.account)"]
        )
    }
}

// MARK: - Names

/// The names in the best evidence, by how much of it mentions them.
private struct NameBallot {
    /// A name with what speaks for it.
    struct Name {
        /// The fullest form.
        var text: String
        /// The word that it goes by alone: the family name of a person.
        var short: String
        var votes: Double
        /// Whether it is used as a person's: the last word stands alone elsewhere, and the first does not.
        var isPerson: Bool
    }

    private(set) var names: [Name] = []

    init(_ windows: [EvidenceWindow], excluding question: String, sources: [String]) {
        let asked = Array(Folding.fold(question).utf8)
        let outlets = Set(sources.map(Folding.fold))
        /// The names that were met, with what they are without their titles; nil where they are none that is looked for.
        var known: [String: String?] = [:]
        func candidate(_ name: String) -> String? {
            if let known = known[name] { return known }
            let canonical = Self.canonical(name)
            let folded = Folding.fold(canonical)
            let isOne =
                canonical.count > 1 && !asked.holds(Array(folded.utf8)[...]) && !outlets.contains(folded)
            known[name] = .some(isOne ? canonical : nil)
            return isOne ? canonical : nil
        }
        var votes: [String: Double] = [:]
        var alone: [String: Int] = [:]
        for (rank, window) in windows.enumerated() {
            var counts: [String: Int] = [:]
            for sentence in window.article.sentences[window.sentences] {
                for name in sentence.mentions.names {
                    guard let name = candidate(name) else { continue }
                    counts[name, default: 0] += 1
                    if !name.contains(" ") { alone[name, default: 0] += 1 }
                }
            }
            // Later windows count less, and a name said often in one not much more than once.
            for (name, count) in counts {
                votes[name, default: 0] += 4 / (4 + Double(rank)) * Double(count) / (Double(count) + 1)
            }
        }
        let full = votes.keys.filter { $0.contains(" ") }
        var merged = votes
        for name in votes.keys where !name.contains(" ") {
            // "Okafor" speaks for "Ngozi Okafor", the one most heard of.
            let longer = full.filter { $0.hasSuffix(" " + name) }.max {
                (votes[$0] ?? 0, $1) < (votes[$1] ?? 0, $0)
            }
            guard let longer else { continue }
            merged[longer, default: 0] += votes[name] ?? 0
            merged[name] = nil
        }
        names = merged.map { name, votes in
            let words = name.split(separator: " ").map(String.init)
            let (first, last) = (words.first ?? name, words.last ?? name)
            return Name(
                text: name, short: last, votes: votes,
                isPerson: words.count > 1 && (alone[last] ?? 0) > (alone[first] ?? 0))
        }.sorted { ($1.votes, $0.text) < ($0.votes, $1.text) }
    }

    /// The name without a possessive ending and without the titles around it; empty where it is nothing else.
    private static func canonical(_ name: String) -> String {
        var words = name.split(separator: " ").map { word -> Substring in
            for ending in ["'s", "’s", "'", "’"] where word.hasSuffix(ending) {
                return word.dropLast(ending.count)
            }
            return word
        }
        while let first = words.first, titles.contains(Folding.fold(String(first))) { words.removeFirst() }
        while let last = words.last, titles.contains(Folding.fold(String(last))) { words.removeLast() }
        return words.joined(separator: " ")
    }

    private static let titles: Set<String> = [
        "ceo", "cto", "cfo", "coo", "co-ceo", "president", "minister", "chairman", "chairwoman", "chief",
        "judge",
        "mr", "mrs", "ms", "dr", "sir", "lord", "senator", "governor", "mayor", "professor", "general",
        "king",
        "queen", "prince", "princess", "pope", "former", "attorney", "founder", "co-founder",
    ]
}

/// What sort of name a question asks for.
private enum NameType {
    case person, thing, any

    init(asked question: Question) {
        let asked = question.asked.map { Folding.fold($0.word) }
        let heads = QuestionAnalysis.headNouns(of: question.standalone, language: question.read.language)
        let nouns = Set(heads.map { Folding.fold($0) } + (asked.map { [$0] } ?? []))
        if !nouns.isDisjoint(with: Self.people)
            || question.kind == .who && nouns.isDisjoint(with: Self.things)
        {
            self = .person
        } else if !nouns.isDisjoint(with: Self.things) {
            self = .thing
        } else {
            self = .any
        }
    }

    func fits(_ name: NameBallot.Name) -> Bool {
        switch self {
        case .person: name.isPerson
        case .thing: !name.isPerson
        case .any: true
        }
    }

    private static let people: Set<String> = [
        "person", "individual", "man", "woman", "figure", "leader", "executive", "founder", "entrepreneur",
        "politician", "player", "actor", "actress", "singer", "artist", "author", "lawyer", "judge", "ceo",
        "president", "minister", "mayor", "coach", "scientist", "journalist", "director", "official", "chief",
    ]
    private static let things: Set<String> = [
        "company", "companies", "firm", "organisation", "organization", "business", "corporation", "startup",
        "product", "platform", "tool", "app", "service", "device", "country", "city", "state", "team", "club",
        "bank", "exchange", "agency", "publisher", "brand", "chatbot", "model", "game", "software", "website",
        "university", "party", "group", "giant", "institution", "technology",
    ]
}

// MARK: - Relations

/// What a question says of how several reports stand to each other, and whether it denies it.
private struct Relation {
    private enum Sort {
        /// That they say the same.
        case sameness
        /// That they say something else, or that something has changed.
        case difference
        /// That they do not contradict each other.
        case accord
        /// That they do.
        case conflict
        /// That each says what it is said to say.
        case claims
    }

    private let sort: Sort
    private let isDenied: Bool

    init(of question: String) {
        // "Does A say …, while B says … without …?" asks whether each says so; what is different or denied behind the
        // comma belongs to what is said.
        let border = [", while ", ", whereas "].compactMap {
            question.range(of: $0, options: .caseInsensitive)?.lowerBound
        }.min()
        let main = border.map { String(question[..<$0]) } ?? question
        let words = QuestionAnalysis.words(of: Folding.fold(main))
        func has(_ stems: [String]) -> Bool {
            words.contains { word in stems.contains { word.hasPrefix($0) } }
        }
        if border != nil {
            sort = .claims
        } else if has(["inconsisten", "discrepan", "contradict", "conflict", "disagree"]) {
            sort = .conflict
        } else if has(["consisten", "agree", "align", "corroborat", "confirm"]) {
            sort = .accord
        } else if has(["differ", "change", "shift", "contrast", "diverg"]) {
            sort = .difference
        } else if has(["same", "similar", "equal", "identical", "unchanged"]) {
            sort = .sameness
        } else {
            sort = .claims
        }
        isDenied = CueWords.negations(in: PlainText(main)) % 2 == 1 || has(["unrelated", "fail"])
    }

    /// Whether it holds of what was found on each part.
    func holds(of findings: [Finding], question: Question) -> Bool {
        let isPlain: Bool =
            switch sort {
            case .accord: !contradict(findings)
            case .conflict: contradict(findings)
            case .sameness: shareFigure(findings)
            case .difference: !shareFigure(findings)
            case .claims: true
            }
        return isPlain != isDenied
    }

    /// What is asked, for the account.
    var account: String {
        let plain =
            switch sort {
            case .sameness: "the reports say the same"
            case .difference: "they differ"
            case .accord: "they agree"
            case .conflict: "they contradict each other"
            case .claims: "each says so"
            }
        return isDenied ? "it is not so that " + plain : plain
    }

    /// Whether two findings give different figures for what is put in the same words.
    private func contradict(_ findings: [Finding]) -> Bool {
        for (index, first) in findings.enumerated() {
            for second in findings[(index + 1)...] where first.article !== second.article {
                let words = Set(first.text.lowercased().split(separator: " "))
                let others = Set(second.text.lowercased().split(separator: " "))
                let shared = words.intersection(others).count
                guard shared * 2 > min(words.count, others.count) else { continue }
                let (a, b) = (Self.figures(in: first), Self.figures(in: second))
                if !a.isEmpty, !b.isEmpty, a.isDisjoint(with: b) { return true }
                if (CueWords.negations(in: PlainText(first.text))
                    - CueWords.negations(in: PlainText(second.text))) % 2
                    != 0
                {
                    return true
                }
            }
        }
        return false
    }

    /// Whether findings of two articles give one figure.
    private func shareFigure(_ findings: [Finding]) -> Bool {
        for (index, first) in findings.enumerated() {
            for second in findings[(index + 1)...] where first.article !== second.article {
                if !Self.figures(in: first).isDisjoint(with: Self.figures(in: second)) { return true }
            }
        }
        return false
    }

    private static func figures(in finding: Finding) -> Set<String> {
        Set(
            finding.text.split(whereSeparator: { !$0.isNumber && $0 != "." && $0 != "," })
                .map { $0.filter(\.isNumber) }.filter { $0.count > 1 })
    }
}
