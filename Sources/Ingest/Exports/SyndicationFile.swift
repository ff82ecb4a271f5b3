import Foundation
import News

/// Reads an export of WordPress (WXR) or any other RSS file of any size, item by item.
///
/// What stands before the first item, namespaces included, is put before each item in turn, so that the one parser of
/// feeds reads them all and no more than one item is held. Of WordPress only what was published is taken: posts and
/// pages, no drafts, pictures or menus. A file without items is read as a whole, because Atom has none.
struct SyndicationFile {
    private let origin: String
    private var head: [UInt8]?
    private var pending: [UInt8] = []
    private var line = 1
    private static let longest = 64 << 20
    private static let opening = Array("<item".utf8)
    private static let closing = Array("</item>".utf8)

    init(origin: String) { self.origin = origin }

    /// Takes the next piece of the file.
    mutating func take(_ bytes: [UInt8]) -> ParsedFile {
        pending += bytes
        var articles: [Article] = []
        var diagnostics: [Diagnostic] = []
        var at = 0
        if head == nil, let first = find(Self.opening, from: 0) {
            head = Array(pending[..<first])
            line += pending[..<first].count { $0 == 0x0A }
            at = first
        }
        if let head {
            while let end = find(Self.closing, from: at).map({ $0 + Self.closing.count }) {
                let item = pending[at..<end]
                let parsed = read(head + item, line: line)
                articles += parsed.articles
                diagnostics += parsed.diagnostics
                line += item.count { $0 == 0x0A }
                at = end
            }
        }
        pending.removeFirst(at)
        if pending.count > Self.longest {
            diagnostics.append(
                Diagnostic(
                    origin: origin, line: line, severity: .refused, message: "the item is longer than 64 MB",
                    mend: "take it out of the file"))
            pending = []
        }
        return (articles, diagnostics)
    }

    /// What a file without items holds.
    mutating func finish() -> ParsedFile {
        guard head == nil else { return ([], []) }
        return read(pending, line: 1)
    }

    private func read(_ bytes: [UInt8], line: Int) -> ParsedFile {
        do {
            let feed = try FeedParser().parse(bytes)
            let subscription = FeedSubscription(url: feed.link ?? origin, addedAt: .distantPast)
            var known = feed
            known.entries = feed.entries.filter(\.isPublished)
            return known.articles(from: subscription)
        } catch {
            return (
                [],
                [
                    Diagnostic(
                        origin: origin, line: line, severity: .refused, message: "\(error)",
                        mend: "export it again, or give an RSS or Atom file")
                ]
            )
        }
    }

    /// The place of a piece of markup that does not stand in a CDATA section.
    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        let section = Array("<![CDATA[".utf8)
        var at = start
        while at + wanted.count <= pending.count {
            guard pending[at] == UInt8(ascii: "<") else {
                at += 1
                continue
            }
            if pending[at...].starts(with: wanted) { return at }
            if pending[at...].starts(with: section) {
                var end = at + section.count
                while end + 2 < pending.count, !pending[end...].starts(with: [0x5D, 0x5D, 0x3E]) { end += 1 }
                // The end of the section has not been read yet.
                guard end + 2 < pending.count else { return nil }
                at = end + 3
            } else {
                at += 1
            }
        }
        return nil
    }
}
