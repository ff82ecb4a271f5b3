public import Foundation
import Markup

/// Lists of feeds as readers exchange them (OPML 2.0, opml.org/spec2.opml).
public enum OPML {
    /// One feed of a list.
    public struct Outline: Sendable, Hashable {
        /// The feed's name; nil where the list gives none.
        public var title: String?
        /// The address of the feed.
        public var url: String
        /// The page that it belongs to.
        public var page: String?

        /// An outline of a feed.
        public init(title: String? = nil, url: String, page: String? = nil) {
            (self.title, self.url, self.page) = (title, url, page)
        }
    }

    /// The feeds of a list, those in folders too, each address once; nil when the bytes are no OPML.
    public static func read(_ bytes: [UInt8]) -> [Outline]? {
        guard let root = MarkupElement(xml: CharacterEncoding.text(of: bytes)),
            root.name.lowercased() == "opml"
        else { return nil }
        var outlines: [Outline] = []
        var seen: Set<String> = []
        root.visit { element in
            guard element.name.lowercased() == "outline",
                let url = value("xmlUrl", of: element), seen.insert(url).inserted
            else { return }
            outlines.append(
                Outline(
                    title: value("title", of: element) ?? value("text", of: element), url: url,
                    page: value("htmlUrl", of: element)))
        }
        return outlines
    }

    /// A list as a file; reading it gives the same list.
    public static func written(_ outlines: [Outline], title: String, at date: Date) -> String {
        let lines = outlines.map { outline in
            var line = "    <outline type=\"rss\" text=\"\(escaped(outline.title ?? outline.url))\""
            if let title = outline.title { line += " title=\"\(escaped(title))\"" }
            line += " xmlUrl=\"\(escaped(outline.url))\""
            if let page = outline.page { line += " htmlUrl=\"\(escaped(page))\"" }
            return line + "/>\n"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0">
              <head>
                <title>\(escaped(title))</title>
                <dateCreated>\(date.formatted(.iso8601))</dateCreated>
              </head>
              <body>
            \(lines.joined())  </body>
            </opml>

            """
    }

    /// The value of an attribute, whose case lists get wrong, without space around it; nil where there is none.
    private static func value(_ name: String, of element: MarkupElement) -> String? {
        let found = element.attributes.first { $0.name.lowercased() == name.lowercased() }?.value
        return found.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
            .replacingOccurrences(of: "\n", with: "&#10;").replacingOccurrences(of: "\r", with: "&#13;")
            .replacingOccurrences(of: "\t", with: "&#9;")
    }
}
