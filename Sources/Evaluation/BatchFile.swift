import News
import Text
import Yams

/// Reads batches of dialogues.
///
/// YAML: `dialogues: [{name, turns: [{question, expect: {…}, note}]}]`; a note is for people. JSON Lines: one dialogue, or one turn, a line. Every
/// key is checked, because an expectation with a slip in its name would check nothing.
public enum BatchFile {
    /// The dialogues of a file.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - name: the file's name, for messages; `.jsonl` and `.ndjson` are read as JSON Lines, all else as YAML.
    /// - Returns: the dialogues in the order of the file, each with at least one turn.
    /// - Throws: ``BatchError`` for the first thing that is wrong, with its line.
    public static func parse(_ text: String, name: String) throws(BatchError) -> [Dialogue] {
        let isLines = name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
        let dialogues = isLines ? try lines(text, name) : try yaml(text, name)
        var seen: Set<String> = []
        for dialogue in dialogues where !seen.insert(dialogue.name).inserted {
            throw BatchError(
                file: name, line: dialogue.turns[0].line,
                "two dialogues are named “\(dialogue.name)”: give each a name of its own")
        }
        return dialogues
    }

    private static func yaml(_ text: String, _ name: String) throws(BatchError) -> [Dialogue] {
        let reader = NodeReader(file: name, firstLine: 1)
        let root = try reader.compose(text)
        let fields = try reader.fields(of: root, "the file", allowed: ["dialogues"])
        guard let list = fields["dialogues"] else {
            throw reader.error(root, "no “dialogues”: begin the file with dialogues: and a list under it")
        }
        var dialogues: [Dialogue] = []
        for node in try reader.list(list, "dialogues") { dialogues.append(try reader.dialogue(node)) }
        guard !dialogues.isEmpty else { throw reader.error(list, "“dialogues” is empty: add one") }
        return dialogues
    }

    private static func lines(_ text: String, _ name: String) throws(BatchError) -> [Dialogue] {
        var dialogues: [Dialogue] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            // JSON is YAML too (YAML 1.2, section 1.3), and its nodes know their place.
            let reader = NodeReader(file: name, firstLine: index + 1)
            let node = try reader.compose(String(line))
            if case .mapping(let mapping) = node, mapping.contains(where: { $0.key.string == "turns" }) {
                dialogues.append(try reader.dialogue(node))
            } else {
                dialogues.append(Dialogue(name: "line \(index + 1)", turns: [try reader.turn(node)]))
            }
        }
        guard !dialogues.isEmpty else {
            throw BatchError(file: name, line: 1, "no question in the file: write one JSON object a line")
        }
        return dialogues
    }
}

/// Reads nodes of a batch file, strictly and with their lines.
private struct NodeReader {
    let file: String
    let firstLine: Int

    func error(_ node: Node?, _ message: String) -> BatchError {
        BatchError(file: file, line: line(of: node), message)
    }

