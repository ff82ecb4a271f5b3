/// A key that cannot be printed by mistake: in every text, dump and interpolation it is `…`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The key itself, for the one place that sends it.
    public let revealed: String

    /// A secret without the white space at its ends, which a file's last line brings along; nil if nothing remains.
    public init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return nil }
        revealed = String(scalars[first...last])
    }

    /// `…`.
    public var description: String { "…" }

    /// `…`.
    public var debugDescription: String { "…" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The text with every occurrence of the key replaced by `…`.
    func redacted(from text: String) -> String {
        text.split(separator: revealed, omittingEmptySubsequences: false).joined(separator: "…")
    }
}
