/// Takes the elements of a named list out of a JSON file of any size, piece by piece.
///
/// An export is one object with a list of a million messages in it. This reader keeps no more of it than the element it
/// is in: it follows strings and brackets, and hands over the bytes of each element of every list that stands under the
/// wanted key, at any depth, to be decoded by itself. Simple values beside the list are remembered for their object.
///
/// ```
/// state    = stack of containers, each object with the key that it is at
/// element  = value in a list under the wanted key
/// ```
struct JSONElements {
    /// What was met.
    enum Event: Equatable {
        /// A simple value of an object that is not an element, with its key and its bytes as written.
        case field(key: String, value: [UInt8])
        /// An element of a wanted list, with the line on which it begins.
        case element(bytes: [UInt8], line: Int)
        /// The end of a wanted list.
        case end
        /// An element that is longer than allowed, which is passed over.
        case tooLong(line: Int)
    }

    private enum Container {
        case object(key: String?)
        case list(isWanted: Bool)
    }

    private let wantedKey: String?
    private let longest: Int
    private var stack: [Container] = []
    private var line = 1
    /// The bytes of the element or simple value that is being read.
    private var captured: [UInt8] = []
    private var captureLine = 1
    /// The depth at which the element began; nil outside of elements.
    private var elementDepth: Int?
    private var isInString = false
    private var isEscaped = false
    private var isScalar = false
    private var isSkipping = false

    /// - Parameters:
    ///   - key: the key of the lists; nil for the list that is the whole file.
    ///   - longest: the most bytes of one element.
    init(key: String?, longest: Int = 16 << 20) { (wantedKey, self.longest) = (key, longest) }

    /// Whether the file has ended where it should.
    var isComplete: Bool { stack.isEmpty && !isInString }

    /// Takes the next piece of the file.
    ///
    /// - Complexity: O(length of the piece).
    mutating func take(_ bytes: some Sequence<UInt8>, _ emit: (Event) -> Void) {
        for byte in bytes {
            if byte == 0x0A { line += 1 }
            if isInString {
                capture(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                beginScalar()
                isInString = true
                capture(byte)
            case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close(byte, emit)
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if elementDepth != nil, stack.count > elementDepth ?? 0 {
                    capture(byte)
                } else {
                    endScalar(isKey: byte == UInt8(ascii: ":"), emit)
                }
            case 0x20, 0x09, 0x0A, 0x0D: if elementDepth != nil { capture(byte) }
            default:
                beginScalar()
                capture(byte)
            }
        }
    }

    // MARK: Brackets

    private mutating func open(_ byte: UInt8) {
        if elementDepth == nil, case .list(isWanted: true)? = stack.last { beginElement() }
        if elementDepth != nil { capture(byte) }
        if byte == UInt8(ascii: "{") {
            stack.append(.object(key: nil))
        } else {
            var isWanted = false
            if let wantedKey {
                if elementDepth == nil, case .object(let key)? = stack.last { isWanted = key == wantedKey }
            } else {
                isWanted = stack.isEmpty
            }
            stack.append(.list(isWanted: isWanted))
        }
    }

    private mutating func close(_ byte: UInt8, _ emit: (Event) -> Void) {
        if elementDepth != nil, stack.count > elementDepth ?? 0 {
            capture(byte)
            stack.removeLast()
            if stack.count == elementDepth { endElement(emit) }
            return
        }
        endScalar(isKey: false, emit)
        guard let last = stack.popLast() else { return }
        if case .list(isWanted: true) = last { emit(.end) }
    }

    // MARK: Capturing

    private mutating func beginElement() {
        elementDepth = stack.count
        captureLine = line
        captured = []
        isSkipping = false
    }

    private mutating func endElement(_ emit: (Event) -> Void) {
        emit(isSkipping ? .tooLong(line: captureLine) : .element(bytes: captured, line: captureLine))
        elementDepth = nil
        captured = []
        isSkipping = false
    }

    private mutating func beginScalar() {
        guard elementDepth == nil, !isScalar else { return }
        isScalar = true
        isSkipping = false
        captureLine = line
        captured = []
    }

    private mutating func endScalar(isKey: Bool, _ emit: (Event) -> Void) {
        guard isScalar, elementDepth == nil else { return }
        isScalar = false
        guard !isSkipping else {
            isSkipping = false
            return
        }
        switch stack.last {
        case .object(let key):
            stack.removeLast()
            if isKey {
                // Keys with escapes are never those that are looked for.
                stack.append(.object(key: String(decoding: captured.dropFirst().dropLast(), as: UTF8.self)))
            } else {
                stack.append(.object(key: nil))
                if let key { emit(.field(key: key, value: captured)) }
            }
        case .list(isWanted: true): emit(.element(bytes: captured, line: captureLine))
        case .list(isWanted: false), nil: break
        }
    }

    private mutating func capture(_ byte: UInt8) {
        guard elementDepth != nil || isScalar, !isSkipping else { return }
        captured.append(byte)
        if captured.count > longest {
            captured = []
            isSkipping = true
        }
    }
}
