import Foundation
import Markup
import Text

/// Makes a feed of the tree of an RSS, RDF or Atom file.
struct SyndicationReader {
    let address: String?

    /// The feed; nil when the root is that of something else.
    func read(_ root: MarkupElement) -> Feed? {
        let base = absolute(root["xml:base"], address)
        switch name(root) {
        case "rss", "channel":
            let channel = name(root) == "channel" ? root : child("channel", of: root) ?? root
            return feed(.rss, channel, entriesIn: [channel, root], base: absolute(channel["xml:base"], base))
        case "rdf:RDF":
            let channel = child("channel", of: root) ?? root
            return feed(.rdf, channel, entriesIn: [root, channel], base: base)
        case "feed": return feed(.atom, root, entriesIn: [root], base: base)
        // An entry may stand alone (RFC 4287, section 2).
        case "entry":
            var feed = Feed(form: .atom)
            feed.entries = [entry(root, base: address)]
            return feed
        default: return nil
        }
    }

    private func feed(
        _ form: Feed.Form, _ channel: MarkupElement, entriesIn holders: [MarkupElement], base: String?
    ) -> Feed {
        var feed = Feed(form: form)
        for element in channel.elements {
            let here = absolute(element["xml:base"], base)
            switch name(element) {
            case "title" where feed.title == nil: feed.title = filled(plainText(of: element, assumed: .text))
            case "link": readLink(element, base: here, &feed)
            case "language", "dc:language": feed.language = Language(tag: trimmed(element.text))
            case "ttl": feed.timeToLive = Double(trimmed(element.text)).map { $0 * 60 }
            case "sy:updatePeriod":
                let periods = [
                    "hourly": 3600.0, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000,
                    "yearly": 31_536_000,
                ]
                let frequency =
                    child("sy:updateFrequency", of: channel).flatMap { Double(trimmed($0.text)) } ?? 1
                feed.timeToLive = periods[trimmed(element.text).lowercased()].map { $0 / max(1, frequency) }
            default: break
            }
        }
        feed.language = feed.language ?? channel["xml:lang"].flatMap { Language(tag: $0) }
        var seen: Set<MarkupElement> = []
        for holder in holders {
            for element in holder.elements where ["item", "entry"].contains(name(element)) {
                guard holders.count == 1 || seen.insert(element).inserted || holder != channel else {
                    continue
                }
                feed.entries.append(entry(element, base: base))
            }
        }
        return feed
    }

    private func readLink(_ element: MarkupElement, base: String?, _ feed: inout Feed) {
        guard let target = element["href"] else {
            feed.link = feed.link ?? filled(element.text).map { absolute($0, base) ?? $0 }
            return
        }
        let address = WebAddress.resolved(target, against: base)
        switch element["rel"] ?? "alternate" {
        case "alternate": feed.link = feed.link ?? address
        case "hub": feed.hub = feed.hub ?? address
        case "self": feed.selfLink = feed.selfLink ?? address
        default: break
        }
    }

    // MARK: Entries

    private func entry(_ element: MarkupElement, base: String?) -> FeedEntry {
        var entry = FeedEntry(line: element.line)
        let base = absolute(element["xml:base"], base)
        entry.id = filled(element["rdf:about"])
        entry.language = element["xml:lang"].flatMap { Language(tag: $0) }
        var fallback = Fallback()
        for part in element.elements { read(part, base: absolute(part["xml:base"], base), &entry, &fallback) }
        entry.link = entry.link ?? fallback.permalink ?? fallback.link
        entry.title = entry.title ?? fallback.title
        entry.summary = entry.summary ?? fallback.summary
        return entry
    }

    /// What stands in for a part that an entry lacks.
    private struct Fallback {
        var permalink: String?
        var link: String?
        var title: String?
        var summary: String?
    }

