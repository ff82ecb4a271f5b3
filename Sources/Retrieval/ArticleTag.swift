import News
import Text

/// The tags by which the index knows an article's source and language.
enum ArticleTag {
    static func source(_ name: String) -> String { "source:\(name)" }

    static func language(_ language: Language) -> String { prefix + language.rawValue }

    private static let prefix = "language:"

    /// The tags of an article.
    static func all(of article: Article) -> [String] {
        [source(article.source), language(article.language)]
    }

    /// The languages among tags.
    static func languages(in tags: some Sequence<String>) -> Set<Language> {
        Set(
            tags.lazy.filter { $0.hasPrefix(prefix) }.compactMap {
                Language(rawValue: String($0.dropFirst(prefix.count)))
            })
    }
}
