import Testing
import Text

@testable import Search

@Suite struct OccurrenceTableTests {
    @Test func `terms come back with all their places, also those met in an earlier table`() {
        var random = Seeded(state: 3)
        let words = ["bank", "court", "港灣", "GPT-4", "U.S.", "élan", "rare"]
        let scanner = TermScanner(.english)
        for documents in [4000, 0, 1, 700] {
            let table = OccurrenceTable()
            var expected: [String: [OccurrenceTable.Place]] = [:]
            for document in 0..<documents {
                let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    let most = Int.random(in: 0..<words.count, using: &random)
                    return words[Int.random(in: 0...most, using: &random)]
                }.joined(separator: " ")
                scanner.scan(text) { table.add($0, of: document, terms: scanner.terms.count) }
                for token in TextAnalyzer(.english).tokens(in: text) {
                    expected[token.term, default: []].append(
                        OccurrenceTable.Place(document: UInt32(document), position: UInt32(token.position)))
                }
            }
            let order = (0..<UInt32(scanner.terms.count)).reversed()
            for number in order {
                #expect(table.holds(number) == (expected[scanner.terms.text(of: number)] != nil))
            }
            table.sort(by: order)
            for (rank, number) in order.enumerated() {
                let term = scanner.terms.text(of: number)
                #expect(table.sorted[rank].all == expected[term] ?? [], "\(term)")
            }
        }
    }

    /// Document and position fit in 32 bits together, fill them, or do not.
    @Test(arguments: [
        (1, 1), (65_535, 65_535), (1 << 20, 4095), (1 << 20, 4096), (4_000_000_000, 4_000_000_000),
    ])
    func `places are kept however far they lie`(last: Int, longest: UInt32) {
        let table = OccurrenceTable()
        for (document, position) in [(0, 0), (last, longest)] as [(Int, UInt32)] {
            let found = [0, 1, 0].map { TermOccurrence(term: $0, position: position) }
            found.withUnsafeBufferPointer { table.add($0, of: document, terms: 2) }
        }
        table.sort(by: [1, 0])
        let (near, far) = (
            OccurrenceTable.Place(document: 0, position: 0),
            OccurrenceTable.Place(document: UInt32(last), position: longest)
        )
        #expect(table.sorted[0].all == [near, far])
        #expect(table.sorted[1].all == [near, near, far, far])
    }
}

extension OccurrenceTable.Places {
    fileprivate var all: [OccurrenceTable.Place] {
        var all: [OccurrenceTable.Place] = []
        forEach { all.append($1) }
        return all
    }
}

/// What becomes of a group in a step.
private enum PartedChange {
    case replace(group: Int64, with: PartedDocument)
    case delete(group: Int64)

    var group: Int64 {
        switch self {
        case .replace(let group, _), .delete(let group): group
        }
    }
}

@Suite struct PartedBuilderTests {
    private let parts = Schema([Field("headline", boost: 0.6, b: 0.3), Field("body"), Field("analysis")])

    private func whole(hasPositions: Bool) -> Schema {
        let fields = parts.fields.map { field in
            var field = field
            field.hasPositions = hasPositions
            return field
        }
        return Schema(fields + [Field("names", isExact: true, hasPositions: hasPositions)])
    }

    private func document(_ random: inout Seeded) -> PartedDocument {
        let words = [
            "bank", "court", "港灣的燈", "GPT-4o", "U.S.", "élan", "l’eau", "5,000,000", "state-of-the-art",
            "end-",
            "it’s", "bank", "the",
        ]
        func text(_ most: Int) -> String {
            (0..<Int.random(in: 0...most, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }.joined(separator: Bool.random(using: &random) ? " " : ". ")
        }
        let parts = (0..<Int.random(in: 0...5, using: &random)).map { place in
            let field = [1, 1, 1, 2, nil][Int.random(in: 0..<5, using: &random)]
            return PartedDocument.Part(
                ordinal: UInt32(place * 2), field: field, text: field == nil ? "" : text(60)[...])
        }
        return PartedDocument(
            language: [.english, .german, .traditionalChinese][Int.random(in: 0..<3, using: &random)],
            shared: [text(8), "", "", text(3).split(separator: " ").joined(separator: "\n")], parts: parts,
            time: Bool.random(using: &random) ? 5 : nil,
            tags: ["source:\(Int.random(in: 0..<3, using: &random))"])
    }

    /// What the index of parts is given by itself.
    private func partDocuments(_ document: PartedDocument) -> [Document] {
        document.parts.map { part in
            var texts = [document.shared[0], "", ""]
            if let field = part.field { texts[field] = String(part.text) }
            return Document(
                ordinal: part.ordinal, language: document.language, texts: texts, time: document.time,
                tags: document.tags)
        }
    }

    private func wholeDocument(_ document: PartedDocument) -> Document {
        func joined(_ field: Int) -> String {
            document.parts.filter { $0.field == field }.map(\.text).joined(separator: "\n")
        }
        return Document(
            ordinal: 0, language: document.language,
            texts: [document.shared[0], joined(1), joined(2), document.shared[3]], time: document.time,
            tags: document.tags)
    }

    @Test(arguments: [true, false])
    func `both indexes are what they are by themselves, byte for byte`(hasPositions: Bool) {
        var random = Seeded(state: 11)
        let whole = whole(hasPositions: hasPositions)
        let builder = PartedBuilder(schema: PartedSchema(parts: parts, whole: whole, shared: [0]))
        var (ofParts, ofWhole) = (InvertedIndex(schema: parts), InvertedIndex(schema: whole))
        var (partsAlone, wholeAlone) = (ofParts, ofWhole)
        for step in 1...12 as ClosedRange<Int64> {
            // Groups come in no order, again and again, and go.
            var changes = (0..<Int.random(in: 1...90, using: &random)).map { _ -> PartedChange in
                let group = Int64.random(in: 0..<400, using: &random)
                return Int.random(in: 0..<8, using: &random) == 0
                    ? .delete(group: group) : .replace(group: group, with: document(&random))
            }
            // What may follow what was read goes into the same segment.
            let last = PartedChange.replace(group: 400, with: document(&random))
            for changes in [changes, [last]] {
                #expect(builder.accepts(changes.map(\.group)))
                builder.read(groups: changes.map(\.group)) { place in
                    guard case .replace(_, let document) = changes[place] else { return nil }
                    return document
                }
            }
            changes.append(last)
            #expect(!builder.accepts([400]))
            let read = builder.finish()
            ofParts.apply(read.writeParts(), cursor: step)
            ofWhole.apply(read.writeWhole(), cursor: step)
            partsAlone.apply(
                changes.map { change in
                    guard case .replace(let group, let document) = change else {
                        return .delete(group: change.group)
                    }
                    return .replace(group: group, with: partDocuments(document))
                }, cursor: step)
            wholeAlone.apply(
                changes.map { change in
                    guard case .replace(let group, let document) = change else {
                        return .delete(group: change.group)
                    }
                    return .replace(group: group, with: [wholeDocument(document)])
                }, cursor: step)
            for (one, other) in [(ofParts, partsAlone), (ofWhole, wholeAlone)] {
                #expect(one.cursor == other.cursor)
                #expect(
                    one.searcher.views.map { Array($0.segment.bytes.buffer) }
                        == other.searcher.views.map { Array($0.segment.bytes.buffer) })
                #expect(one.searcher.views.map(\.livingCount) == other.searcher.views.map(\.livingCount))
            }
        }
    }
}
