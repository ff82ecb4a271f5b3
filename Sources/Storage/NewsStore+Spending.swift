import GRDB

/// What the questions of one plan have cost on one day.
public struct Spending: Sendable, Hashable {
    /// The day by UTC, since 1970.
    public var day: Int
    /// The plan, in the owner's words.
    public var plan: String
    /// Tokens of prompts and answers.
    public var tokens: Int
    /// Billionths of the account's currency.
    public var nanos: Int

    /// Spending from its parts.
    public init(day: Int, plan: String, tokens: Int, nanos: Int) {
        (self.day, self.plan, self.tokens, self.nanos) = (day, plan, tokens, nanos)
    }
}

extension NewsStore {
    /// Adds to what plans have spent, so that several processes may tell of their parts.
    public func add(_ spendings: [Spending]) async throws(StorageError) {
        try await commitTogether { db in
            for spending in spendings {
                try db.execute(
                    sql: """
                        INSERT INTO spending (day, plan, tokens, nanos) VALUES (?, ?, ?, ?)
                        ON CONFLICT (day, plan) DO UPDATE SET
                            tokens = tokens + excluded.tokens, nanos = nanos + excluded.nanos
                        """,
                    arguments: [
                        spending.day, ColumnText.encoded(spending.plan), spending.tokens, spending.nanos,
                    ])
            }
        }
    }

    /// What each plan has spent on a day.
    public func spendings(day: Int) async throws(StorageError) -> [Spending] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT plan, tokens, nanos FROM spending WHERE day = ? ORDER BY plan",
                arguments: [day]
            ).map { row in
                Spending(
                    day: day, plan: ColumnText.decoded(row["plan"]), tokens: row["tokens"],
                    nanos: row["nanos"])
            }
        }
    }
}
