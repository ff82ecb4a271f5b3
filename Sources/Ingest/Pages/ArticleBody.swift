import Markup

/// Finds the text of the article in a page, and leaves menus, boxes and comments out.
///
/// Running text gives points to the element that it stands in and half of them to the one around that: length and
/// commas count for it, links against it. The element with the most points is the article. The idea is that of
/// Readability (Arc90, 2009); the names of what is never part of an article are those that sites commonly use.
enum ArticleBody {
    /// The lines of the article; empty where none is found.
    ///
    /// - Complexity: O(size of the page).
    static func text(of root: MarkupElement) -> String {
        guard let page = stripped(root, isTop: true) else { return "" }
        var best: (element: MarkupElement, score: Double) = (page, 0)
        consider(page, &best)
        return ReadableText.of(best.element)
    }

    /// Looks for the element with the most points.
    ///
    /// - Returns: the points of the text that stands directly in the element.
    @discardableResult
    private static func consider(
        _ element: MarkupElement, _ best: inout (element: MarkupElement, score: Double)
    ) -> Double {
        var direct = 0.0
        var below = 0.0
        for child in element.elements {
            if paragraphs.contains(child.name) {
                direct += points(child)
            } else {
                below += consider(child, &best)
            }
        }
        direct += looseText(element)
        let score = direct + below / 2
        // The element that says of itself that it is the article needs less to be believed.
        let isTold =
            element.name == "article" || element["itemprop"] == "articleBody" || element["role"] == "article"
        let weighed = isTold ? score * 1.25 : score
        if weighed > best.score { best = (element, weighed) }
        return direct
    }

    /// The points of a paragraph.
    private static func points(_ element: MarkupElement) -> Double {
        let text = element.text
        let length = text.unicodeScalars.count { !$0.properties.isWhitespace }
        guard length >= 20 else { return 0 }
        var linked = 0
        element.visit {
            if $0.name == "a" { linked += $0.text.unicodeScalars.count { !$0.properties.isWhitespace } }
        }
        if element.name == "a" { linked = length }
        let commas = text.unicodeScalars.count { $0 == "," || $0 == "，" || $0 == "、" || $0 == "。" }
        let value = 1 + min(Double(commas), 10) + min(Double(length) / 50, 6)
        return value * max(0, 1 - Double(linked) / Double(length))
    }

    /// The points of text that stands in an element without a paragraph, as old pages have it.
    private static func looseText(_ element: MarkupElement) -> Double {
        var text = ""
        for case .text(let part) in element.children { text += part }
        let length = text.unicodeScalars.count { !$0.properties.isWhitespace }
        return length < 80 ? 0 : 1 + min(Double(length) / 50, 20)
    }

    /// The page without what is never part of an article.
    private static func stripped(_ element: MarkupElement, isTop: Bool = false) -> MarkupElement? {
        if !isTop, isForeign(element) { return nil }
        var result = element
        result.children = element.children.compactMap { child in
            guard case .element(let inner) = child else { return child }
            return stripped(inner).map { .element($0) }
        }
        return result
    }

    private static func isForeign(_ element: MarkupElement) -> Bool {
        if unread.contains(element.name) { return true }
        if let role = element["role"]?.lowercased(), foreignRoles.contains(role) { return true }
        if ["body", "article", "main", "html"].contains(element.name) { return false }
        let names = ((element["class"] ?? "") + " " + (element["id"] ?? "")).lowercased()
            .split { !($0.isLetter || $0.isNumber) }
        return names.contains { foreignNames.contains(String($0)) }
    }

    private static let paragraphs: Set = ["p", "pre", "blockquote", "ul", "ol", "dl", "h2", "h3", "h4"]
    private static let unread: Set = [
        "script", "style", "noscript", "nav", "aside", "footer", "form", "iframe", "button", "select",
        "template", "svg",
        "figcaption", "dialog", "menu",
    ]
    private static let foreignRoles: Set = [
        "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alert", "menu",
        "menubar",
    ]
    private static let foreignNames: Set = [
        "ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "byline", "caption",
        "comment",
        "comments", "consent", "cookie", "cookies", "disqus", "footer", "masthead", "menu", "modal", "nav",
        "navbar",
        "navigation", "newsletter", "outbrain", "paywall", "popup", "promo", "recommended", "related",
        "share", "sharing",
        "sidebar", "social", "sponsor", "sponsored", "subscribe", "taboola", "tags", "toolbar", "widget",
    ]
}
