import Foundation
import Text

/// The lines above the text of a post: channel, date, headline.
struct PostHeader: Sendable {
    /// The channel line; nil where there is none.
    var source: String?
    var date: DateLine.Reading = .other
    /// The index of the line that holds the date, or should.
    var dateIndex: Int
    /// The index of the first line below channel and date.
    var textStart: Int

    /// Reads the header of the post that lies in the given lines, which hold one that is not blank.
    init(_ lines: ArraySlice<SourceText.Line>, dates: DateLine) {
        let filled = lines.indices.lazy.filter { !lines[$0].isBlank && !SectionReader.isRule(lines[$0].text) }
            .prefix(4)
        let places = Array(filled)
        dateIndex = places.first ?? lines.startIndex
        textStart = dateIndex
        guard let first = places.first else { return }
        if let (name, reading) = Self.bracketed(lines[first].text, dates) {
            (source, date, dateIndex, textStart) = (name, reading, first, first + 1)
            return
        }
        let readings = places.prefix(3).map { dates.read(lines[$0].text) }
        if !readings[0].isOther {
            (date, textStart) = (readings[0], first + 1)
        } else if readings.count > 1, !readings[1].isOther {
            (date, dateIndex) = (readings[1], places[1])
            if Self.isName(lines[first].text) {
                (source, textStart) = (Self.name(lines[first].text), places[1] + 1)
            }
        } else if readings.count > 2, readings[2].date != nil, Self.isName(lines[first].text),
            Self.isHandle(lines[places[1]].text)
        {
            (source, date) = (Self.name(lines[first].text), readings[2])
            (dateIndex, textStart) = (places[2], places[2] + 1)
        } else if Self.isChannel(places, lines) {
            (source, textStart) = (Self.name(lines[first].text), first + 1)
        }
    }

    /// Whether the first line of a post without a date is its channel and not already its headline.
    ///
    /// The last line tells where it repeats the name. Otherwise a name is a few words, with a longer headline and more
    /// text below.
    private static func isChannel(_ places: [Int], _ lines: ArraySlice<SourceText.Line>) -> Bool {
        guard places.count > 1, let last = lines.last(where: { !$0.isBlank }) else { return false }
        let first = lines[places[0]].text
        let second = lines[places[1]].text
        guard isName(first), SectionHead(first) == nil, SectionHead(second) == nil else { return false }
        if last.number != lines[places[0]].number, PostTail.isSlogan(last.text, of: first, isApart: true) {
            return true
        }
        guard places.count > 2, !Prose.endsSentence(second), second.count > first.count else { return false }
        return first.count <= 40 && first.split(whereSeparator: \.isWhitespace).count <= 4
    }

    /// Whether a line can be the name of a channel.
    static func isName(_ line: String) -> Bool {
        guard line.utf8.count <= 240, line.count <= 80, PostTail.link(line) == nil else { return false }
        return line.contains(where: \.isLetter) && !".。,，;；:：".contains(line.last ?? ".")
            && SectionHead(line) == nil
    }

    /// @name, 12 345 subscribers: what clients put between name and date.
    private static func isHandle(_ line: String) -> Bool {
        let folded = Folding.fold(line)
        return folded.hasPrefix("@")
            || line.count <= 40
                && ["subscriber", "follower", "member", "订阅", "关注", "成员", "forwarded"].contains {
                    folded.contains($0)
                }
    }

    /// `PandoraTechNews, [18.07.2025 07:42]`, as desktop clients copy it.
    static func bracketed(_ line: String, _ dates: DateLine) -> (name: String, date: DateLine.Reading)? {
        guard line.utf8.count <= 300, line.hasSuffix("]"), let open = line.lastIndex(of: "[") else {
            return nil
        }
        let name = String(line[..<open]).trimming(" ,，")
        let reading = dates.read(String(line[line.index(after: open)...].dropLast()))
        return name.isEmpty || reading.isOther ? nil : (Self.name(name), reading)
    }

    /// The name without the signs that clients and Markdown put around it.
    static func name(_ line: String) -> String {
        let bare = line.trimming("#*_@📢📣 \u{200E}\u{200F}")
        return bare.isEmpty ? line : bare
    }
}
