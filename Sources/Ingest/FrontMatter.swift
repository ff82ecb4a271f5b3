import Yams

/// The settings that stand above a Markdown text, between two lines of `---`.
struct FrontMatter: Sendable {
    /// The scalar values by lower-case key, as written.
    private(set) var values: [String: String] = [:]
    /// The line of each key.
    private(set) var places: [String: Int] = [:]
    /// The index of the first line below it.
    private(set) var end = 0

    /// Why front matter cannot be read.
    struct Problem: Error {
        var line: Int
        var message: String
        var mend: String
    }

    /// The front matter of a file; empty where it has none.
    ///
    /// - Throws: ``Problem`` with the line that is wrong.
    init(_ lines: [SourceText.Line]) throws(Problem) {
        guard let start = lines.firstIndex(where: { !$0.isBlank }) else { return }
        if lines[start].text == "+++" {
            throw Problem(
                line: lines[start].number, message: "front matter in TOML is not read",
                mend: "write it as YAML between two lines of ---")
        }
        guard lines[start].text == "---" else { return }
        guard let close = lines[(start + 1)...].firstIndex(where: { $0.text == "---" || $0.text == "..." })
        else {
            // A rule above a text without front matter.
            guard lines.dropFirst(start + 1).first(where: { !$0.isBlank })?.text.contains(": ") == true else {
                return
            }
            throw Problem(
                line: lines[start].number, message: "the front matter has no end",
                mend: "close it with a line of ---")
        }
        end = close + 1
        let inner = lines[(start + 1)..<close]
        try read(inner)
    }

    private mutating func read(_ lines: ArraySlice<SourceText.Line>) throws(Problem) {
        guard let first = lines.first else { return }
        if let deep = lines.first(where: { Self.isDeep($0.text) }) ?? (lines.count > 500 ? first : nil) {
            throw Problem(
                line: deep.number, message: "the front matter is too long or too deeply nested",
                mend: "keep to single values such as title and date")
        }
        let yaml = lines.map { String(repeating: " ", count: $0.indent) + $0.text }.joined(separator: "\n")
        let node: Node?
        do { node = try Yams.compose(yaml: yaml) } catch {
            let line = (error as? YamlError).flatMap(Self.line) ?? 1
            throw Problem(
                line: first.number + max(1, min(line, lines.count)) - 1,
                message: "the front matter is not valid YAML",
                mend: "write one “key: value” a line, and quote values that hold a colon")
        }
        guard let node else { return }
        guard let mapping = node.mapping else {
            throw Problem(
                line: first.number, message: "the front matter holds no keys",
                mend: "write one “key: value” a line")
        }
        for (key, value) in mapping {
            guard let name = key.scalar?.string.lowercased() else { continue }
            // Of several authors the first signs.
            let found = value.scalar ?? value.sequence?.first?.scalar ?? value.mapping?["name"]?.scalar
            guard let text = found?.string, !text.isEmpty, text != "null", text != "~" else { continue }
            values[name] = text
            places[name] = first.number + max(1, key.mark?.line ?? 1) - 1
        }
    }

    /// The first value that one of the keys has.
    func value(_ keys: String...) -> String? {
        keys.lazy.compactMap { values[$0] }.map { $0.trimming(" ") }.first { !$0.isEmpty }
    }

    /// Whether a line nests or spans more than any honest front matter; the YAML parser recurses for each level.
    private static func isDeep(_ line: String) -> Bool {
        guard line.utf8.count <= 4000 else { return true }
        return line.count { "[{".contains($0) } > 20
            || line.split(separator: " ").count { ["-", "?", "!", ":"].contains($0) } > 20
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }
}
