import Retrieval
import Text

extension Why {
    /// The account line by line, as a terminal shows it.
    public var lines: [String] { linesButTimes + timeLines }

    /// The stages' times.
    var timeLines: [String] {
        guard !stages.isEmpty else { return [] }
        return [
            "took: "
                + stages.map { "\($0.name) \(Self.short($0.took / .milliseconds(1))) ms" }.joined(
                    separator: ", ")
        ]
    }

    /// All that is the same whenever the same is asked.
    var linesButTimes: [String] {
        var lines = [
            "understood as: \(standalone)", "kind: \(kind), reply in \(language.rawValue), engine \(engine)",
        ]
        if !terms.isEmpty {
            let words = terms.map { term in
                "\(term.word) \(Self.short(term.weight))\(term.isName ? " (name)" : "")"
            }
            lines.append("looked for: " + words.joined(separator: ", "))
        }
        for ranked in articles {
            let passage =
                ranked.best.map {
                    "; passage \($0.ordinal) \(Self.short($0.score)): \(Self.sum(of: $0.features))"
                } ?? ""
            lines.append(
                "article \(Self.short(ranked.features.score))  \(ranked.article) "
                    + "(\(Self.sum(of: ranked.features))\(passage))")
        }
        if !signals.isEmpty { lines.append("known to the archive: \(Self.sum(of: signals))") }
        lines += decisions
        if !relation.isEmpty {
            lines.append("how the sentence stands to the question: \(Self.sum(of: relation))")
        }
        if let modelFailure { lines.append("model not used: \(modelFailure)") }
        for candidate in candidates {
            lines.append(
                "\(Self.short(candidate.score))  \(candidate.article): \(candidate.sentence) "
                    + "(\(Self.sum(of: candidate.features)))")
        }
        return lines
    }

    /// What each feature adds.
    private static func sum(of features: [Evidence.Feature]) -> String {
        features.filter { $0.value * $0.weight != 0 }.map { "\($0.name) \(short($0.value * $0.weight))" }
            .joined(separator: ", ")
    }

    /// At most two decimal places.
    private static func short(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        let hundredths = Int((value * 100).rounded())
        let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        return part == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}
