import Foundation
import TestSupport
import Testing

/// The program as its users run it: words in, exit codes and two streams out.
@Suite struct CommandLineTests {
    private let workspace = Workspace()

    init() throws {
        try FileManager.default.createDirectory(
            atPath: workspace.folder, withIntermediateDirectories: true)
    }

    private func program(_ variables: [String: String] = [:]) -> Program {
        var environment = [
            "HOME": workspace.folder, "NEWSDESK_DATA_DIR": workspace.folder + "/data",
            "NEWSDESK_PROMPTS_DIR": Workspace.root + "/prompts",
        ]
        environment.merge(variables) { _, new in new }
        return Program("newsdesk", environment: environment)
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = workspace.folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `without arguments it explains itself in twenty lines`() async throws {
        let outcome = try await program().run([])
        #expect(outcome.code == 0)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 21, "\(lines.count) lines")
        for word in ["ingest", "ask", "chat", "serve", "batch", "doctor"] {
            #expect(outcome.output.contains(word))
        }
    }

    @Test(arguments: ["ingest", "feed", "article", "ask", "chat", "search", "serve", "batch", "doctor"])
    func `every command has help`(command: String) async throws {
        let outcome = try await program().run([command, "--help"])
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("USAGE: newsdesk \(command)"))
    }

    @Test func `the version is a number`() async throws {
        let outcome = try await program().run(["--version"])
        #expect(outcome.code == 0)
        #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(outcome.output)")
    }

