import News

extension Feed {
    /// The articles of a feed's entries, oldest first, and what is wrong with entries that make none.
    ///
    /// The text of an entry is read as that of a post is, so that an analysis in it stays opinion. An article is known
    /// by its feed and the entry's id there.
    func articles(from feed: FeedSubscription) -> ParsedFile {
        var report = ArticleDraft.Report(origin: feed.url)
        for entry in entries.reversed() {
            var draft = ArticleDraft(line: entry.line)
            draft.source = feed.name ?? title ?? feed.source
            draft.author = entry.author
            draft.url = entry.link.map(WebAddress.canonical)
            draft.publishedAt = entry.date
            draft.headline = entry.title.map { SourceText.clean($0[...]) }
            draft.language = entry.language
            draft.read(text: entry.text ?? "")
            draft.origin = entry.origin(in: feed)
            report.add(draft)
        }
        return (report.articles, report.diagnostics)
    }
}

extension FeedEntry {
    /// By what an article that is made of it is known; nil for an entry without id, link and title.
    func origin(in feed: FeedSubscription) -> String? {
        (id ?? link ?? title).map { feed.url + "#" + $0 }
    }
}
