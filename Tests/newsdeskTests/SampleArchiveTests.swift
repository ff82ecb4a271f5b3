import Evaluation
import Foundation
import News
import Storage
import Testing

@testable import newsdesk

@Suite struct SampleArchiveTests {
    @Test func `the sample archive answers its questions`() async throws {
        let path = Workspace.root + "/seeds/questions.yaml"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        let dialogues = try BatchFile.parse(String(decoding: bytes, as: UTF8.self), name: path)
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom()
        let desk = LocalDesk(newsroom: newsroom)
        let report = await BatchRunner(source: desk, jobs: 2, run: "test").report(on: dialogues)
        #expect(report.questions >= 60)
        let failed = report.dialogues.flatMap(\.turns).filter { !$0.failures.isEmpty }
        for result in failed {
            Issue.record("line \(result.turn.line): \(result.turn.question): \(result.failures)")
        }
        var audit = CitationAudit()
        for result in report.dialogues.flatMap(\.turns) {
            guard let answer = result.reply?.answer else { continue }
            var cited: [String: Article] = [:]
            for id in answer.citations.map(\.articleID) {
                cited[id] = try await newsroom.store.article(id: id)?.article
            }
            audit.add(answer, name: "line \(result.turn.line)", articles: cited)
        }
        #expect(audit.citations >= 60)
        #expect(audit.faults.isEmpty, "\(audit.faults.joined(separator: "\n"))")
    }
}
