import GRDB

extension NewsStore {
    /// Adds a piece to a post that comes in pieces, in place of what the same piece said before.
    ///
    /// - Parameters:
    ///   - message: the piece's number.
    ///   - text: its caption; most pieces have none.
    ///   - album: what the pieces have in common.
    /// - Returns: the captions of all pieces so far in the order of the pieces, and the piece by which the whole is known,
    ///   which stays the same whatever comes later; nil while no piece has a caption.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func join(
        _ message: String, text: String?, album: String
    ) async throws(StorageError) -> (text: String, message: String)? {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO album_part (album, message, text) VALUES (?, ?, ?)
                    ON CONFLICT (album, message) DO UPDATE SET text = excluded.text
                    """,
                arguments: [
                    ColumnText.encoded(album), ColumnText.encoded(message), ColumnText.encoded(text ?? ""),
                ])
            let parts = try Row.fetchAll(
                db, sql: "SELECT row, message, text FROM album_part WHERE album = ? AND text <> ''",
                arguments: [ColumnText.encoded(album)]
            ).map { (row: $0[0] as Int64, message: $0[1] as String, text: $0[2] as String) }
            guard let first = parts.min(by: { $0.row < $1.row }) else { return nil }
            // Numbers of one length are in the order of their digits.
            let ordered = parts.sorted {
                ($0.message.utf8.count, $0.message) < ($1.message.utf8.count, $1.message)
            }
            return (
                ordered.map { ColumnText.decoded($0.text) }.joined(separator: "\n\n"),
                ColumnText.decoded(first.message)
            )
        }
    }
}
