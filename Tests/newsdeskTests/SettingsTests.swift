import Answering
import Foundation
import LLM
import Testing
import Text

@testable import newsdesk

@Suite struct SettingsTests {
    private let locations = Locations(
        environment: ["HOME": "/h/x"], program: "/opt/nd/bin/newsdesk", workingDirectory: "/w")

    private func settings(
        yaml: String? = nil, environment: [String: String] = [:], options: [(SettingKey, String)] = []
    ) throws -> Settings {
        var raw = RawSettings()
        if let yaml { try raw.add(yaml: yaml, file: "newsdesk.yaml") }
        try raw.add(environment: environment)
        for (key, value) in options { raw.add(option: "--x", key: key, value: value) }
        return try Settings(raw, locations: locations)
    }

    @Test func `the defaults hold where nothing is set`() throws {
        let settings = try settings()
        #expect(settings.dataDirectory == "/h/x/.local/share/newsdesk")
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.maxBodyBytes == 1 << 20)
        #expect(settings.answers.maxCitations == 3)
        #expect(settings.models == nil)
        #expect(settings.token == nil)
    }

    @Test func `the command line wins over the environment, that over the file`() throws {
        let yaml = "server:\n  port: 1\n  host: a\nanswers:\n  max_citations: 5\n"
        let all = try settings(
            yaml: yaml, environment: ["NEWSDESK_SERVER_PORT": "2", "NEWSDESK_SERVER_HOST": "b"],
            options: [(.serverPort, "3")])
        #expect(all.port == 3)
        #expect(all.host == "b")
        #expect(all.answers.maxCitations == 5)
        #expect(all.places[.serverPort] == "--x")
        #expect(all.places[.serverHost] == "NEWSDESK_SERVER_HOST")
        #expect(all.places[.answersMaxCitations] == "newsdesk.yaml:5")
    }

    @Test(arguments: [
        ("server:\n  prot: 1", "newsdesk.yaml:2", "“server.port”"),
        ("sever:\n  port: 1", "newsdesk.yaml:1", "did you mean “server"),
        ("port: 1", "newsdesk.yaml:1", "“server.port”"),
        ("datadir: /x", "newsdesk.yaml:1", "“data_dir”"),
        ("server:\n  port: many", "newsdesk.yaml:2", "whole number from 0 to 65535"),
        ("server:\n  port: 70000", "newsdesk.yaml:2", "whole number"),
        ("server:\n  port: [1, 2]", "newsdesk.yaml:2", "single value"),
        ("server: 5", "newsdesk.yaml:1", "needs keys under it"),
        ("log_level: loud", "newsdesk.yaml:1", "one of trace"),
        ("answers:\n  language: klingon", "newsdesk.yaml:2", "a language such as"),
        ("llm:\n  timeout: -1", "newsdesk.yaml:2", "seconds above 0"),
        ("llm:\n  model: m", "newsdesk.yaml:2", "llm.base_url"),
        ("llm:\n  base_url: ftp://x\n  model: m", "newsdesk.yaml:2", "not an http"),
        ("llm:\n  base_url: http://key@x/v1\n  model: m", "newsdesk.yaml:2", "must not hold a key"),
        ("llm:\n  base_url: http://x/v1", "newsdesk.yaml:2", "llm.model"),
        ("server:\n  token: a\n  token_file: /b", "newsdesk.yaml:2", "not both"),
        ("server:\n  token_file: /no/such", "newsdesk.yaml:2", "cannot read /no/such"),
        ("server: {port: 1]", "newsdesk.yaml:1", "cannot be read"),
    ])
    func `an unknown or invalid key stops the start with its place and the mend`(
        yaml: String, place: String, words: String
    ) {
        let error = #expect(throws: SettingsError.self) { try settings(yaml: yaml) }
        #expect(error?.place == place, "\(String(describing: error))")
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `an unknown variable names the nearest`() {
        let error = #expect(throws: SettingsError.self) {
            try settings(environment: ["NEWSDESK_SERVER_PROT": "1"])
        }
        #expect(error?.description.contains("NEWSDESK_SERVER_PORT") == true)
    }

    @Test func `a file of comments sets nothing`() throws {
        #expect(try settings(yaml: "# server:\n#   port: 1\n").port == 8080)
        #expect(try settings(yaml: "server:\n").port == 8080)
    }

    @Test func `a secret comes from its file, trimmed, and never prints`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data("s3cret\n".utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let settings = try settings(yaml: "webhook:\n  secret_file: \(file)")
        #expect(settings.webhookSecret?.revealed == "s3cret")
        #expect(!"\(settings)".contains("s3cret"))
        let stronger = try self.settings(
            yaml: "webhook:\n  secret_file: \(file)", environment: ["NEWSDESK_WEBHOOK_SECRET": "other"])
        #expect(stronger.webhookSecret?.revealed == "other")
    }

    @Test func `locations follow XDG and the program's prefix`() {
        let own = Locations(
            environment: ["HOME": "/h", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "relative"],
            program: "/opt/nd/bin/newsdesk", workingDirectory: "/w")
        #expect(own.dataDirectory == "/data/newsdesk")
        #expect(
            own.configurationFiles
                == ["/w/newsdesk.yaml", "/h/.config/newsdesk/newsdesk.yaml", "/opt/nd/etc/newsdesk.yaml"])
    }

    @Test func `the sample configuration names every key with its default, and is valid`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("deploy/newsdesk.sample.yaml").path
        let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
        #expect(throws: Never.self) { try settings(yaml: text) }
        // With the leading # taken from the keys' lines it must be valid too.
        let keys = text.split(separator: "\n").filter { $0.hasPrefix("# ") && $0.dropFirst(2).contains(":") }
            .map { $0.dropFirst(2) }.filter {
                !$0.hasPrefix("Newsdesk") && !$0.hasPrefix("folder") && !$0.hasPrefix("the")
            }
        let values = keys.joined(separator: "\n").replacing("/etc/newsdesk/", with: NSTemporaryDirectory())
        var raw = RawSettings()
        try raw.add(yaml: values, file: "sample")
        let missing = SettingKey.allCases.filter { key in
            guard key.fileKey == nil else { return false }
            return raw.entries[key].map { $0.place == "default" } ?? true
        }
        #expect(missing.isEmpty, "not in the sample: \(missing.map(\.rawValue))")
        for key in SettingKey.allCases where key.standard != nil {
            #expect(raw.entries[key]?.value == key.standard, "\(key.rawValue)")
        }
    }
}