    private func read(
        _ part: MarkupElement, base: String?, _ entry: inout FeedEntry, _ fallback: inout Fallback
    ) {
        switch name(part) {
        case "title": entry.title = filled(plainText(of: part, assumed: .text)) ?? entry.title
        case "dc:title", "media:title":
            fallback.title = fallback.title ?? filled(plainText(of: part, assumed: .text))
        case "id": entry.id = filled(part.text) ?? entry.id
        case "guid":
            entry.id = filled(part.text) ?? entry.id
            // It is a link unless it says that it is none (RSS 2.0).
            if (part["isPermaLink"] ?? part["ispermalink"] ?? "true") == "true" {
                fallback.permalink = filled(part.text).map { WebAddress.resolved($0, against: base) }
            }
        case "link": readLink(part, base: base, &entry, &fallback)
        case "author", "dc:creator", "dc:author", "itunes:author":
            entry.author = entry.author ?? author(part)
        case "pubDate", "pubdate", "published", "issued", "dcterms:issued":
            entry.publishedAt = FeedDate.parse(part.text) ?? entry.publishedAt
        case "updated", "modified", "dc:date", "dcterms:modified", "lastBuildDate":
            entry.updatedAt = FeedDate.parse(part.text) ?? entry.updatedAt
        case "dcterms:created", "created": entry.updatedAt = entry.updatedAt ?? FeedDate.parse(part.text)
        case "content:encoded", "fullitem", "xhtml:body", "body":
            entry.content = text(of: part, assumed: .html) ?? entry.content
        case "content": entry.content = text(of: part, assumed: .text) ?? entry.content
        case "description": addSummary(text(of: part, assumed: .html), &entry)
        case "summary": addSummary(text(of: part, assumed: .text), &entry)
        case "dc:description", "itunes:summary", "abstract":
            fallback.summary = fallback.summary ?? text(of: part, assumed: .html)
        case "media:description":
            fallback.summary =
                fallback.summary ?? text(of: part, assumed: part["type"] == "html" ? .html : .text)
        case "media:group", "media:content":
            for inner in part.elements { read(inner, base: base, &entry, &fallback) }
        case "dc:language", "language": entry.language = entry.language ?? Language(tag: trimmed(part.text))
        case "dc:identifier": entry.id = entry.id ?? filled(part.text)
        case "wp:status": entry.isPublished = entry.isPublished && trimmed(part.text) == "publish"
        case "wp:post_type":
            entry.isPublished = entry.isPublished && ["post", "page"].contains(trimmed(part.text))
        default: break
        }
    }

    /// Of two descriptions the longer one is the text of the entry.
    private func addSummary(_ text: String?, _ entry: inout FeedEntry) {
        guard let text else { return }
        guard let before = entry.summary else {
            entry.summary = text
            return
        }
        if entry.content == nil { (entry.summary, entry.content) = (before, text) }
    }

    private func readLink(
        _ part: MarkupElement, base: String?, _ entry: inout FeedEntry, _ fallback: inout Fallback
    ) {
        guard let target = part["href"] else {
            if let text = filled(part.text) { entry.link = WebAddress.resolved(text, against: base) }
            return
        }
        let address = WebAddress.resolved(target, against: base)
        guard (part["rel"] ?? "alternate") == "alternate" else { return }
        let isPage = ["text/html", "application/xhtml+xml"].contains(
            part["type"]?.lowercased() ?? "text/html")
        if isPage { entry.link = address } else { fallback.link = fallback.link ?? address }
    }

    private func author(_ part: MarkupElement) -> String? {
        if let name = child("name", of: part) { return filled(name.text) }
        guard part.elements.isEmpty, let text = filled(part.text) else { return nil }
        // RSS 2.0 wants an address of mail, with the name in brackets behind it.
        guard text.contains("@") else { return text }
        if let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close {
            return filled(String(text[text.index(after: open)..<close]))
        }
        if let open = text.firstIndex(of: "<") {
            return filled(text[..<open].trimmingCharacters(in: .init(charactersIn: " \"")))
        }
        return text
    }

    // MARK: Texts

    /// How a text is to be read where its element does not say so.
    private enum Kind { case text, html }