    func compose(_ text: String) throws(BatchError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw BatchError(file: file, line: firstLine, "the file is empty")
            }
            return node
        } catch let error as BatchError {
            throw error
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw BatchError(file: file, line: firstLine + mark.line - 1, "cannot be read: \(problem)")
            default: throw BatchError(file: file, line: firstLine, "cannot be read: \(error)")
            }
        } catch {
            throw BatchError(file: file, line: firstLine, "cannot be read: \(error)")
        }
    }

    func dialogue(_ node: Node) throws(BatchError) -> Dialogue {
        let fields = try fields(of: node, "a dialogue", allowed: ["name", "turns"])
        guard let list = fields["turns"] else {
            throw error(node, "a dialogue has no “turns”: list its questions")
        }
        var turns: [Dialogue.Turn] = []
        for turn in try self.list(list, "turns") { turns.append(try self.turn(turn)) }
        guard !turns.isEmpty else { throw error(list, "“turns” is empty: add a question") }
        let name = try fields["name"].map { node throws(BatchError) in try text(node, "name") }
        return Dialogue(name: name ?? turns[0].question, turns: turns)
    }

    func turn(_ node: Node) throws(BatchError) -> Dialogue.Turn {
        let fields = try fields(of: node, "a turn", allowed: ["question", "expect", "note"])
        guard let question = fields["question"] else { throw error(node, "a turn has no “question”") }
        var expectation = AnswerExpectation()
        if let expect = fields["expect"] { expectation = try self.expectation(expect) }
        return Dialogue.Turn(
            question: try text(question, "question"), expectation: expectation, line: line(of: node))
    }

    private func expectation(_ node: Node) throws(BatchError) -> AnswerExpectation {
        let fields = try fields(
            of: node, "expect",
            allowed: [
                "contains", "contains_any", "not_contains", "cites", "status", "engine", "language", "max_ms",
            ])
        var result = AnswerExpectation()
        result.contains = try texts(fields["contains"], "contains")
        result.containsAny = try texts(fields["contains_any"], "contains_any")
        result.notContains = try texts(fields["not_contains"], "not_contains")
        result.cites = try texts(fields["cites"], "cites")
        if let node = fields["status"] {
            let value = try text(node, "status")
            guard let status = Answer.Status(rawValue: value) else {
                throw error(node, "status “\(value)” is not known: write answered or not_found")
            }
            result.status = status
        }
        if let node = fields["engine"] {
            let value = try text(node, "engine")
            guard value == "template" || value == "llm" || value.hasPrefix("llm:") else {
                throw error(node, "engine “\(value)” is not known: write template, llm or llm:<provider>")
            }
            result.engine = value
        }
        if let node = fields["language"] {
            let value = try text(node, "language")
            guard let language = Language(tag: value) else {
                throw error(node, "language “\(value)” is not known: write a tag such as en or zh-Hant")
            }
            result.language = language
        }
        if let node = fields["max_ms"] {
            guard let value = node.float, value > 0 else {
                throw error(node, "max_ms must be a number of milliseconds above 0")
            }
            result.maxMilliseconds = value
        }
        return result
    }

    func fields(of node: Node, _ what: String, allowed: [String]) throws(BatchError) -> [String: Node] {
        guard case .mapping(let mapping) = node else {
            throw error(node, "\(what) must be a mapping with \(allowed.joined(separator: ", "))")
        }
        var result: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard allowed.contains(name) else {
                let near = allowed.min { distance($0, name) < distance($1, name) } ?? ""
                throw error(key, "\(what) has no key “\(name)”: did you mean “\(near)”?")
            }
            guard result[name] == nil else { throw error(key, "“\(name)” stands twice in \(what)") }
            result[name] = value
        }
        return result
    }

    func list(_ node: Node, _ what: String) throws(BatchError) -> [Node] {
        guard case .sequence(let sequence) = node else { throw error(node, "“\(what)” must be a list") }
        return Array(sequence)
    }

    private func text(_ node: Node, _ what: String) throws(BatchError) -> String {
        guard case .scalar(let scalar) = node, scalar.string.contains(where: { !$0.isWhitespace }) else {
            throw error(node, "“\(what)” must be a text that is not empty")
        }
        return scalar.string
    }

    /// One text or a list of texts.
    private func texts(_ node: Node?, _ what: String) throws(BatchError) -> [String] {
        guard let node else { return [] }
        guard case .sequence(let sequence) = node else { return [try text(node, what)] }
        guard !sequence.isEmpty else { throw error(node, "“\(what)” is empty and would check nothing") }
        var result: [String] = []
        for node in sequence { result.append(try text(node, what)) }
        return result
    }

    private func line(of node: Node?) -> Int { firstLine + max(0, (node?.mark?.line ?? 1) - 1) }

    private func distance(_ a: String, _ b: String) -> Int { EditDistance.bounded(a, b, limit: 12) ?? 13 }
}
