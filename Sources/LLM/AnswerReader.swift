/// The bytes of a successful response to an answer, whichever of the two forms the server chose.
///
/// The first byte that is not white space tells: a brace opens a whole JSON answer, an angle bracket a page for
/// browsers, and anything else is taken for a stream of events. The declared content type is often wrong.
struct AnswerReader {
    private enum Form {
        case undecided, whole, events
    }

    /// Whether nothing more needs to be read.
    var isDone: Bool { answer.isDone }
    /// Whether the text is whole, so that a loss of the connection costs nothing.
    var isFinished: Bool { answer.isFinished }

    private var form = Form.undecided
    private var whole: [UInt8] = []
    private var parser = EventStreamParser()
    private var answer = OpenAIChat.Answer()
    private var sawEvent = false

    /// Takes the next bytes.
    ///
    /// - Returns: whether they brought a useful token, or any part of a whole answer.
    mutating func add(_ bytes: [UInt8]) throws(CompletionError) -> Bool {
        if case .undecided = form {
            // A byte order mark is none of the signs looked for.
            guard let sign = bytes.first(where: { !Self.isBlank($0) && ![0xEF, 0xBB, 0xBF].contains($0) })
            else {
                return false
            }
            switch sign {
            case UInt8(ascii: "<"): throw .malformed("it is a web page; check base_url")
            case UInt8(ascii: "{"), UInt8(ascii: "["): form = .whole
            default: form = .events
            }
        }
        guard form == .whole else { return try add(parser.add(bytes)) }
        whole += bytes
        return bytes.contains { !Self.isBlank($0) }
    }

    /// The completion, now that no more bytes come.
    mutating func end(provider: String, askedFor: String) throws(CompletionError) -> Completion {
        switch form {
        case .undecided: throw .malformed("it is empty")
        case .whole: try answer.add(whole: whole)
        case .events:
            if let last = parser.end() { _ = try add([last]) }
            guard sawEvent else { throw .malformed("it is neither JSON nor a stream of events") }
        }
        return try answer.completion(provider: provider, askedFor: askedFor)
    }

    private mutating func add(_ items: [EventStreamParser.Item]) throws(CompletionError) -> Bool {
        var isUseful = false
        for item in items {
            sawEvent = true
            if try answer.add(item) { isUseful = true }
        }
        return isUseful
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