    @Test func `questions end with 0 or 3, and only answers stand on standard output`() async throws {
        let program = program()
        let read = try await program.run(["ingest", Workspace.root + "/seeds"])
        #expect(read.code == 0)
        #expect(read.output == "27 new, 0 changed, 0 unchanged, 0 refused\n")
        #expect(read.errors.isEmpty, "\(read.errors)")
        let again = try await program.run(["ingest", Workspace.root + "/seeds"])
        #expect(again.output == "0 new, 0 changed, 27 unchanged, 0 refused\n")

        let answered = try await program.run(["ask", "--json", "When did the Ethereum Merge happen?"])
        #expect(answered.code == 0 && answered.errors.isEmpty, "\(answered)")
        let value = try JSONSerialization.jsonObject(with: Data(answered.output.utf8))
        let object = try #require(value as? [String: Any])
        #expect(object["status"] as? String == "answered")
        let refused = try await program.run(["ask", "Who won the football world cup?"])
        #expect(refused.code == 3)
        #expect(!refused.output.isEmpty && !refused.output.contains("\u{1B}["))

        let found = try await program.run(["search", "--top", "2", "--json", "Ethereum Merge"])
        #expect(found.code == 0)
        #expect(found.output.contains("ethereum-merge"))
        let questions = try file(
            "questions.jsonl", #"{"id":"m","query":"When did the Ethereum Merge happen?"}"#)
        let run = workspace.folder + "/run.jsonl"
        let measured = try await program.run(["eval", "run", "--queries", questions, "--out", run])
        #expect(measured.code == 0 && measured.output.hasPrefix("1 questions, "), "\(measured)")
        let first =
            try JSONSerialization.jsonObject(
                with: Data(try String(contentsOfFile: run, encoding: .utf8).utf8)) as? [String: Any]
        #expect((first?["passages"] as? [String])?.first?.contains("15 September 2022") == true)
        #expect((first?["articles"] as? [String])?.isEmpty == false)
        #expect(first?["status"] as? String == "answered")
        let stats = try await program.run(["index", "stats"])
        #expect(stats.code == 0 && stats.output.contains("articles: 27 documents (0 deleted) in 1 segment"))
        let check = try await program.run(["index", "check"])
        #expect(check.code == 0 && check.output.hasSuffix("checksums right; up to date\n"), "\(check)")
        let manifest = URL(fileURLWithPath: workspace.folder + "/data/index/passages/manifest")
        try Data("rubbish".utf8).write(to: manifest)
        let mended = try await program.run(["index", "check"])
        #expect(mended.code == 0 && mended.errors.contains("is damaged and is built again"), "\(mended)")
        let rebuilt = try await program.run(["index", "rebuild"])
        #expect(rebuilt.code == 0 && rebuilt.output.hasPrefix("27 articles, "), "\(rebuilt)")
        let doctor = try await program.run(["doctor"])
        #expect(doctor.code == 0, "\(doctor.output)")
        #expect(doctor.output.contains("27 articles"))
    }

    @Test func `terms are shown line by line, of a language or of the one that a line looks like`()
        async throws
    {
        let program = program()
        let german = try await program.run(
            ["index", "terms", "--language", "de"], input: "Häuser\nder Wahlen\n")
        #expect(german.code == 0 && german.output == "haus\nder wahl\n", "\(german)")
        let lines = "Les élections n'auront pas lieu dimanche.\nThe elections are on Sunday.\n"
        let detected = try await program.run(["index", "terms"], input: lines)
        #expect(detected.output.hasPrefix("le elect auront pas lieu dimanch\nthe elect are"), "\(detected)")
        let unknown = try await program.run(["index", "terms", "--language", "klingon"])
        #expect(unknown.code == 2 && unknown.errors.contains("write a tag such as en, de or zh-Hant"))
    }

    @Test func `a bad file is refused with its line and does not stop the others`() async throws {
        let good = try file("good.jsonl", #"{"id":"a","title":"T","text":"Some words.","source":"S"}"# + "\n")
        let bad = try file("bad.jsonl", #"{"id":"b","title":"T","text":"Words.","source":"S"}"# + "\n{oops\n")
        let outcome = try await program().run(["ingest", bad, good])
        #expect(outcome.code == 1)
        #expect(outcome.output == "2 new, 0 changed, 0 unchanged, 1 refused\n")
        #expect(outcome.errors.contains("bad.jsonl:2: refused:"), "\(outcome.errors)")
    }

    @Test func `a batch ends with 0, 1 or 2`() async throws {
        let program = program()
        _ = try await program.run(["ingest", Workspace.root + "/seeds"])
        func batch(_ expectation: String) throws -> String {
            try file(
                "batch.yaml",
                """
                dialogues:
                  - name: one
                    turns:
                      - question: "When did the Ethereum Merge happen?"
                        expect: {\(expectation)}
                """)
        }
        let report = workspace.folder + "/junit.xml"
        let met = try await program.run([
            "batch", "--junit", report, "--jobs", "2", try batch("status: answered"),
        ])
        #expect(met.code == 0, "\(met)")
        #expect(try String(contentsOfFile: report, encoding: .utf8).contains("<testsuite"))
        let missed = try await program.run(["batch", try batch("contains: [\"in winter\"]")])
        #expect(missed.code == 1)
        #expect(missed.output.contains("in winter") && missed.output.contains("15 September 2022"))
        let bad = try await program.run(["batch", try batch("contians: [\"x\"]")])
        #expect(bad.code == 2)
        #expect(bad.errors.contains("batch.yaml:5"), "\(bad.errors)")
        let absent = try await program.run(["batch", workspace.folder + "/none.yaml"])
        #expect(absent.code == 2)
    }

    @Test func `an unknown setting stops the start and names the nearest`() async throws {
        let configuration = try file("newsdesk.yaml", "data_dirr: /tmp\n")
        let outcome = try await program().run(["ask", "--config", configuration, "Anything?"])
        #expect(outcome.code != 0 && outcome.code != 3)
        #expect(outcome.errors.contains("data_dirr") && outcome.errors.contains("data_dir"))
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        let variable = try await program(["NEWSDESK_SERVER_PROT": "1"]).run(["doctor"])
        #expect(variable.code == 1)
        #expect((variable.output + variable.errors).contains("NEWSDESK_SERVER_PORT"), "\(variable)")
    }

    @Test func `a public address without a secret is refused`() async throws {
        let outcome = try await program(["NEWSDESK_SERVER_HOST": "0.0.0.0"]).run(["serve"])
        #expect(outcome.code != 0)
        #expect(outcome.errors.contains("webhook.secret"), "\(outcome.errors)")
    }

    @Test func `an article shows its versions, and can be taken back`() async throws {
        let program = program()
        for price in ["3", "4"] {
            let line =
                #"{"id":"skarv","title":"Skarv is sold","source":"Quay","text":"It went for \#(price) million crowns."}"#
            _ = try await program.run(["ingest", try file("a.jsonl", line + "\n")])
        }
        let shown = try await program.run(["article", "show", "skarv"])
        #expect(shown.output.contains("It went for 4 million crowns.") && !shown.output.contains("3 million"))
        let history = try await program.run(["article", "show", "--history", "skarv"])
        #expect(
            history.output.contains("  - It went for 3 million crowns.\n  + It went for 4 million crowns."))
        #expect(try await program.run(["article", "impact", "skarv"]).code == 0)
        #expect(
            try await program.run(["article", "retract", "skarv"]).output.hasPrefix("taken back; 0 answers"))
        #expect(try await program.run(["article", "show", "skarv"]).output.contains("taken back"))
        let unknown = try await program.run(["article", "show", "nothing"])
        #expect(unknown.code == 1 && unknown.errors.contains("no article has the id"))
    }

    @Test func `feeds are imported, listed, shown, exported and removed`() async throws {
        let program = program()
        let list = try file(
            "list.opml",
            #"<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>"#)
        #expect(try await program.run(["feed", "import", list]).output == "1 new, 0 followed already\n")
        #expect(
            try await program.run(["feed", "list"]).output == "waiting  https://a.example/f  A, never read\n")
        #expect(try await program.run(["feed", "export"]).output.contains(#"xmlUrl="https://a.example/f""#))
        #expect(try await program.run(["feed", "remove", "https://a.example/f"]).code == 0)
        #expect(
            try await program.run(["feed", "remove", "https://a.example/f"]).errors.contains(
                "is not followed"))
        let feed = try file(
            "f.xml",
            "<rss version='2.0'><channel><title>T</title><item><title>One</title></item></channel></rss>")
        #expect(
            try await program.run(["feed", "show", feed]).output == "T: 1 entries, rss\n  no date  One  \n")
        let inside = try await program.run(["feed", "add", "http://127.0.0.1:9/feed"])
        #expect(inside.code == 1 && inside.errors.contains("not on the public internet"), "\(inside)")
        #expect(try await program.run(["feed", "add", "file:///etc/passwd"]).code == 2)
        #expect(try await program.run(["feed", "list"]).output.contains("failing: "))
    }

    @Test func `JSON Lines come in by standard input`() async throws {
        let outcome = try await program().run(
            ["ingest", "-"],
            input: #"{"id":"a","title":"Skarv is sold","source":"Quay","text":"It went."}"# + "\n")
        #expect(outcome.output == "1 new, 0 changed, 0 unchanged, 0 refused\n", "\(outcome)")
    }
}
