import Foundation
import TestSupport
import Testing

@Suite struct SoakTests {
    @Test func `an index that is stopped at any moment loses nothing that was committed`() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            Workspace.root + "/deploy/soak.sh", Program("newsdesk", environment: [:]).path, "10",
        ]
        process.standardOutput = FileHandle.nullDevice
        let code: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        #expect(code == 0)
    }
}
