import Foundation
@preconcurrency import Glibc

/// What this program writes to, and how it may write there.
enum Terminal {
    /// Whether results may be coloured: a terminal, and `NO_COLOR` not set (no-color.org).
    static let hasColours = isatty(STDOUT_FILENO) == 1 && wantsColours
    /// Whether progress may be drawn over itself on standard error.
    static let showsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    /// Whether somebody types.
    static let isInteractive = isatty(STDIN_FILENO) == 1

    private static let environment = ProcessInfo.processInfo.environment
    private static let wantsColours = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"

    /// A rendition of text, as of ECMA-48.
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// The text in a style, where styles can be shown.
    static func styled(_ text: String, _ style: Style) -> String {
        hasColours ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Writes a result, with a line end.
    static func result(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes what is not a result: progress, remarks, errors.
    static func remark(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Writes bytes as they are; a reader that has gone away is no error.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Text from outside without what could steer a terminal.
    static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
                    return isControl || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
                }))
    }
}
