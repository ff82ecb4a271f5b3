import Text
import Yams

/// Settings as they were written, each with its place, before anything is made of them.
///
/// Layers are added from the weakest to the strongest; a later one wins key by key.
struct RawSettings: Sendable {
    /// A value as written.
    struct Entry: Sendable, Hashable {
        var value: String
        var place: String
        /// The layer it came from; a higher one wins.
        var layer: Int
    }

    private(set) var entries: [SettingKey: Entry] = [:]
    /// The lists and tables of the strongest file.
    private(set) var sections: [SettingsSection: SettingsNode] = [:]
    /// The process's variables, for settings that name one.
    private(set) var environment: [String: String] = [:]
    private var layers = 0

    init() {
        layers += 1
        for key in SettingKey.allCases {
            entries[key] = key.standard.map { Entry(value: $0, place: "default", layer: 0) }
        }
    }

    /// Adds the layer of a YAML file.
    mutating func add(yaml text: String, file: String) throws(SettingsError) {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw SettingsError(place: "\(file):\(mark.line)", message: "cannot be read: \(problem)")
            default: throw SettingsError(place: file, message: "cannot be read: \(error)")
            }
        } catch {
            throw SettingsError(place: file, message: "cannot be read: \(error)")
        }
        // A file whose lines are all comments says nothing, and is no mistake.
        if let root, !(root.string?.isEmpty ?? false) { try add(root, path: "", file: file) }
        layers += 1
    }

    /// Adds the layer of the environment's `NEWSDESK_…` variables.
    mutating func add(environment: [String: String]) throws(SettingsError) {
        self.environment = environment
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("NEWSDESK_") && name != "NEWSDESK_CONFIG" {
            guard let key = SettingKey.allCases.first(where: { $0.variable == name }) else {
                let near = Self.nearest(name, SettingKey.allCases.map(\.variable))
                throw SettingsError(
                    place: name, message: "no setting has this variable: did you mean \(near)?")
            }
            entries[key] = Entry(value: value, place: name, layer: layers)
        }
        layers += 1
    }

    /// Adds one option of the command line.
    mutating func add(option: String, key: SettingKey, value: String?) {
        guard let value else { return }
        entries[key] = Entry(value: value, place: option, layer: .max)
    }

    private mutating func add(_ node: Node, path: String, file: String) throws(SettingsError) {
        let place = "\(file):\(node.mark?.line ?? 1)"
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let name = key.string ?? ""
                let full = path.isEmpty ? name : "\(path).\(name)"
                if let section = SettingsSection(rawValue: full) {
                    sections[section] = SettingsNode(value, file: file)
                    continue
                }
                let isKnown = SettingKey.allCases.contains {
                    $0.rawValue == full || $0.rawValue.hasPrefix(full + ".")
                }
                guard isKnown else {
                    let groups = SettingKey.allCases.compactMap { key in
                        key.rawValue.firstIndex(of: ".").map { String(key.rawValue[..<$0]) }
                    }
                    let near = Self.nearest(
                        full,
                        SettingKey.allCases.map(\.rawValue) + groups
                            + SettingsSection.allCases.map(\.rawValue))
                    throw SettingsError(
                        place: "\(file):\(key.mark?.line ?? 1)",
                        message: "no setting “\(full)”: did you mean “\(near)”?")
                }
                try add(value, path: full, file: file)
            }
        case .scalar(let scalar):
            guard let key = SettingKey(rawValue: path) else {
                // "server:" with nothing under it.
                if scalar.string.isEmpty, !path.isEmpty { return }
                throw SettingsError(place: place, message: "“\(path)” needs keys under it")
            }
            guard !scalar.string.isEmpty else { return }
            entries[key] = Entry(value: scalar.string, place: place, layer: layers)
        default:
            throw SettingsError(place: place, message: "“\(path)” must be a single value")
        }
    }

    /// The known word that comes nearest to a word that is not known.
    static func nearest(_ word: String, _ known: [String]) -> String {
        known.min { distance($0, word) < distance($1, word) } ?? ""
    }

    private static func distance(_ a: String, _ b: String) -> Int {
        // The last part counts most: "port" is meant as "server.port".
        let whole = EditDistance.bounded(a, b, limit: 40) ?? 41
        guard let last = a.split(separator: ".").last, !b.contains(".") else { return whole }
        return min(whole, 1 + (EditDistance.bounded(String(last), b, limit: 40) ?? 41))
    }
}
