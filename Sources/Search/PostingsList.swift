/// The postings of one term in one field, in memory that is used again for the next term.
///
/// It belongs to one task at a time.
final class PostingsList {
    private var documentMemory: UnsafeMutablePointer<UInt32>
    private var frequencyMemory: UnsafeMutablePointer<UInt32>
    private var distanceMemory: UnsafeMutablePointer<UInt32>
    private var room = 64
    private var distanceRoom = 64
    /// How many documents there are.
    private(set) var count = 0
    /// How many positions there are in all of them.
    private(set) var distanceCount = 0

    init() {
        documentMemory = .allocate(capacity: room)
        frequencyMemory = .allocate(capacity: room)
        distanceMemory = .allocate(capacity: distanceRoom)
    }

    deinit {
        documentMemory.deallocate()
        frequencyMemory.deallocate()
        distanceMemory.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    /// The first of ``documents``.
    var documentStart: UnsafePointer<UInt32> { UnsafePointer(documentMemory) }

    /// The first of ``frequencies``.
    var frequencyStart: UnsafePointer<UInt32> { UnsafePointer(frequencyMemory) }

    /// Ascending.
    var documents: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: documentMemory, count: count) }

    /// How often the term stands in the field of each.
    var frequencies: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: frequencyMemory, count: count) }

    /// The distance of each position to the one before in the same document; none where they are not kept.
    var distances: UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: distanceMemory, count: distanceCount)
    }

    func removeAll() { (count, distanceCount) = (0, 0) }

    /// Adds a document whose positions have been added, or are about to be.
    @inline(__always)
    func append(document: UInt32, frequency: UInt32) {
        if count == room { makeRoom() }
        documentMemory[count] = document
        frequencyMemory[count] = frequency
        count &+= 1
    }

    @inline(__always)
    func append(distance: UInt32) {
        if distanceCount == distanceRoom { makeRoom(forDistances: 1) }
        distanceMemory[distanceCount] = distance
        distanceCount &+= 1
    }

    func append(distances: UnsafeBufferPointer<UInt32>) {
        guard let start = distances.baseAddress else { return }
        if distanceCount + distances.count > distanceRoom { makeRoom(forDistances: distances.count) }
        (distanceMemory + distanceCount).update(from: start, count: distances.count)
        distanceCount += distances.count
    }

    /// Takes a whole list, a position after the other.
    ///
    /// - Parameters:
    ///   - most: how many positions there are.
    ///   - keepsPositions: whether they are kept.
    ///   - body: writes documents, frequencies and, where they are kept, all distances; returns how many documents there
    ///     are.
    @inline(__always)
    func fill(
        most: Int, keepsPositions: Bool,
        _ body: (
            _ documents: UnsafeMutablePointer<UInt32>, _ frequencies: UnsafeMutablePointer<UInt32>,
            _ distances: UnsafeMutablePointer<UInt32>
        ) -> Int
    ) {
        removeAll()
        if most > room { makeRoom(forDocuments: most) }
        if keepsPositions, most > distanceRoom { makeRoom(forDistances: most) }
        count = body(documentMemory, frequencyMemory, distanceMemory)
        distanceCount = keepsPositions ? most : 0
    }

    /// Adds positions of documents that are about to be added.
    ///
    /// - Parameters:
    ///   - more: how many.
    ///   - body: writes them; tells whether it could.
    /// - Returns: whether it could.
    func append(distances more: Int, _ body: (UnsafeMutablePointer<UInt32>) -> Bool) -> Bool {
        if distanceCount + more > distanceRoom { makeRoom(forDistances: more) }
        guard body(distanceMemory + distanceCount) else { return false }
        distanceCount += more
        return true
    }

    /// Takes back what was added last.
    func removeLast(distances: Int) { distanceCount -= distances }

    @inline(never)
    private func makeRoom() { makeRoom(forDocuments: 1) }

    @inline(never)
    private func makeRoom(forDocuments more: Int) {
        room = max(room * 2, count + more)
        documentMemory = Self.larger(documentMemory, count, room)
        frequencyMemory = Self.larger(frequencyMemory, count, room)
    }

    @inline(never)
    private func makeRoom(forDistances more: Int) {
        distanceRoom = max(distanceRoom * 2, distanceCount + more)
        distanceMemory = Self.larger(distanceMemory, distanceCount, distanceRoom)
    }

    private static func larger(
        _ memory: UnsafeMutablePointer<UInt32>, _ count: Int, _ room: Int
    ) -> UnsafeMutablePointer<UInt32> {
        let more = UnsafeMutablePointer<UInt32>.allocate(capacity: room)
        more.update(from: memory, count: count)
        memory.deallocate()
        return more
    }
}
