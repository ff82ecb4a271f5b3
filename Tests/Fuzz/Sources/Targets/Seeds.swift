import Foundation
import Text

@testable import Search

/// Files of the index as the program writes them, from which the fuzzer sets out.
enum Seeds {
    /// The bytes NDFUZZ01.
    static let magic: UInt64 = 0x3130_5A5A_5546_444E

    static func write(to folder: String) throws {
        for documents in [1, 7, 40, 300] {
            try write(segment(documents), "segment", documents, to: folder)
        }
        for (vectors, exact) in [(1, 9), (20, 90), (60, 10)] {
            try write(self.vectors(vectors, exact: exact), "vectors", vectors, to: folder)
        }
        var manifest = Manifest(cursor: 7)
        manifest.parts = (0..<3).map { number in
            Manifest.Part(number: number, size: 1000 + number, deleted: [Int(number), 9, 300])
        }
        // The target adds the checksum.
        let bytes = manifest.bytes(magic: magic, fingerprint: IndexBytes.schema.fingerprint).dropLast(8)
        try write(Array(bytes), "manifest", 3, to: folder)
    }

    private static func write(_ bytes: [UInt8], _ target: String, _ number: Int, to folder: String) throws {
        let folder = folder + "/" + target
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/made-\(number)"))
    }

    private static func segment(_ documents: Int) -> [UInt8] {
        let words = ["harbour", "ferry", "tide", "crane", "storm", "pier", "lamp", "港口", "渡輪", "déjà-vu"]
        func text(_ number: Int, _ count: Int) -> String {
            (0..<count).map { words[(number * 7 + $0 * $0) % words.count] }.joined(separator: " ")
        }
        let groups = (0..<documents).map { number in
            (
                group: Int64(number),
                documents: [
                    Document(
                        ordinal: UInt32(number % 3), language: .english,
                        texts: [text(number, 3), text(number + 1, 30), "ferry\nharbour"],
                        time: number % 4 == 0 ? nil : Int64(number), tags: ["source:made", "n:\(number % 5)"])
                ]
            )
        }
        return Segment.build(groups, schema: IndexBytes.schema)
    }

    private static func vectors(_ count: Int, exact: Int) -> [UInt8] {
        var writer = VectorSegmentWriter(model: IndexBytes.model, dimension: IndexBytes.dimension)
        for number in 0..<count {
            let made = (0..<IndexBytes.dimension).map { Float((number * 31 + $0 * 17) % 23) - 11 }
            guard let vector = QuantizedVector(made) else { continue }
            writer.add(
                DocumentID(group: Int64(number / 3), ordinal: UInt32(number % 3)),
                kind: ["", "en", "zh-Hant"][number % 3], vector)
        }
        return writer.finish(exact: exact) ?? []
    }
}
