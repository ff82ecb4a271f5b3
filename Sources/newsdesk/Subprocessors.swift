import Chat
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

        fileprivate var receivesAll: Bool { purpose == Subprocessors.meaning }
    }

    private static let meaning = "finds passages by their meaning"

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
                purpose: Self.meaning,
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

    /// What has changed since an earlier list; nothing where nothing has.
    func changes(since old: Subprocessors) -> [SubprocessorChange] {
        let before = Dictionary(old.entries.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        return entries.filter { before[$0.name] != $0 }
            .map { SubprocessorChange(before[$0.name] == nil ? .added : .changed, $0) }
            + old.entries.filter { after[$0.name] == nil }.map { SubprocessorChange(.removed, $0) }
    }

    /// Compares the list with the one of the last start, which is kept in the archive's folder, and keeps this one once
    /// its changes are told.
    ///
    /// - Parameters:
    ///   - folder: the archive's folder.
    ///   - tell: told what has changed, with a name of this change that is the same when it is told again after a crash;
    ///     not called at the first start, for which there is nothing to compare with.
    /// - Throws: what keeps the list from being written, and what `tell` throws: then it is told again at the next start.
    func record(
        in folder: String, tell: ([SubprocessorChange], _ key: String) async throws -> Void
    ) async throws {
        let file = URL(fileURLWithPath: folder + "/subprocessors.json")
        let known = FileManager.default.contents(atPath: file.path)
        let old = try known.map { try JSONDecoder().decode(Record.self, from: $0) }
        guard old?.subprocessors != self else { return }
        let number = (old?.number ?? 0) + 1
        if let old { try await tell(changes(since: old.subprocessors), "subprocessors-\(number)") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(Record(subprocessors: self, number: number)).write(to: file, options: .atomic)
    }

    /// The list as it is kept.
    private struct Record: Codable {
        var subprocessors: Subprocessors
        /// How many lists there have been.
        var number: Int

        init(subprocessors: Subprocessors, number: Int) {
            (self.subprocessors, self.number) = (subprocessors, number)
        }

        private enum CodingKeys: CodingKey { case entries, number }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            subprocessors = try Subprocessors(from: decoder)
            number = try values.decodeIfPresent(Int.self, forKey: .number) ?? 1
        }

        func encode(to encoder: any Encoder) throws {
            try subprocessors.encode(to: encoder)
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(number, forKey: .number)
        }
    }
}

extension SubprocessorChange {
    fileprivate init(_ kind: Kind, _ entry: Subprocessors.Entry) {
        self.init(
            kind, name: entry.name, model: entry.model, region: entry.region,
            receivesAll: entry.receivesAll)
    }
}
