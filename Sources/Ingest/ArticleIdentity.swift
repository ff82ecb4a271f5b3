import Foundation
import Text

/// Makes ids that are readable, stable and unlikely to meet.
enum ArticleIdentity {
    /// `channel-20250718-0742-first-words-of-the-headline`.
    static func id(source: String, publishedAt: Date?, headline: String) -> String {
        let parts = [slug(source, words: 4), publishedAt.map(stamp) ?? "undated", slug(headline, words: 6)]
        return parts.joined(separator: "-")
    }

    /// The first words of a text in lower-case ASCII, joined by hyphens; a short code of the text where it has other
    /// letters, so that two Chinese headlines of one minute stay apart.
    static func slug(_ text: String, words: Int) -> String {
        let folded = Folding.fold(text)
        let found = folded.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(words)
            .joined(separator: "-").prefix(60)
        let others = folded.count { $0.isLetter && !$0.isASCII }
        guard found.isEmpty || others * 2 > found.count else { return String(found) }
        return found.isEmpty ? code(folded) : "\(found)-\(code(folded))"
    }

    /// Eight hexadecimal digits that depend on every byte (FNV-1a, 32 bits).
    static func code(_ text: String) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    private static func stamp(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        func digits(_ value: Int?, _ width: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2) + "-"
            + digits(parts.hour, 2)
            + digits(parts.minute, 2)
    }
}
