import Yams

/// The parts of a configuration file that hold lists and tables instead of single values.
enum SettingsSection: String, CaseIterable, Sendable {
    case providers, routes, conversations, plans
}

/// A piece of a configuration file with its place.
struct SettingsNode: Sendable {
    /// What stands there.
    indirect enum Content: Sendable {
        case scalar(String)
        case list([SettingsNode])
        /// Keys in order, each with its own place.
        case table([(key: SettingsNode, value: SettingsNode)])
    }

    let content: Content
    /// The file with its line.
    let place: String

    init(_ node: Node, file: String) {
        place = "\(file):\(node.mark?.line ?? 1)"
        content =
            switch node {
            case .scalar(let scalar): .scalar(scalar.string)
            case .sequence(let items): .list(items.map { SettingsNode($0, file: file) })
            case .mapping(let fields):
                .table(fields.map { (SettingsNode($0.key, file: file), SettingsNode($0.value, file: file)) })
            // Yams resolves aliases before anyone sees them.
            case .alias: .scalar("")
            }
    }

    /// The text of a single value, or nil.
    var text: String? { if case .scalar(let text) = content { text } else { nil } }

    /// The items of a list.
    ///
    /// - Throws: ``SettingsError`` where something else stands there.
    func items(_ title: String) throws(SettingsError) -> [SettingsNode] {
        switch content {
        case .list(let items): return items
        case .scalar(""): return []
        default:
            throw SettingsError(place: place, message: "“\(title)” must be a list, each item after a “-”")
        }
    }
}

/// A table of a configuration file whose values are taken one by one.
struct SettingsFields: Sendable {
    /// What the table is about, for messages: `providers “acme”`.
    let title: String
    let place: String
    private let fields: [String: SettingsNode]

    /// The fields of a table.
    ///
    /// - Parameters:
    ///   - node: the table.
    ///   - title: what it is about.
    ///   - known: the keys that it may have.
    /// - Throws: ``SettingsError`` for what is no table, and for a key that is not known.
    init(_ node: SettingsNode, title: String, known: [String]) throws(SettingsError) {
        guard case .table(let pairs) = node.content else {
            throw SettingsError(place: node.place, message: "\(title) must be a table of keys and values")
        }
        var fields: [String: SettingsNode] = [:]
        for (key, value) in pairs {
            let name = key.text ?? ""
            guard known.contains(name) else {
                let near = RawSettings.nearest(name, known)
                throw SettingsError(
                    place: key.place, message: "\(title): no setting “\(name)”: did you mean “\(near)”?")
            }
            fields[name] = value
        }
        self.title = title
        self.place = node.place
        self.fields = fields
    }

    /// What is wrong with a field, in one line.
    func error(_ key: String, _ message: String) -> SettingsError {
        SettingsError(place: fields[key]?.place ?? place, message: "\(title): \(key): \(message)")
    }

    /// The place and content of a field, where it is set.
    func node(_ key: String) -> SettingsNode? { fields[key] }

    /// A single value, or nil where it is not set.
    func text(_ key: String) throws(SettingsError) -> String? {
        guard let node = fields[key] else { return nil }
        guard let text = node.text else { throw error(key, "must be a single value") }
        return text.isEmpty ? nil : text
    }

    /// A single value that must be there.
    func needed(_ key: String) throws(SettingsError) -> String {
        guard let text = try text(key) else {
            throw SettingsError(place: place, message: "\(title): \(key) is missing")
        }
        return text
    }

    /// A value made of the text of a field, or nil where it is not set.
    func value<Value>(
        _ key: String, _ wanted: String, _ make: (String) -> Value?
    ) throws(SettingsError) -> Value? {
        guard let text = try text(key) else { return nil }
        guard let value = make(text) else { throw error(key, "“\(text)” is not \(wanted)") }
        return value
    }

    /// A whole number within bounds, or nil where it is not set.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        try value(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number within bounds, or nil where it is not set.
    func number(_ key: String, in range: ClosedRange<Double>) throws(SettingsError) -> Double? {
        try value(key, "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Double(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A time above nothing, or nil where it is not set.
    func seconds(_ key: String) throws(SettingsError) -> Duration? {
        try value(key, "a number of seconds above 0") { text in
            Double(text).flatMap { $0 > 0 && $0 < 1e9 ? .milliseconds($0 * 1000) : nil }
        }
    }

    /// Whether something is on, or nil where nothing is said.
    func flag(_ key: String) throws(SettingsError) -> Bool? {
        try value(key, "on or off", SettingsReader.flag)
    }

    /// A list of words, or one word; nil where it is not set.
    func words(_ key: String) throws(SettingsError) -> [String]? {
        guard let node = fields[key] else { return nil }
        if let text = node.text { return text.isEmpty ? nil : [text] }
        var words: [String] = []
        for item in try node.items(key) {
            guard let text = item.text, !text.isEmpty else {
                throw SettingsError(place: item.place, message: "\(title): \(key) must be a list of words")
            }
            words.append(text)
        }
        return words
    }
}
