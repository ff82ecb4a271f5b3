import Chat
import Foundation
import LLM
import Testing

@testable import newsdesk

@Suite struct ModelSettingsTests {
    private func settings(_ yaml: String, environment: [String: String] = ["KEY": "k"]) throws -> Settings {
        var raw = RawSettings()
        try raw.add(yaml: yaml, file: "newsdesk.yaml")
        try raw.add(environment: environment)
        return try Settings(raw, locations: Locations(environment: ["HOME": "/h"]))
    }

    private static let two = """
        providers:
          - name: first
            company: First Cloud Inc.
            base_url: https://first.example/v1
            model: m-1
            key_env: KEY
            region: us
            retention: none
            price: {input: 0.15, output: 0.6}
            context_tokens: 32000
          - name: second
            format: gemini
            base_url: https://second.example
            model: g-1
            plans: [team, enterprise]
            region: nl
            external: on
          - name: house
            format: ollama
            base_url: http://127.0.0.1:11434
            model: l

        """

    @Test func `providers, routes, conversations and plans become a policy`() throws {
        let yaml =
            Self.two + """
                routes:
                  - plans: [team]
                    regions: [nl]
                    levels: [[first, second], house]
                    prefer: price
                  - levels: [first]
                conversations:
                  - match: "telegram:-1*"
                    plan: team
                    region: nl
                    allowed_regions: [nl]
                  - match: "telegram:7"
                    external_models: off
                plans:
                  team: {daily_cost: 10, question_tokens: 5000}
                """
        let settings = try settings(yaml)
        let policy = try #require(settings.models)
        let told = try #require(settings.chat.providers)
        #expect(told("telegram/5/-100/") == "second (nl)" && told("telegram/7/7/") == nil)
        #expect(told("slack/5/6/") == "first (us)")
        let first = policy.endpoints[0]
        #expect(first.price == ModelEndpoint.Price(input: 0.15, output: 0.6))
        #expect(first.apiKey?.revealed == "k" && first.contextTokens == 32_000 && first.retention == "none")
        #expect(policy.endpoints.map(\.isExternal) == [true, true, false])
        #expect(policy.endpoints.map(\.format) == [.openAI, .gemini, .ollama])
        #expect(policy.routes.map(\.preference) == [.price, .latency])
        for team in ["telegram/5/-100/", "telegram/7/-100/3", "telegram/-1%2F%25/9/", "telegram:-100"] {
            #expect(policy.levels(for: policy.audience(of: team)) == [[1], []], "\(team)")
        }
        #expect(policy.levels(for: policy.audience(of: "telegram/7/7/")) == [[]])
        for other in ["slack/5/-100/", "api:telegram:-1", "telegram/5/8/-1", "api:a/b/-1/c"] {
            #expect(policy.levels(for: policy.audience(of: other)) == [[0]], "\(other)")
        }
        #expect(policy.levels(for: policy.audience(of: nil)) == [[0]])
        #expect(policy.budgets["team"] == PlanBudget(dailyCost: 10, questionTokens: 5000))
    }

    @Test func `external models off leaves those of the house`() throws {
        let policy = try #require(try settings(Self.two + "external_models: off\n").models)
        #expect(policy.reachable.map(\.name) == ["house"])
    }

