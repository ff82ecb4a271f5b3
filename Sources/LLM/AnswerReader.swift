/// The bytes of a successful response to an answer, whichever form the server chose.
///
/// The first byte that is not white space tells: an angle bracket is a page for browsers; a brace or a bracket opens a
/// whole JSON answer, except where the format's stream is made of lines of JSON; anything else is taken for the format's
/// stream. The declared content type is often wrong.
struct AnswerReader {
    private enum Form {
        case undecided, whole
        case events(EventStreamParser)
        case lines([UInt8])
        case frames(EventFrameParser)
    }

    /// More than the tokens of any text have on average.
    private static let bytesOfLongToken = 16

    /// The bytes of one line above which it is held for rubbish.
    private static let maxLineBytes = 1 << 20

    /// Whether nothing more needs to be read.
    var isDone: Bool { answer.isDone }
    /// Whether the text is whole, so that a loss of the connection costs nothing.
    var isFinished: Bool { answer.isFinished }
    /// The tokens that the provider has told of so far.
    var usage: TokenUsage { answer.usage }
    /// What has come of the text.
    var text: String { answer.text }

    private let format: any WireFormat
    private var form = Form.undecided
    private var whole: [UInt8] = []
    private var answer: AnswerBuilder
    private var sawEvent = false

    /// A reader of one answer.
    ///
    /// - Parameters:
    ///   - format: what it is written in.
    ///   - maxTokens: the most tokens that were asked for; a text that is far beyond them never ends.
    init(_ format: any WireFormat, maxTokens: Int = 100_000) {
        self.format = format
        answer = AnswerBuilder(maxTextBytes: maxTokens * Self.bytesOfLongToken)
    }

    /// Takes the next bytes.
    ///
    /// - Returns: whether they brought a useful token, or any part of a whole answer.
    mutating func add(_ bytes: [UInt8]) throws(CompletionError) -> Bool {
        if case .undecided = form {
            // A byte order mark is none of the signs looked for.
            guard let sign = bytes.first(where: { !Self.isBlank($0) && ![0xEF, 0xBB, 0xBF].contains($0) })
            else { return false }
            form = try Self.form(sign, framing: format.framing)
        }
        switch form {
        case .undecided: return false
        case .whole:
            whole += bytes
            return bytes.contains { !Self.isBlank($0) }
        case .events(var parser):
            let items = parser.add(bytes)
            form = .events(parser)
            return try add(items)
        case .lines(var line):
            form = .lines([])
            var isUseful = false
            for byte in bytes {
                if byte == UInt8(ascii: "\n") {
                    if try add(line: line) { isUseful = true }
                    line = []
                } else {
                    line.append(byte)
                }
            }
            guard line.count <= Self.maxLineBytes else {
                throw .malformed("one of its lines is longer than \(Self.maxLineBytes) bytes")
            }
            form = .lines(line)
            return isUseful
        case .frames(var parser):
            let events = parser.add(bytes)
            form = .frames(parser)
            var isUseful = false
            for event in events {
                if try add(event: event) { isUseful = true }
            }
            return isUseful
        }
    }

    /// The completion, now that no more bytes come.
    mutating func end(provider: String, askedFor: String) throws(CompletionError) -> Completion {
        switch form {
        case .undecided: throw .malformed("it is empty")
        case .whole:
            guard let parts = format.parts(ofWhole: whole) else {
                throw .malformed("it is not the JSON of an answer; check format and base_url")
            }
            _ = try answer.add(parts)
        case .events(var parser):
            if let last = parser.end() { _ = try add([last]) }
        case .lines(let line): _ = try add(line: line)
        case .frames(let parser):
            if parser.isWithinFrame { throw .cut("it ended within a message") }
        }
        if case .whole = form {
        } else if !sawEvent {
            throw .malformed("it is neither JSON nor a stream of events")
        }
        return try answer.completion(provider: provider, askedFor: askedFor)
    }

    private static func form(_ sign: UInt8, framing: AnswerFraming) throws(CompletionError) -> Form {
        switch (sign, framing) {
        case (UInt8(ascii: "<"), _): throw .malformed("it is a web page; check base_url")
        case (_, .lines): .lines([])
        case (UInt8(ascii: "{"), _), (UInt8(ascii: "["), _): .whole
        case (_, .events): .events(EventStreamParser())
        case (_, .frames): .frames(EventFrameParser())
        }
    }

    private mutating func add(_ items: [EventStreamParser.Item]) throws(CompletionError) -> Bool {
        var isUseful = false
        for item in items {
            guard case .event(let name, let data) = item else {
                throw .malformed("one of its events is too long")
            }
            // Some gateways keep a connection alive by events without a payload.
            guard data.utf8.contains(where: { !Self.isBlank($0) }) else { continue }
            if try add(event: WireEvent(name: name, data: Array(data.utf8))) { isUseful = true }
        }
        return isUseful
    }

    private mutating func add(line: [UInt8]) throws(CompletionError) -> Bool {
        guard line.contains(where: { !Self.isBlank($0) }) else { return false }
        return try add(event: WireEvent(name: "", data: line))
    }

    private mutating func add(event: WireEvent?) throws(CompletionError) -> Bool {
        sawEvent = true
        // What comes after the end is not looked at, so that no rubbish there spoils a whole answer.
        guard !answer.isDone else { return false }
        return try answer.add(event.flatMap(format.parts(of:)))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
