public import News
import Yams

extension BatchFile {
    /// A batch of what readers judged: an answer that was praised must stay answered from the same articles, one that was
    /// not must become another.
    ///
    /// - Parameter rated: the judged answers; those with turns before them become dialogues.
    /// - Returns: YAML that ``parse(_:name:)`` reads; empty where nothing was judged.
    /// - Throws: `YamlError` where a text holds what YAML cannot.
    public static func text(of rated: [RatedTurn]) throws -> String {
        let dialogues = rated.enumerated().compactMap { index, rated -> Node? in
            guard let judged = rated.turns.last else { return nil }
            let sign = rated.feedback.verdict == .good ? "👍" : "👎"
            let note = [sign, rated.feedback.remark].compactMap(\.self).joined(separator: " ")
            let turns =
                rated.turns.dropLast().map { mapping([("question", scalar($0.question))]) } + [
                    mapping([
                        ("question", scalar(judged.question)),
                        ("expect", mapping([expected(of: judged, rated.feedback.verdict)])),
                        ("note", scalar(note)),
                    ])
                ]
            return mapping([
                ("name", scalar("\(index + 1): \(judged.question)")), ("turns", sequence(turns)),
            ])
        }
        guard !dialogues.isEmpty else { return "" }
        return try serialize(node: mapping([("dialogues", sequence(dialogues))]), allowUnicode: true)
    }

    private static func expected(of judged: Turn, _ verdict: Feedback.Verdict) -> (String, Node) {
        switch verdict {
        case .good where judged.articles.isEmpty: ("status", scalar(Answer.Status.notFound.rawValue))
        case .good: ("cites", sequence(judged.articles.map(scalar)))
        case .bad:
            (
                "not_contains",
                scalar(
                    judged.answer.split(whereSeparator: \.isNewline).first.map(String.init) ?? judged.answer)
            )
        }
    }

    private static func scalar(_ text: String) -> Node { .scalar(Node.Scalar(text)) }
    private static func sequence(_ nodes: [Node]) -> Node { .sequence(Node.Sequence(nodes)) }
    private static func mapping(_ pairs: [(String, Node)]) -> Node {
        .mapping(Node.Mapping(pairs.map { (scalar($0.0), $0.1) }))
    }
}
