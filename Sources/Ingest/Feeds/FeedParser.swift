import Foundation
import Markup
import Text

/// Reads feeds of all forms, however faulty.
///
/// ```
/// bytes ─CharacterEncoding→ text ─MarkupElement→ tree ─SyndicationReader→ Feed
///                                └JSON────────────────JSONFeedReader────→ Feed
/// ```
/// Total but for what is no feed at all: whatever can be read of a feed is read. Namespaces are known by their address,
/// because prefixes are anybody's choice; addresses are made absolute by `xml:base` and then by the feed's own.
///
/// Sources: RSS 2.0 (rssboard.org), RSS 1.0 (web.resource.org/rss/1.0), RFC 4287 (Atom), JSON Feed 1.1, Media RSS,
/// Dublin Core.
public struct FeedParser: Sendable {
    /// Why bytes are no feed.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is nothing in it.
        case empty
        /// It is a web page; the feeds that it names.
        case page(feeds: [String])
        /// It is neither XML nor JSON, or has another root; what it begins with.
        case unknown(String)

        /// The cause and the mend.
        public var description: String {
            switch self {
            case .empty: "the feed is empty"
            case .page(let feeds) where feeds.isEmpty:
                "it is a web page without a feed: give the address of its feed"
            case .page(let feeds): "it is a web page: its feed is \(feeds[0])"
            case .unknown(let start):
                "it is no feed (it begins with “\(start)”): give the address of an RSS, Atom or JSON feed"
            }
        }
    }

    /// A parser.
    public init() {}

    /// The feed of a file.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - address: where it was fetched from; relative addresses start there.
    ///   - contentType: the header that came with it, which may name an encoding.
    /// - Returns: the feed with all entries that can be read.
    /// - Throws: ``Problem`` when it is no feed.
    /// - Complexity: O(length).
    public func parse(
        _ bytes: [UInt8], address: String? = nil, contentType: String? = nil
    ) throws(Problem) -> Feed {
        let text = CharacterEncoding.text(
            of: bytes, declared: contentType.flatMap(CharacterEncoding.charset))
        guard let first = text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) else { throw .empty }
        if first == "{" || first == "[" {
            if let feed = JSONFeedReader(address: address).read(text) { return feed }
            throw .unknown(Self.start(of: text))
        }
        if let root = MarkupElement(xml: text), let feed = SyndicationReader(address: address).read(root) {
            return feed
        }
        if let page = MarkupElement(html: text), text.lowercased().contains("<html") {
            throw .page(feeds: Self.feeds(in: page, address: address))
        }
        throw .unknown(Self.start(of: text))
    }

    /// The feeds that a web page names (`<link rel="alternate">`), in its order.
    static func feeds(in page: MarkupElement, address: String?) -> [String] {
        var found: [String] = []
        page.visit { element in
            guard element.name == "link", let link = element["href"],
                element["rel"]?.lowercased().split(separator: " ").contains("alternate") == true,
                [
                    "application/rss+xml", "application/atom+xml", "application/feed+json",
                    "application/rdf+xml",
                ]
                .contains(element["type"]?.lowercased() ?? "")
            else { return }
            found.append(WebAddress.resolved(link, against: address))
        }
        return found
    }

    private static func start(of text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40).description
    }
}
