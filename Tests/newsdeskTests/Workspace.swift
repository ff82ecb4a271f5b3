import Foundation
import Ingest
import Logging
import Retrieval
import Testing
import Transport

@testable import newsdesk

/// A newsroom in a folder of its own, which goes away with it.
final class Workspace: Sendable {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    /// A moment after the newest post of the sample archive.
    static let now = Date(timeIntervalSince1970: 1_763_000_000)

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "newsdesk-\(UUID().uuidString)"
    ).path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func newsroom(
        _ values: [SettingKey: String] = [:], archive: Bool = true,
        now: @escaping @Sendable () -> Date = { Workspace.now }
    ) async throws -> Newsroom {
        var raw = RawSettings()
        raw.add(option: "test", key: .dataDirectory, value: folder)
        raw.add(option: "test", key: .promptsDirectory, value: Self.root + "/prompts")
        raw.add(option: "test", key: .serverPort, value: "0")
        for (key, value) in values { raw.add(option: "test", key: key, value: value) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let newsroom = try await Newsroom.open(
            try Settings(raw, locations: Locations()), staying: true, now: now, logger: logger)
        if archive {
            let report = try await newsroom.ingestor.ingest(
                paths: [Self.root + "/seeds"], asOf: nil, now: Self.now
            ) { _ in }
            #expect(report.new == 27)
            #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
            try await newsroom.index.refresh()
        }
        return newsroom
    }
}
