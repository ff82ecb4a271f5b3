import Foundation
import Markup
import Text

/// Makes a feed of the text of a JSON Feed 1.0 or 1.1 (jsonfeed.org).
struct JSONFeedReader {
    let address: String?

    /// The feed; nil when the text is not JSON or has no items.
    func read(_ text: String) -> Feed? {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8)),
            let items = document.items
        else { return nil }
        var feed = Feed(form: .json, title: plain(document.title))
        feed.link = document.homePage?.value
        feed.selfLink = document.feedURL?.value
        feed.language = document.language?.value.flatMap { Language(tag: $0) }
        feed.hub = document.hubs?.first { $0.type?.value?.lowercased() == "websub" }?.url?.value
        feed.entries = items.map { entry($0, in: document) }
        return feed
    }

    private func entry(_ item: Item, in document: Document) -> FeedEntry {
        var entry = FeedEntry(line: 1)
        entry.id = item.id?.value
        entry.link = (item.url?.value ?? item.externalURL?.value).map {
            WebAddress.resolved($0, against: address)
        }
        entry.title = plain(item.title)
        entry.author =
            (item.authors ?? document.authors)?.first?.name?.value
            ?? (item.author ?? document.author)?.name?.value
        entry.publishedAt = item.published?.value.flatMap(FeedDate.parse)
        entry.updatedAt = item.modified?.value.flatMap(FeedDate.parse)
        entry.content = item.html?.value.map { ReadableText.of(html: $0) } ?? item.text?.value
        entry.summary = item.summary?.value
        entry.language = item.language?.value.flatMap { Language(tag: $0) }
        return entry
    }

    private func plain(_ text: Loose?) -> String? {
        let words = text?.value?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        return words.isEmpty ? nil : words
    }

    // MARK: The file's shape

    private struct Document: Decodable {
        var title: Loose?
        var homePage: Loose?
        var feedURL: Loose?
        var language: Loose?
        var author: Author?
        var authors: [Author]?
        var hubs: [Hub]?
        var items: [Item]?

        enum CodingKeys: String, CodingKey {
            case title, language, author, authors, hubs, items
            case homePage = "home_page_url"
            case feedURL = "feed_url"
        }
    }

    private struct Author: Decodable { var name: Loose? }
    private struct Hub: Decodable {
        var type: Loose?
        var url: Loose?
    }

    private struct Item: Decodable {
        var id: Loose?
        var url: Loose?
        var externalURL: Loose?
        var title: Loose?
        var html: Loose?
        var text: Loose?
        var summary: Loose?
        var published: Loose?
        var modified: Loose?
        var language: Loose?
        var author: Author?
        var authors: [Author]?

        enum CodingKeys: String, CodingKey {
            case id, url, title, summary, language, author, authors
            case externalURL = "external_url"
            case html = "content_html"
            case text = "content_text"
            case published = "date_published"
            case modified = "date_modified"
        }
    }

    /// A text, a number as its digits, or nothing where something else stands: one odd value must not cost the feed.
    private struct Loose: Decodable {
        var value: String?

        init(from decoder: any Decoder) throws { value = try? JSONLine.Text(from: decoder).value }
    }
}
