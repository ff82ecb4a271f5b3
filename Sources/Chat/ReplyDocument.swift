/// What the bot says, before it is written in a platform's own way.
public struct ReplyDocument: Sendable, Hashable {
    /// What one block holds, in reading order.
    public enum Inline: Sendable, Hashable {
        /// Text as it is to be read; escaping is the renderer's.
        case text(String)
        /// Text that stands out.
        case bold(String)
        /// A label that leads somewhere; only `http` and `https` addresses become links.
        case link(label: String, url: String)
        /// The mark of a source by its number, `[1]`; it never leaves the word before it.
        case citation(Int)
    }

    /// A block, which begins on a line of its own.
    public enum Block: Sendable, Hashable {
        /// Text that belongs together.
        case paragraph([Inline])
        /// Items, each with a bullet.
        case list([[Inline]])
        /// Somebody else's words.
        case quote([Inline])
    }

    /// An article that a citation names.
    public struct Source: Sendable, Hashable {
        /// The number in the citations.
        public var number: Int
        /// The headline and whatever else tells the reader what it is.
        public var title: String
        /// Where it can be read.
        public var url: String?

        /// A source.
        public init(number: Int, title: String, url: String? = nil) {
            self.number = number
            self.title = title
            self.url = url
        }
    }

    /// The blocks in reading order.
    public var blocks: [Block]
    /// The sources; those that a part cites are listed at that part's end.
    public var sources: [Source]

    /// A document.
    public init(_ blocks: [Block], sources: [Source] = []) {
        self.blocks = blocks
        self.sources = sources
    }
}
