import Foundation
import Markup
import Text

/// What a page says about its article: JSON-LD before Open Graph before the elements of HTML.
///
/// Sources: schema.org (Article and its kinds), ogp.me, HTML Living Standard 4.2 and 4.5.14.
struct PageMetadata {
    private(set) var headline: String?
    private(set) var author: String?
    private(set) var publishedAt: Date?
    private(set) var modifiedAt: Date?
    private(set) var language: Language?
    /// The address that the page gives itself, without tracking.
    private(set) var url: String?
    private(set) var site: String?
    /// The text as it stands in JSON-LD.
    private(set) var text: String?

    init(_ root: MarkupElement, address: String?) {
        var meta: [String: String] = [:]
        var canonical: String?
        var title: String?
        var heading: String?
        var time: String?
        root.visit { element in
            switch element.name {
            case "meta":
                let name = (element["property"] ?? element["name"] ?? element["itemprop"])?.lowercased()
                if let name, let content = Self.filled(element["content"]), meta[name] == nil {
                    meta[name] = content
                }
            case "link" where element["rel"]?.lowercased() == "canonical":
                canonical = canonical ?? Self.filled(element["href"])
            case "title": title = title ?? Self.filled(element.text)
            case "h1": heading = heading ?? Self.filled(ReadableText.of(element))
            case "time": time = time ?? Self.filled(element["datetime"])
            case "script" where element["type"]?.lowercased() == "application/ld+json":
                readLinkedData(element.text)
            default: break
            }
        }
        headline = headline ?? meta["og:title"] ?? heading ?? meta["twitter:title"] ?? title
        headline = headline.flatMap {
            // A headline of nothing but invisible marks is none.
            Self.filled(
                SourceText.clean($0.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]))
        }
        author =
            author ?? meta["author"]
            ?? meta["article:author"].flatMap { WebAddress.isAbsolute($0) ? nil : $0 }
        let dates = [
            "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
            "parsely-pub-date", "pubdate",
        ]
        publishedAt =
            publishedAt ?? dates.lazy.compactMap { meta[$0].flatMap(FeedDate.parse) }.first
            ?? time.flatMap(FeedDate.parse)
        modifiedAt = modifiedAt ?? meta["article:modified_time"].flatMap(FeedDate.parse)
        language = (root["lang"] ?? root["xml:lang"] ?? meta["og:locale"]).flatMap { Language(tag: $0) }
        site = site ?? meta["og:site_name"] ?? meta["application-name"]
        let told = canonical ?? meta["og:url"] ?? url ?? address
        url = told.map { WebAddress.canonical(WebAddress.resolved($0, against: address)) }
            .flatMap { WebAddress.isAbsolute($0) ? $0 : nil }
    }

    // MARK: JSON-LD

    private mutating func readLinkedData(_ text: String) {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return }
        var pending: [Any] = [value]
        // Lists and graphs hold the things, breadth first; nothing else is looked into.
        while !pending.isEmpty {
            let next = pending.removeFirst()
            if let list = next as? [Any] {
                pending += list
            } else if let object = next as? [String: Any] {
                if let graph = object["@graph"] { pending.append(graph) }
                if Self.isArticle(object["@type"]) { readArticle(object) }
            }
        }
    }

    private mutating func readArticle(_ object: [String: Any]) {
        headline = headline ?? Self.text(object["headline"]) ?? Self.text(object["name"])
        author = author ?? Self.names(object["author"])
        publishedAt = publishedAt ?? Self.text(object["datePublished"]).flatMap(FeedDate.parse)
        modifiedAt = modifiedAt ?? Self.text(object["dateModified"]).flatMap(FeedDate.parse)
        site = site ?? Self.names(object["publisher"])
        text = text ?? Self.text(object["articleBody"])
        url = url ?? Self.text(object["url"])
    }

    private static func isArticle(_ type: Any?) -> Bool {
        let names = (type as? [Any] ?? [type as Any]).compactMap { $0 as? String }
        return names.contains { $0.hasSuffix("Article") || $0.hasSuffix("BlogPosting") || $0 == "Report" }
    }

    private static func names(_ value: Any?) -> String? {
        let list = value as? [Any] ?? [value as Any]
        let names = list.compactMap { text(($0 as? [String: Any])?["name"]) ?? text($0) }
            .filter { !WebAddress.isAbsolute($0) }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private static func text(_ value: Any?) -> String? {
        guard let text = filled(value as? String) else { return nil }
        return EscapedMarkup.isHTML(text) ? filled(ReadableText.of(html: text)) : text
    }

    private static func filled(_ text: String?) -> String? {
        text.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension WebAddress {
    /// The site of an address, as readers know it; nil where it has none.
    static func site(_ address: String) -> String? {
        let site = URL(string: address)?.host().map { $0.hasPrefix("www.") ? String($0.dropFirst(4)) : $0 }
        return site.flatMap { $0.isEmpty ? nil : $0 }
    }
}
