import Foundation

/// Reads questions to be run against an archive, as public question sets have them.
///
/// JSON Lines, a question a line: `{"id", "query"}`; other keys are passed over.
public enum QuestionFile {
    /// One question of a set.
    public struct Entry: Sendable, Hashable, Decodable {
        /// What the set calls it.
        public var id: String
        /// Its words; empty where the set has none.
        public var query: String

        /// The question of a JSON object.
        ///
        /// - Throws: `DecodingError` without an `id` or `query`.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            query = try values.decode(String?.self, forKey: .query) ?? ""
        }

        private enum CodingKeys: String, CodingKey { case id, query }
    }

    /// The questions of a file.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - name: the file's name, for messages.
    /// - Returns: the questions in the order of the file.
    /// - Throws: ``BatchError`` for the first line that is none.
    public static func parse(_ text: String, name: String) throws(BatchError) -> [Entry] {
        var entries: [Entry] = []
        let decoder = JSONDecoder()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                entries.append(try decoder.decode(Entry.self, from: Data(line.utf8)))
            } catch {
                throw BatchError(
                    file: name, line: index + 1,
                    "this is no question: write {\"id\": \"…\", \"query\": \"…\"}")
            }
        }
        guard !entries.isEmpty else { throw BatchError(file: name, line: 1, "it holds no question") }
        return entries
    }
}
