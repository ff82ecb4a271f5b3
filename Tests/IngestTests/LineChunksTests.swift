import Foundation
import Testing

@testable import Ingest

@Suite struct LineChunksTests {
    private func chunks(_ text: String, size: Int, longestLine: Int = 1000) async throws -> [LineChunks.Chunk]
    {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "newsdesk-lines-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var found: [LineChunks.Chunk] = []
        try await LineChunks(path: file.path, size: size, longestLine: longestLine).forEach {
            found.append($0)
        }
        return found
    }

    @Test(arguments: 1...12)
    func `pieces hold whole lines and make up the file`(_ size: Int) async throws {
        let text = "one\ntwo\n\nthree and more\nfour"
        let found = try await chunks(text, size: size)
        #expect(String(decoding: found.flatMap(\.bytes), as: UTF8.self) == text)
        #expect(found.dropLast().allSatisfy { $0.bytes.last == 0x0A })
        var line = 1
        for chunk in found {
            #expect(chunk.firstLine == line && !chunk.isCut)
            line += chunk.bytes.count { $0 == 0x0A }
        }
    }

    @Test func `a line without end is passed over`() async throws {
        let long = String(repeating: "x", count: 500)
        let found = try await chunks("one\n\(long)\nthree\n\(long)", size: 16, longestLine: 100)
        let texts = found.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts == ["one\n", "", "three\n", ""])
        #expect(found.map(\.isCut) == [false, true, false, true])
        #expect(found.map(\.firstLine) == [1, 2, 3, 4])
    }

    @Test func `a file that is gone is a failure with its reason`() async {
        await #expect(throws: FileReading.Failure.self) {
            try await LineChunks(path: "/nowhere/at/all.jsonl").forEach { _ in }
        }
        await #expect(throws: FileReading.Failure.self) {
            _ = try await FileReading.whole("/nowhere/at/all.txt")
        }
    }
}
