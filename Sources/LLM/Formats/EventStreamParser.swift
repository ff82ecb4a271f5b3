/// Bytes to server-sent events, in whatever pieces the bytes come.
///
/// A line ends in LF, CR or CRLF; an empty line ends an event; `data` lines are joined by LF; comments, `id`,
/// `retry` and unknown fields are passed over; a byte order mark at the start is too. Bytes that are not UTF-8
/// become U+FFFD, after lines are cut, so that a border within a character does no harm. Total: any bytes give
/// some list of items. An event above ``maxEventBytes`` is dropped and reported once.
///
/// Source: WHATWG HTML, 9.2.6.
struct EventStreamParser {
    /// What an empty line completes.
    enum Item: Hashable, Sendable {
        /// An event with its name, which is "message" where none is given.
        case event(name: String, data: String)
        /// An event that was longer than the bound.
        case oversized
    }

    /// The bytes of one event above which it is dropped.
    static let maxEventBytes = 1 << 20

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private var line: [UInt8] = []
    private var data: [UInt8]?
    private var name = ""
    private var eventBytes = 0
    private var isFirstLine = true
    private var endedByReturn = false

    /// The items that these bytes complete.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [Item] {
        var items: [Item] = []
        for byte in bytes {
            let continuesLineEnd = endedByReturn && byte == 0x0A
            endedByReturn = byte == 0x0D
            if continuesLineEnd { continue }
            if byte == 0x0A || byte == 0x0D {
                if let item = endLine() { items.append(item) }
                continue
            }
            eventBytes += 1
            if eventBytes <= Self.maxEventBytes { line.append(byte) }
        }
        return items
    }

    /// The item that the end of the stream completes.
    ///
    /// The standard drops an event without its empty line; servers that forget it mean it all the same.
    mutating func end() -> Item? {
        if !line.isEmpty, let item = endLine() { return item }
        return endEvent()
    }

    private mutating func endLine() -> Item? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        }
        guard !line.isEmpty else { return endEvent() }
        guard let colon = line.firstIndex(of: 0x3A) else {
            addField(line[...], [])
            return nil
        }
        var value = line[(colon + 1)...]
        if value.first == 0x20 { value.removeFirst() }
        addField(line[..<colon], value)
        return nil
    }

    private mutating func addField(_ field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if field.elementsEqual("data".utf8) {
            if data == nil {
                data = Array(value)
            } else {
                data?.append(0x0A)
                data?.append(contentsOf: value)
            }
        } else if field.elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        }
    }

    private mutating func endEvent() -> Item? {
        defer {
            data = nil
            name = ""
            eventBytes = 0
        }
        guard eventBytes <= Self.maxEventBytes else { return .oversized }
        guard let data else { return nil }
        return .event(name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self))
    }
}
