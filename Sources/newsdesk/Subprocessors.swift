import Foundation
import LLM

/// Who receives what of a question, as it follows from the settings.
struct Subprocessors: Codable, Sendable, Hashable {
    /// One recipient.
    struct Entry: Codable, Sendable, Hashable {
        var name: String
        var company: String?
        var country: String?
        var region: String
        var model: String
        var purpose: String
        var receives: String
        var retention: String
        var plans: [String]?
    }

    private static let received =
        "the question, made to stand alone; passages of the archive's articles; the date"
    private static let notReceived =
        "None of them receives names, identities or messages of chats beyond the words of the question."

    /// The recipients outside the house, in the order of the settings.
    var entries: [Entry]

    /// The list that follows from some settings.
    init(_ settings: Settings) {
        entries = (settings.models?.reachable ?? []).filter(\.isExternal).map { endpoint in
            Entry(
                name: endpoint.name, company: endpoint.company, country: endpoint.country,
                region: endpoint.region, model: endpoint.model, purpose: "words answers",
                receives: Self.received, retention: endpoint.retention, plans: endpoint.plans?.sorted())
        }
        guard let embeddings = settings.embeddings else { return }
        let endpoint = ModelEndpoint(baseURL: embeddings.baseURL, model: embeddings.model)
        guard endpoint.isExternal else { return }
        entries.append(
            Entry(
                name: endpoint.name, region: "", model: endpoint.model,
                purpose: "finds passages by their meaning",
                receives: "the question, made to stand alone; the passages of all articles",
                retention: "unknown"))
    }

    /// The list as a page of Markdown.
    var markdown: String {
        guard !entries.isEmpty else {
            return "# Subprocessors\n\nNone: no question and no article leaves this house.\n"
        }
        func cell(_ text: String) -> String {
            text.isEmpty ? "–" : text.replacing("|", with: "\\|").replacing("\n", with: " ")
        }
        var text = "# Subprocessors\n\n"
        text +=
            "| Name | Purpose | Region | Country | Receives | Keeps it | Plans |\n|---|---|---|---|---|---|---|\n"
        for entry in entries {
            let name = [entry.company, "\(entry.name) (\(entry.model))"].compactMap(\.self).joined(
                separator: ": ")
            let cells = [
                name, entry.purpose, entry.region, entry.country ?? "", entry.receives, entry.retention,
                entry.plans?.joined(separator: ", ") ?? "all",
            ]
            text += "| " + cells.map(cell).joined(separator: " | ") + " |\n"
        }
        return text + "\n" + Self.notReceived + "\n"
    }

    /// What has changed since an earlier list, one line a change; nothing where nothing has.
    func changes(since old: Subprocessors) -> [String] {
        let before = Dictionary(old.entries.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        var lines: [String] = []
        for entry in entries where before[entry.name] != entry {
            let verb = before[entry.name] == nil ? "added" : "changed"
            let region = entry.region.isEmpty ? "" : ", \(entry.region)"
            lines.append("\(verb): \(entry.name) (\(entry.model)\(region))")
        }
        for entry in old.entries where after[entry.name] == nil { lines.append("removed: \(entry.name)") }
        return lines
    }

    /// Compares the list with the one of the last start, which is kept in the archive's folder, and keeps this one.
    ///
    /// - Parameter folder: the archive's folder.
    /// - Returns: what has changed; nothing at the first start, for which there is nothing to compare with.
    /// - Throws: what keeps the list from being written.
    func record(in folder: String) throws -> [String] {
        let file = URL(fileURLWithPath: folder + "/subprocessors.json")
        let old = (try? Data(contentsOf: file)).flatMap {
            try? JSONDecoder().decode(Subprocessors.self, from: $0)
        }
        guard old != self else { return [] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: file, options: .atomic)
        return old.map { changes(since: $0) } ?? []
    }
}
