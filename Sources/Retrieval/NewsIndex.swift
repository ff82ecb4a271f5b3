import Foundation
public import Logging
import News
import Search
public import Storage
import Synchronization

/// The searchable form of the archive, kept in step with the store.
///
/// The store is the truth: every change there has a sequence number, and the index follows from its cursor. Two indexes
/// lie side by side, because small passages rank best by themselves and whole articles tell which passage to believe:
/// `passages` holds about three sentences a document, `articles` one document an article. Both apply the same changes in
/// the same steps. With a folder they outlive the program, and only what has changed since is read from the store; what
/// is damaged there is built again.
///
/// A reader takes the ``archive``, an immutable snapshot, and never waits for the writer. Segments are merged on a thread of
/// their own, for which neither readers nor what comes in wait either.
public actor NewsIndex {
    /// The fields of a passage, in the order of ``Passage/Section``'s three kinds: title, fact, opinion.
    ///
    /// The headline counts half of what it counts for the article, because it is that of all its passages and does not
    /// tell them apart.
    static let schema = Schema(fields(headline: 0.3), k1: k1)
    /// Those of an article, with the names that it gives to the same thing (``NameTable``).
    ///
    /// How near words stand to each other is asked of passages.
    static let articleSchema = Schema(
        fields(headline: 0.6, hasPositions: false) + [Field("names", isExact: true, hasPositions: false)],
        k1: k1)
    private static let k1: Float = 0.9

    private static func fields(headline: Float, hasPositions: Bool = true) -> [Field] {
        [
            Field("headline", boost: headline, b: 0.3, hasPositions: hasPositions),
            Field("body", boost: 1, b: 0.75, hasPositions: hasPositions),
            Field("analysis", boost: 0.9, b: 0.75, hasPositions: hasPositions),
        ]
    }

    /// Every passage has its article's headline.
    private static let partedSchema = PartedSchema(parts: schema, whole: articleSchema, shared: [0])
    /// What is read from the store at once: so many changes or bytes of text, and so many bytes where they are a step of
    /// their own.
    private static let piece = (changes: 8192, bytes: 2 << 20, ofStep: 8 << 20)
    /// So many changes at least become a step where more are to come and they cannot follow those before in one segment,
    /// as those of articles that were known cannot.
    private static let least: Int64 = 4096
    /// So many places of terms become one segment where more are to come: many articles share the words that are met for
    /// the first time and are merged less often, as far as memory allows for two at a time.
    private static let most = 2_500_000
    /// As many changes wait to be taken in before reading waits for them.
    ///
    /// They are two transactions of an import, of which one is committed while the other is taken in. With more, a file
    /// would be read to its end early, and its texts would be taken apart by one core alone for the rest.
    private static let backlog: Int64 = 8192
    private let store: NewsStore
    private let logger: Logger
    private let shelf = ArticleShelf(capacity: 2048)
    private nonisolated let vectors: PassageVectors?
    /// Whether large segments are brought together when nothing is taken in.
    private let tidies: Bool
    /// A merge of so many documents is soon done.
    private static let brief = 8192
    private var passages: InvertedIndex
    private var articles: InvertedIndex
    /// The merge that runs for each index, and what stops it.
    private var merges: [Part: Task<Void, Never>] = [:]
    private let stop = MergeStop()
    /// Whether changes are being taken in, and who waits to do so.
    private var isTakingIn = false
    private var waiters: [CheckedContinuation<Void, Never>] = []
    /// The number of the last change that is being read, and who waits for it to rise while somebody follows.
    private var taken: Int64 = 0
    private var readers: [CheckedContinuation<Void, Never>] = []
    private var isFollowing = false
    /// Whether nothing more is to come soon, so that segments are worth bringing together.
    private var isSettling = false
    private nonisolated let snapshot: Mutex<Archive>

    /// An index over the store's articles.
    ///
    /// - Parameters:
    ///   - store: the archive it follows.
    ///   - folder: where the index is kept; nil keeps it in memory alone. Of several programs with the same folder, one
    ///     writes, and the others add what is new in their own memory.
    ///   - vectors: those of the same store's passages, which follow what this index takes in; nil for none.
    ///   - tidies: whether large segments are brought together when nothing is taken in. A program that soon ends leaves
    ///     it to one that stays, because it would only begin it, and wait for the end of that.
    ///   - logger: told of rebuilds.
    public init(
        store: NewsStore, folder: String? = nil, vectors: PassageVectors? = nil, tidies: Bool = true,
        logger: Logger
    ) {
        self.store = store
        self.logger = logger
        self.vectors = vectors
        self.tidies = tidies
        passages = Self.open(folder.map { $0 + "/passages" }, schema: Self.schema, logger: logger)
        articles = Self.open(folder.map { $0 + "/articles" }, schema: Self.articleSchema, logger: logger)
        snapshot = Mutex(
            Archive(
                passages: passages.searcher, articles: articles.searcher, vectors: vectors, store: store,
                shelf: shelf, cursor: min(passages.cursor, articles.cursor)))
    }

    private static func open(_ folder: String?, schema: Schema, logger: Logger) -> InvertedIndex {
        guard let folder else { return InvertedIndex(schema: schema) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            do {
                return try InvertedIndex(folder: folder, schema: schema)
            } catch SearchError.damaged(let file, let reason) {
                logger.warning(
                    "Index is damaged and is built again",
                    metadata: ["index.file": "\(file)", "error.reason": "\(reason)"])
                return try InvertedIndex(folder: folder, schema: schema, rebuilding: true)
            }
        } catch {
            logger.warning(
                "Index cannot be kept and is built anew at every start",
                metadata: ["error.reason": "\(error)"])
            return InvertedIndex(schema: schema)
        }
    }

    /// The archive as of the last refresh.
    ///
    /// Where a search has come upon damage, the index is built again from here on.
    public nonisolated var archive: Archive {
        let archive = snapshot.withLock { $0 }
        if archive.damage != nil { Task { await mend() } }
        return archive
    }

    /// The sequence number of the last change that can be found.
    public nonisolated var cursor: Int64 { archive.cursor }

    /// Builds the index again from the store, as if it had never been.
    ///
    /// - Throws: ``RetrievalError`` when the store cannot be read.
    /// - Complexity: O(size of the archive).
    public func rebuild() async throws(RetrievalError) {
        try await refresh(clearing: true)
        await settle()
    }

    /// Holds all files of the index against their checksums, and builds it again where they do not agree.
    ///
    /// - Returns: whether nothing was wrong.
    /// - Throws: ``RetrievalError`` when the store cannot be read.
    /// - Complexity: O(size of the index).
    public func verify() async throws(RetrievalError) -> Bool {
        do throws(SearchError) {
            try passages.searcher.verify()
            try articles.searcher.verify()
            return true
        } catch {
            // What was found to be damaged is built again by the refresh.
            try await refresh()
            return false
        }
    }

    /// Waits until no merge is due.
    public func settle() async {
        while let merge = merges.values.first { await merge.value }
    }

    /// Ends the merges that run; what was committed stays.
    public func close() async {
        stop.isAsked.store(true, ordering: .relaxed)
        await settle()
    }

    /// Whether what is taken in is kept for the next start; another program may be the one that keeps it.
    public var isKept: Bool { passages.isKept && articles.isKept }

    /// Takes in what has changed in the store since the last refresh.
    ///
    /// - Throws: ``RetrievalError`` when the store cannot be read; what was taken in stays.
    public func refresh() async throws(RetrievalError) { try await refresh(clearing: false) }

    private func refresh(clearing: Bool = false, settling: Bool = true) async throws(RetrievalError) {
        do throws(StorageError) {
            let changed = try await takeIn(clearing: clearing)
            let known = snapshot.withLock { $0.sources }
            let sources = changed || known.isEmpty ? try await store.sources().map(\.name) : known
            publish(sources: sources)
            isSettling = settling
            for part in Part.allCases { mergeIfDue(part) }
        } catch {
            throw .store(error)
        }
    }

    /// Does work that commits many articles to the store, and takes in what it has committed while it goes on, so that
    /// reading and indexing share two cores.
    ///
    /// What is large is left in several segments, which are as quickly written as they are searched well enough; a server
    /// brings them together when it has nothing else to do.
    ///
    /// - Parameter work: tells, now and then, that it has committed more, and waits there where it is too far ahead.
    /// - Returns: what the work returns, when all of it can be found.
    /// - Throws: what the work throws; ``RetrievalError`` when the store cannot be read.
    public nonisolated func following<Result: Sendable>(
        _ work: (_ committed: @escaping @Sendable () async -> Void) async throws -> Result
    ) async throws -> Result {
        // Of several commits that wait the newest stands for all.
        let (commits, commit) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        defer { commit.finish() }
        async let followed: Void = follow(commits)
        let result = try await work {
            commit.yield()
            await self.waitForRoom()
        }
        commit.yield()
        commit.finish()
        try await followed
        try await refresh(settling: false)
        return result
    }

    private func follow(_ commits: AsyncStream<Void>) async throws(RetrievalError) {
        (isSettling, isFollowing) = (false, true)
        defer {
            isFollowing = false
            letReadersGoOn()
        }
        do throws(StorageError) { _ = try await takeIn(following: commits) } catch { throw .store(error) }
    }

    /// Waits until what is committed and not taken in is little enough to lie in memory.
    private func waitForRoom() async {
        // A store that cannot be read is told by those who follow it.
        guard let last = try? await store.lastSequence() else { return }
        while isFollowing, last - taken > Self.backlog {
            await withCheckedContinuation { readers.append($0) }
        }
    }

    private func letReadersGoOn() {
        let waiting = readers
        readers = []
        for reader in waiting { reader.resume() }
    }

    /// Takes in what has changed in the store.
    ///
    /// ```
    /// store ─changes→ builder ─read→ step ─write→ segments ─apply→ both indexes
    /// ```
    /// Each stage does the next while the one after it is busy, so that an import fills the cores to its end.
    ///
    /// - Parameters:
    ///   - commits: tells of more as long as more is to come; nil where what is there is all.
    ///   - clearing: whether all that was taken in before is forgotten first.
    /// - Returns: whether there was anything.
    /// - Throws: ``StorageError`` when the store cannot be read.
    private func takeIn(
        following commits: AsyncStream<Void>? = nil, clearing: Bool = false
    ) async throws(StorageError) -> Bool {
        await takeTurn()
        defer { endTurn() }
        let last = try await store.lastSequence()
        await vectors?.restart(ifAfter: last)
        if clearing { clear() }
        // A store that was replaced by an older or another one: its numbers say nothing about this index.
        if last < max(passages.cursor, articles.cursor) {
            logger.warning("Index does not match the store and is built again")
            clear()
        }
        if let damage = passages.searcher.damage ?? articles.searcher.damage {
            logger.warning(
                "Index is damaged and is built again", metadata: ["error.reason": "\(damage)"])
            clear()
        }
        // A program that was stopped between its two commits left one behind; a change may be applied twice.
        taken = min(passages.cursor, articles.cursor)
        letReadersGoOn()
        let start = taken
        let builder = BatchBuilder(schema: Self.partedSchema)
        var commits = commits?.makeAsyncIterator()
        var step = Step(cursor: taken)
        var reading: Task<Int, Never>?
        var written: WrittenStep?
        while true {
            var changes = try await store.changes(
                after: step.cursor, limit: Self.piece.changes, bytes: Self.piece.bytes)
            let size = await reading?.value ?? 0
            reading = nil
            let areAccepted = builder.accepts(rows: changes.map(\.row))
            if !areAccepted {
                if try await store.lastSequence() - step.cursor < Self.least, await commits?.next() != nil {
                    continue
                }
                changes = try await store.changes(
                    after: step.cursor, limit: Self.piece.changes, bytes: Self.piece.ofStep)
            }
            let rows = changes.map(\.row)
            var before: WrittenStep?
            var isLast = false
            if changes.isEmpty { isLast = await commits?.next() == nil }
            if !step.rows.isEmpty, isLast || size >= Self.most || !areAccepted {
                let read = await builder.finish()
                let places = (passages.place(), articles.place())
                before = written
                written = WrittenStep(
                    step: step,
                    built: Task { [isLast] in await BatchBuilder.write(read, to: places, isLast: isLast) })
                step.rows = []
            }
            if let newest = changes.last?.sequence {
                // First, so that none of an earlier version outlives a program that is stopped in between.
                await vectors?.forget(changes)
                step.rows += rows
                step.cursor = newest
                taken = newest
                letReadersGoOn()
                reading = Task { await builder.read(changes) }
            }
            if let before { apply(before.step, await before.built.value) }
            guard isLast else { continue }
            guard let last = written else { break }
            apply(last.step, await last.built.value)
            written = nil
        }
        return taken > start
    }

    /// Changes that become visible together.
    private struct Step {
        var rows: [Int64] = []
        /// The number of the last of them.
        var cursor: Int64
    }

    /// Changes that have been read, and whose segments are being written.
    private struct WrittenStep {
        var step: Step
        var built: Task<(parts: BuiltStep, whole: BuiltStep), Never>
    }

    private func apply(_ step: Step, _ built: (parts: BuiltStep, whole: BuiltStep)) {
        shelf.drop(rows: step.rows)
        passages.apply(built.parts, cursor: step.cursor)
        articles.apply(built.whole, cursor: step.cursor)
        keep()
        if isFollowing {
            passages.letGo()
            articles.letGo()
            publish(sources: snapshot.withLock { $0.sources })
        }
        isSettling = false
        for part in Part.allCases { mergeIfDue(part) }
    }

    /// Waits until nobody else takes changes in: of two at a time the one might put an older state in place of the
    /// other's newer one.
    private func takeTurn() async {
        while isTakingIn { await withCheckedContinuation { waiters.append($0) } }
        isTakingIn = true
    }

    private func endTurn() {
        isTakingIn = false
        if !waiters.isEmpty { waiters.removeFirst().resume() }
    }

    private func mend() async {
        // Of several that came upon it, the first mends.
        guard passages.searcher.damage != nil || articles.searcher.damage != nil else { return }
        do throws(RetrievalError) {
            try await refresh()
        } catch {
            logger.error("Index cannot be built again", metadata: ["error.reason": "\(error)"])
        }
    }

    // MARK: Merging

    /// The two indexes.
    private enum Part: CaseIterable { case passages, articles }

    private subscript(_ part: Part) -> InvertedIndex {
        get { part == .passages ? passages : articles }
        set {
            switch part {
            case .passages: passages = newValue
            case .articles: articles = newValue
            }
        }
    }

    /// Starts the merge that is due, if any, unless one runs already; in an import one of either index, for the sake of
    /// memory.
    private func mergeIfDue(_ part: Part) {
        let stop = stop
        guard isSettling ? merges[part] == nil : merges.isEmpty, !stop.isAsked.load(ordering: .relaxed),
            let merge = self[part].nextMerge(
                settling: isSettling && tidies, importing: !isSettling,
                most: tidies || isTakingIn ? .max : Self.brief)
        else { return }
        merges[part] = Task {
            let merged = await BackgroundThread.run {
                merge.run { stop.isAsked.load(ordering: .relaxed) }
            }
            finish(part, merged)
        }
    }

    private func finish(_ part: Part, _ merged: FinishedMerge?) {
        merges[part] = nil
        // Nothing came of it where it was stopped or a segment is damaged; the next refresh sees to that.
        guard let merged else { return }
        if self[part].install(merged) {
            keep()
            publish(sources: snapshot.withLock { $0.sources })
        }
        for part in Part.allCases { mergeIfDue(part) }
    }

    private func keep() {
        do throws(SearchError) {
            try passages.commit()
            try articles.commit()
        } catch {
            // The store has it all; the next start takes in again what was not kept.
            logger.warning("Index was not kept", metadata: ["error.reason": "\(error)"])
        }
    }

    private func publish(sources: [String]) {
        let archive = Archive(
            passages: passages.searcher, articles: articles.searcher, vectors: vectors, store: store,
            shelf: shelf, sources: sources,
            cursor: passages.cursor)
        snapshot.withLock { $0 = archive }
    }

    private func clear() {
        passages.clear()
        articles.clear()
        shelf.clear()
    }
}

extension Archive {
    /// What a search has found to be wrong with the index; nothing is found in it any more then.
    var damage: SearchError? { passages.damage ?? articles.damage }
}

/// What tells merges to end.
final class MergeStop: Sendable {
    let isAsked = Atomic<Bool>(false)
}