    private func plainText(of element: MarkupElement, assumed kind: Kind) -> String? {
        text(of: element, assumed: kind).map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// The readable text of an element, as its type says it is written.
    private func text(of element: MarkupElement, assumed kind: Kind) -> String? {
        let type = element["type"]?.lowercased() ?? (element["mode"] == "escaped" ? "text/html" : "")
        // Markup that stands in the element itself was meant as such, whatever the type says.
        if !element.elements.isEmpty { return filled(ReadableText.of(element)) }
        let text = element.text
        switch type {
        case "html", "text/html": return filled(ReadableText.of(html: text))
        case "xhtml", "application/xhtml+xml", "xml": return filled(ReadableText.of(html: text))
        case "text", "text/plain":
            return EscapedMarkup.isHTML(text) ? filled(ReadableText.of(html: text)) : filled(tidy(text))
        default:
            let isHTML = kind == .html ? EscapedMarkup.hasMarkup(text) : EscapedMarkup.isHTML(text)
            return filled(isHTML ? ReadableText.of(html: text) : tidy(text))
        }
    }

    /// The lines of a plain text without what only lays out the file.
    private func tidy(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.joined(separator: "\n")
            .trimmingCharacters(in: .newlines)
    }

    private func filled(_ text: String?) -> String? {
        text.map(trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    private func absolute(_ address: String?, _ base: String?) -> String? {
        guard let address else { return base }
        return WebAddress.resolved(address, against: base)
    }

    // MARK: Names

    private func child(_ wanted: String, of element: MarkupElement) -> MarkupElement? {
        element.elements.first { name($0) == wanted }
    }

    /// The name with the usual prefix of its namespace; that of a feed's own elements has none.
    private func name(_ element: MarkupElement) -> String {
        guard let namespace = element.namespace else { return element.name }
        let key = namespace.lowercased().trimmingCharacters(in: .whitespaces)
        // The address ends in the version of the export.
        if key.hasPrefix("http://wordpress.org/export/"), !key.hasSuffix("/excerpt/") {
            return "wp:\(element.name)"
        }
        guard let prefix = Self.prefixes[key] else { return "?:" + element.name }
        return prefix.isEmpty ? element.name : "\(prefix):\(element.name)"
    }

    private static let prefixes: [String: String] = [
        "http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns#": "", "https://www.w3.org/2005/atom": "",
        "http://purl.org/rss/1.0/": "", "http://my.netscape.com/rdf/simple/0.9/": "",
        "http://backend.userland.com/rss": "", "http://backend.userland.com/rss2": "",
        "http://blogs.law.harvard.edu/tech/rss": "", "http://purl.org/rss/1.0/modules/rss091#": "",
        "http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/elements/1.0/": "dc",
        "http://purl.org/dc/terms/": "dcterms", "http://purl.org/rss/1.0/modules/content/": "content",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://search.yahoo.com/mrss/": "media",
        "http://search.yahoo.com/mrss": "media", "http://purl.org/rss/1.0/modules/syndication/": "sy",
        "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "http://www.w3.org/1999/xhtml": "xhtml",
    ]
}

/// Tells text that contains markup from text that only contains its characters, such as `a < b` or `AT&T`.
enum EscapedMarkup {
    /// Whether a text that should be plain is HTML: it has a closing tag or a reference, and no tag that HTML lacks.
    static func isHTML(_ text: String) -> Bool {
        var proves = false
        for tag in tags(text) {
            guard known.contains(tag.name) else { return false }
            proves = proves || tag.isClosing || tag.name == "br" || tag.name == "p"
        }
        return proves || hasReference(text)
    }

    /// Whether a text that may be HTML has any of it.
    static func hasMarkup(_ text: String) -> Bool { hasReference(text) || !tags(text).isEmpty }

    private static func tags(_ text: String) -> [(name: String, isClosing: Bool)] {
        var found: [(String, Bool)] = []
        var rest = text.utf8[...]
        while let place = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[rest.index(after: place)...]
            let isClosing = rest.first == UInt8(ascii: "/")
            let name = (isClosing ? rest.dropFirst() : rest).prefix(12).prefix { isLetterOrDigit($0) }
            if let first = name.first, !(0x30...0x39).contains(first) {
                found.append((String(Substring(name)).lowercased(), isClosing))
            } else if rest.first == UInt8(ascii: "!") {
                found.append(("!", false))
            }
        }
        return found
    }

    private static func hasReference(_ text: String) -> Bool {
        var rest = text.utf8[...]
        while let place = rest.firstIndex(of: UInt8(ascii: "&")) {
            rest = rest[rest.index(after: place)...]
            let name = rest.prefix(12).prefix { isLetterOrDigit($0) || $0 == UInt8(ascii: "#") }
            guard !name.isEmpty, rest[name.endIndex...].first == UInt8(ascii: ";") else { continue }
            let text = String(Substring(name))
            if text.first == "#" || NamedCharacter.named(text) != nil { return true }
        }
        return false
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte || 0x41...0x5A ~= byte || 0x30...0x39 ~= byte
    }

    private static let known: Set = [
        "!", "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "big", "blockquote", "br",
        "button",
        "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl",
        "dt", "em",
        "embed", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "i",
        "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "main", "mark", "nav", "noscript",
        "object", "ol",
        "p", "picture", "pre", "q", "s", "samp", "script", "section", "small", "source", "span", "strike",
        "strong",
        "style", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
        "var",
        "video", "wbr",
    ]
}
