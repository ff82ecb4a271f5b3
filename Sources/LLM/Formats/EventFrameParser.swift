/// Bytes to the messages of Amazon's binary event stream, in whatever pieces the bytes come.
///
/// A message, numbers big-endian:
/// ```
/// u32 total length · u32 length of headers · u32 CRC-32 of these 8 bytes · headers · payload · u32 CRC-32 of all before
/// header = u8 length, name · u8 type · value;  type 7 = u16 length, UTF-8
/// ```
/// Total: any bytes give some list of items. What fails a checksum or is longer than ``maxFrameBytes`` is reported once,
/// and nothing after it is read, because where the next message begins is not known any more.
///
/// Source: "Amazon event stream encoding" in the Smithy 2.0 specification.
struct EventFrameParser {
    /// The bytes of one message above which it is held for rubbish.
    static let maxFrameBytes = 1 << 20

    private var buffer: [UInt8] = []
    private var isBroken = false

    /// The messages that these bytes complete; nil stands for one that cannot be read.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [WireEvent?] {
        guard !isBroken else { return [] }
        buffer.append(contentsOf: bytes)
        var events: [WireEvent?] = []
        var start = 0
        while buffer.count - start >= 12 {
            let total = Self.number(buffer[start..<start + 4])
            let headers = Self.number(buffer[start + 4..<start + 8])
            guard (16...Self.maxFrameBytes).contains(total), headers <= total - 16,
                Self.number(buffer[start + 8..<start + 12]) == Self.checksum(buffer[start..<start + 8])
            else { return broken(events) }
            let end = start + total
            guard buffer.count >= end else { break }
            guard Self.number(buffer[end - 4..<end]) == Self.checksum(buffer[start..<end - 4]) else {
                return broken(events)
            }
            let fields = Self.fields(buffer[start + 12..<start + 12 + headers])
            events.append(
                fields.map { fields in
                    WireEvent(
                        name: fields[":exception-type"] ?? fields[":event-type"]
                            ?? (fields[":message-type"] == "error" ? "error" : ""),
                        data: Array(buffer[start + 12 + headers..<end - 4]))
                })
            start = end
        }
        buffer.removeFirst(start)
        return events
    }

    /// Whether the bytes so far end within a message.
    var isWithinFrame: Bool { !buffer.isEmpty }

    private mutating func broken(_ events: [WireEvent?]) -> [WireEvent?] {
        isBroken = true
        buffer = []
        return events + [nil]
    }

    /// The headers that are texts; nil where they do not fill their bytes.
    private static func fields(_ bytes: ArraySlice<UInt8>) -> [String: String]? {
        /// The lengths of values of types without a length of their own: true, false, byte … UUID.
        let lengths = [0, 0, 1, 2, 4, 8, nil, nil, 8, 16]
        var fields: [String: String] = [:]
        var rest = bytes
        while let length = rest.popFirst() {
            guard rest.count > length else { return nil }
            let name = String(decoding: rest.prefix(Int(length)), as: UTF8.self)
            rest = rest.dropFirst(Int(length))
            guard let type = rest.popFirst(), Int(type) < lengths.count else { return nil }
            var size = 0
            if let known = lengths[Int(type)] {
                size = known
            } else {
                guard rest.count >= 2 else { return nil }
                size = number(rest.prefix(2))
                rest = rest.dropFirst(2)
            }
            guard rest.count >= size else { return nil }
            if type == 7 { fields[name] = String(decoding: rest.prefix(size), as: UTF8.self) }
            rest = rest.dropFirst(size)
        }
        return fields
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// CRC-32 as in Ethernet and gzip (ISO/IEC 8802-3, reflected polynomial EDB88320).
    static func checksum(_ bytes: some Sequence<UInt8>) -> Int {
        var sum: UInt32 = .max
        for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
        return Int(~sum)
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { word, _ in word & 1 == 1 ? 0xEDB8_8320 ^ (word >> 1) : word >> 1 }
    }
}
