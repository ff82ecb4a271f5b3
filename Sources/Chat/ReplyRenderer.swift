import Foundation
import Text

/// One message's worth of a reply in a platform's markup.
public struct ReplyPart: Sendable, Hashable, Codable {
    /// A stretch of the text with a look or an address, as Telegram wants them.
    public struct Entity: Sendable, Hashable, Codable {
        /// What an entity does.
        public enum Kind: Sendable, Hashable, Codable {
            case bold
            case link(url: String)
            case quote
        }
        /// What it does.
        public var kind: Kind
        /// Where it begins, in UTF-16 units.
        public var offset: Int
        /// How long it is, in UTF-16 units.
        public var length: Int
    }

    /// The text in the platform's markup.
    public internal(set) var text = ""
    /// The same without any markup, for when the platform refuses it.
    public internal(set) var plain = ""
    /// Looks and addresses, for platforms that take them beside the text; in the order of where they begin.
    public internal(set) var entities: [Entity] = []
}

/// Writes a reply in a platform's markup and cuts it into messages.
///
/// The document becomes a row of pieces that are never cut: a word with its citations, a link, a bold stretch. Pieces
/// are taken while they fit together with the list of the sources they cite; then the message ends at the last end
/// of a paragraph, else of a sentence, else of a word that leaves it at least a third full.
public struct ReplyRenderer: Sendable {
    /// The most entities that Telegram takes in one message.
    private static let mostEntities = 100
    private static let longestTitle = 200

    private let format: ReplyFormat
    private let quoteCost: Int

    /// A renderer for a platform's format.
    public init(_ format: ReplyFormat) {
        self.format = format
        quoteCost =
            format.unit.length(of: format.quoteMarks.open) + format.unit.length(of: format.quoteMarks.close)
    }

    /// The messages of a reply, none of them empty or longer than the format's limit.
    ///
    /// - Complexity: O(n) in the length of the document.
    public func parts(of document: ReplyDocument) -> [ReplyPart] {
        var sources: [Int: Piece] = [:]
        for source in document.sources { sources[source.number] = line(of: source) }
        let urls = Dictionary(
            document.sources.compactMap { source in source.url.map { (source.number, $0) } },
            uniquingKeysWith: { first, _ in first })
        var parts: [ReplyPart] = []
        var rest = pieces(of: document, urls: urls)[...]
        while !rest.isEmpty {
            let count = fitting(rest, sources)
            parts.append(assembled(rest.prefix(count), sources))
            rest = rest.dropFirst(count)
        }
        return parts
    }

    // MARK: - Pieces

    /// How good it is to end a message before a piece.
    private enum Seam: Int, Comparable {
        case glued, grapheme, word, sentence, line, paragraph
        static func < (left: Seam, right: Seam) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Piece {
        var text: String
        var plain: String
        var seam: Seam
        /// Whether a space stands before it where it is not first.
        var isSpaced = false
        var kind: ReplyPart.Entity.Kind?
        var citation: Int?
        var isQuoted = false
    }

    private func pieces(of document: ReplyDocument, urls: [Int: String]) -> [Piece] {
        var pieces: [Piece] = []
        for block in document.blocks {
            switch block {
            case .paragraph(let inlines): pieces += self.pieces(of: inlines, urls, seam: .paragraph)
            case .quote(let inlines):
                pieces += self.pieces(of: inlines, urls, seam: .paragraph).map { piece in
                    var piece = piece
                    piece.isQuoted = true
                    return piece
                }
            case .list(let items):
                for (index, item) in items.enumerated() {
                    let item = self.pieces(of: item, urls, seam: .glued)
                    guard var first = item.first else { continue }
                    pieces.append(Piece(text: "•", plain: "•", seam: index == 0 ? .paragraph : .line))
                    first.isSpaced = true
                    pieces += [first] + item.dropFirst()
                }
            }
        }
        return pieces
    }