    @Test(arguments: [
        ("providers: 5", "newsdesk.yaml:1", "must be a list"),
        ("providers:\n  - base_url: http://x", "newsdesk.yaml:2", "the first of providers: name is missing"),
        ("providers:\n  - name: a\n    model: m", "newsdesk.yaml:2", "provider “a”: base_url is missing"),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    modle: m", "newsdesk.yaml:4",
            "did you mean “model”"
        ),
        (
            "providers:\n  - name: a\n    base_url: ftp://x\n    model: m", "newsdesk.yaml:3",
            "not an http or https address"
        ),
        (
            "providers:\n  - name: a\n    base_url: https://k:s@x\n    model: m", "newsdesk.yaml:3",
            "set key_env or key_file"
        ),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    model: m\n    key_env: NO_SUCH",
            "newsdesk.yaml:5",
            "NO_SUCH is not set"
        ),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    model: m\n    key_file: /no/such",
            "newsdesk.yaml:5", "cannot read /no/such"
        ),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    model: m\n    format: grpc",
            "newsdesk.yaml:5",
            "one of openai, azure"
        ),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    model: m\n    price: {in: 1}",
            "newsdesk.yaml:5",
            "did you mean “input”"
        ),
        (
            "providers:\n  - name: a\n    base_url: http://x\n    model: m\n    weight: 0", "newsdesk.yaml:5",
            "a number from"
        ),
        (
            "providers:\n  - &p {name: a, base_url: \"http://x\", model: m}\n  - *p", "newsdesk.yaml:",
            "two providers are called “a”"
        ),
        (
            "providers:\n  - {name: a, base_url: \"http://x\", model: m}\nroutes:\n  - levels: [[b]]",
            "newsdesk.yaml:4", "no provider is called “b”: name one of a"
        ),
        (
            "providers:\n  - {name: a, base_url: \"http://x\", model: m}\nroutes:\n  - plans: [x]",
            "newsdesk.yaml:4", "levels is missing"
        ),
        ("routes:\n  - levels: [[]]", "newsdesk.yaml:", "set providers too"),
        ("conversations:\n  - plan: x", "newsdesk.yaml:2", "match is missing"),
        ("plans:\n  free: {daily_cots: 1}", "newsdesk.yaml:2", "did you mean “daily_cost”"),
        ("external_models: perhaps", "newsdesk.yaml:1", "“perhaps” is not on or off"),
        (
            "llm: {base_url: \"http://x\", model: m}\nproviders:\n  - {name: a, base_url: \"http://x\", model: m}",
            "newsdesk.yaml:", "set either llm.base_url or providers"
        ),
        ("provider: []", "newsdesk.yaml:1", "did you mean “providers”"),
    ])
    func `a wrong setting is told with its place and mend`(yaml: String, place: String, message: String)
        throws
    {
        let error = #expect(throws: SettingsError.self) { try settings(yaml) }
        let wrong = try #require(error)
        #expect(wrong.place.hasPrefix(place), "\(wrong)")
        #expect(wrong.message.contains(message), "\(wrong)")
    }

    @Test func `the list of subprocessors follows from the settings, and a change of it is told once`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let all = "conversations: [{match: \"*\", plan: team}]\n"
        let list = Subprocessors(try settings(Self.two + all))
        // The model of the house receives what never leaves it.
        #expect(list.entries.map(\.name) == ["first", "second"])
        #expect(list.markdown.contains("| First Cloud Inc.: first (m-1) | words answers | us | – |"))
        func told(_ list: Subprocessors) async throws -> [String] {
            var told: [String] = []
            try await list.record(in: folder.path) { changes, key in
                told = [key] + changes.map(\.description)
            }
            return told
        }
        #expect(try await told(list) == [])
        #expect(try await told(list) == [])
        // Without a conversation on a plan of its own nobody is sent to the second.
        var fewer = Subprocessors(try settings(Self.two))
        fewer.entries[0].region = "eu"
        // What could not be told is told again, under the same name.
        await #expect(throws: CancellationError.self) {
            try await fewer.record(in: folder.path) { _, key in
                #expect(key == "subprocessors-2")
                throw CancellationError()
            }
        }
        #expect(try await told(fewer) == ["subprocessors-2", "changed: first (m-1, eu)", "removed: second"])
        #expect(try await told(fewer) == [])
        #expect(
            try await told(list) == [
                "subprocessors-3", "changed: first (m-1, us)", "added: second (g-1, nl)",
            ])
        #expect(Subprocessors(try settings("external_models: off")).markdown.contains("None"))
    }
}