    private func pieces(of inlines: [ReplyDocument.Inline], _ urls: [Int: String], seam: Seam) -> [Piece] {
        var pieces: [Piece] = []
        var isSpaced = false
        for inline in inlines {
            var added: [Piece]
            switch inline {
            case .text(let text): added = words(of: text)
            case .bold(let text):
                let text = words(of: text).map(\.plain).joined(separator: " ")
                let piece = Piece(text: format.bold(text), plain: text, seam: .word, kind: .bold)
                added = text.isEmpty ? [] : fits(piece) ? [piece] : words(of: text)
                if let first = Self.edge(inline)?.first, first.isWhitespace { isSpaced = true }
            case .link(let label, let url):
                let piece = link(label, url, seam: .word)
                added = fits(piece) ? [piece] : words(of: label)
            case .citation(let number):
                added = [citation(number, url: urls[number])]
            }
            let edge = Self.edge(inline)
            if edge?.first?.isWhitespace == true { isSpaced = true }
            if !added.isEmpty {
                if case .citation = inline {
                    added[0].seam = .glued
                    added[0].isSpaced = pieces.last.map { $0.citation == nil } ?? false
                } else {
                    // What no space parts belongs together, as a full stop to the link before it.
                    added[0].isSpaced = isSpaced
                    if !isSpaced { added[0].seam = .glued } else { added[0].seam = max(added[0].seam, .word) }
                }
                if pieces.isEmpty {
                    added[0].seam = seam
                    added[0].isSpaced = false
                }
                isSpaced = false
            }
            pieces += added
            if edge?.last?.isWhitespace == true { isSpaced = true }
        }
        // A sentence that ended before a piece's inline makes a better seam than a word.
        for index in pieces.indices.dropFirst() where pieces[index].seam == .word {
            let before = pieces[..<index].last { $0.citation == nil }?.plain.last
            if let before, ".!?。！？".contains(before), pieces[index].isSpaced {
                pieces[index].seam = .sentence
            }
        }
        return pieces
    }

    private static func edge(_ inline: ReplyDocument.Inline) -> String? {
        switch inline {
        case .text(let text), .bold(let text): text
        case .link(let label, _): label
        case .citation: nil
        }
    }

    /// The words of a text; one that is longer than a message comes in graphemes.
    private func words(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        for sentence in SentenceSplitter.sentences(in: text) {
            let isSpaced =
                sentence.startIndex > text.startIndex
                && text[text.index(before: sentence.startIndex)].isWhitespace
            var isFirst = true
            for word in sentence.split(whereSeparator: \.isWhitespace) {
                let seam: Seam = isFirst ? .sentence : .word
                let piece = Piece(
                    text: format.escaped(String(word)), plain: String(word), seam: seam,
                    isSpaced: isFirst ? isSpaced || sentence.first?.isWhitespace == true : true)
                pieces += fits(piece) ? [piece] : cut(piece)
                isFirst = false
            }
        }
        return pieces
    }

    private func cut(_ piece: Piece) -> [Piece] {
        var pieces: [Piece] = []
        for character in piece.plain {
            let whole = Piece(
                text: format.escaped(String(character)), plain: String(character),
                seam: pieces.isEmpty ? piece.seam : .grapheme, isSpaced: pieces.isEmpty && piece.isSpaced)
            if fits(whole) {
                pieces.append(whole)
            } else {
                // A character of thousands of combining marks: nothing that anybody reads.
                pieces += character.unicodeScalars.map { scalar in
                    Piece(text: format.escaped(String(scalar)), plain: String(scalar), seam: .grapheme)
                }
            }
        }
        return pieces
    }

    private func link(_ label: String, _ url: String, seam: Seam) -> Piece {
        let label = label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let url = Self.address(url)
        let isWeb = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
        guard isWeb else {
            return Piece(text: format.escaped(label), plain: label, seam: seam)
        }
        return Piece(
            text: format.link(label, url), plain: "\(label) (\(url))", seam: seam, kind: .link(url: url))
    }

    /// An address as readers type it, made whole: without spaces, and with a scheme where only a host is named.
    private static func address(_ url: String) -> String {
        let bare = url.trimmingCharacters(in: .whitespacesAndNewlines)
        let whole = bare.split(whereSeparator: \.isWhitespace).joined(separator: "%20")
        guard !whole.contains(":"), let host = whole.split(separator: "/").first,
            host.contains("."), !whole.hasPrefix("/"), !host.hasSuffix(".")
        else { return whole }
        return "http://" + whole + (whole.contains("/") ? "" : "/")
    }

    private func citation(_ number: Int, url: String?) -> Piece {
        let mark = "[\(number)]"
        var piece = Piece(text: format.escaped(mark), plain: mark, seam: .glued)
        if let url, format.markup != .plain, format.markup != .whatsApp {
            let linked = link(mark, url, seam: .glued)
            if fits(linked) { piece = linked }
        }
        piece.plain = mark
        piece.citation = number
        return piece
    }

    private func line(of source: ReplyDocument.Source) -> Piece {
        let title = "[\(source.number)] " + source.title.prefix(Self.longestTitle)
        if let url = source.url {
            let piece = link(title, url, seam: .line)
            if cost(piece.text) * 2 < format.limit { return piece }
        }
        return Piece(text: format.escaped(title), plain: title, seam: .line)
    }

    // MARK: - Messages

    private func cost(_ text: String) -> Int { format.unit.length(of: text) }

    /// A piece fits if a message can hold it as a quote.
    private func fits(_ piece: Piece) -> Bool {
        max(cost(piece.text), cost(piece.plain)) + quoteCost <= format.limit
    }

    private func gap(before piece: Piece) -> String {
        let isHTML = format.markup == .html
        return switch piece.seam {
        case .paragraph: isHTML ? "<br><br>" : "\n\n"
        case .line: isHTML ? "<br>" : "\n"
        default: piece.isSpaced ? " " : ""
        }
    }

    private func plainGap(before piece: Piece) -> String {
        switch piece.seam {
        case .paragraph: "\n\n"
        case .line: "\n"
        default: piece.isSpaced ? " " : ""
        }
    }

    /// How many of the pieces, at least one, make the next message.
    private func fitting(_ pieces: ArraySlice<Piece>, _ sources: [Int: Piece]) -> Int {
        var used = (text: 0, plain: 0)
        var listed = Listing(format: format, sources: sources)
        var entities = 0
        var wasQuoted = false
        var best: (seam: Seam, count: Int)?
        var last: (seam: Seam, count: Int)?
        for (count, piece) in pieces.enumerated() {
            if count > 0, piece.seam > .glued {
                last = (piece.seam, count)
                if used.text * 3 > format.limit, best.map({ piece.seam >= $0.seam }) ?? true { best = last }
            }
            used.text += (count > 0 ? cost(gap(before: piece)) : 0) + cost(piece.text)
            used.plain += (count > 0 ? cost(plainGap(before: piece)) : 0) + cost(piece.plain)
            if piece.isQuoted, !wasQuoted || piece.seam == .paragraph {
                used.text += quoteCost
                entities += 1
            }
            wasQuoted = piece.isQuoted
            if piece.kind != nil { entities += 1 }
            if let number = piece.citation { listed.add(number) }
            let isFull =
                max(used.text, used.plain) > format.limit
                || (format.markup == .entities && entities + listed.lines.count > Self.mostEntities)
            if isFull, count > 0 { return (best ?? last)?.count ?? count }
            listed.settle(room: format.limit - max(used.text, used.plain))
            // A source that found no room wants a message of its own, if one can be made.
            if listed.isCramped, let cut = best ?? last { return cut.count }
        }
        return pieces.count
    }

    /// The sources that a message lists, as far as they find room below its text.
    private struct Listing {
        let format: ReplyFormat
        let sources: [Int: Piece]
        private(set) var lines: [Int] = []
        private var length = 0

        /// Whether the lines are more than the room that is left.
        private(set) var isCramped = false

        init(format: ReplyFormat, sources: [Int: Piece]) { (self.format, self.sources) = (format, sources) }

        mutating func add(_ number: Int) {
            guard let piece = sources[number], !lines.contains(number) else { return }
            let gap = lines.isEmpty ? "\n\n" : "\n"
            let html = format.markup == .html ? (lines.isEmpty ? "<br><br>" : "<br>") : gap
            lines.append(number)
            length += max(
                format.unit.length(of: html + piece.text), format.unit.length(of: gap + piece.plain))
        }

        mutating func settle(room: Int) { isCramped = length > room }
    }

    private func assembled(_ pieces: ArraySlice<Piece>, _ sources: [Int: Piece]) -> ReplyPart {
        var part = ReplyPart()
        var quoteStart: Int?
        let marks = format.quoteMarks
        func closeQuote() {
            guard let start = quoteStart else { return }
            part.text += marks.close
            if format.markup == .entities {
                part.entities.append(
                    .init(kind: .quote, offset: start, length: part.text.utf16.count - start))
            }
            quoteStart = nil
        }
        func append(_ piece: Piece, isFirst: Bool) {
            if quoteStart != nil, !piece.isQuoted || piece.seam == .paragraph { closeQuote() }
            if !isFirst {
                part.text += gap(before: piece)
                part.plain += plainGap(before: piece)
            }
            if piece.isQuoted, quoteStart == nil {
                quoteStart = part.text.utf16.count
                part.text += marks.open
            }
            if format.markup == .entities, let kind = piece.kind {
                part.entities.append(
                    .init(kind: kind, offset: part.text.utf16.count, length: piece.text.utf16.count))
            }
            part.text += piece.text
            part.plain += piece.plain
        }
        var cited: [Int] = []
        for (index, piece) in pieces.enumerated() {
            append(piece, isFirst: index == 0)
            if let number = piece.citation, !cited.contains(number) { cited.append(number) }
        }
        closeQuote()
        var isFirst = true
        for number in cited {
            guard var line = sources[number] else { continue }
            if isFirst { line.seam = .paragraph }
            let length = max(
                cost(part.text) + cost(gap(before: line) + line.text),
                cost(part.plain) + cost(plainGap(before: line) + line.plain))
            guard length <= format.limit else { continue }
            append(line, isFirst: false)
            isFirst = false
        }
        part.entities.sort { ($0.offset, $1.length) < ($1.offset, $0.length) }
        return part
    }
}
