import Answering
import ArgumentParser
import Foundation
import LLM
import News
import Retrieval
import Storage
import Text
import Transport

/// `newsdesk doctor`: what works here and what does not, with the mend.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what works here, what does not, and how to mend it.")

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let checkup = Checkup(settings: Result { try common.settings() })
        var failed = false
        for finding in await checkup.findings() {
            Terminal.result(finding.line)
            failed = failed || finding.verdict == .fail
        }
        if failed { throw ExitCode(1) }
    }
}

/// The checks of `newsdesk doctor`, each on its own, so that one failure does not hide another.
struct Checkup {
    let settings: Result<Settings, any Error>

    /// One thing that was looked at.
    struct Finding: Sendable {
        enum Verdict: String, Sendable {
            case ok, warn, fail
        }
        var verdict: Verdict
        var what: String
        var detail: String

        var line: String {
            let style: Terminal.Style =
                switch verdict {
                case .ok: .green
                case .warn: .yellow
                case .fail: .red
                }
            let mark = verdict.rawValue + String(repeating: " ", count: 4 - verdict.rawValue.count)
            return Terminal.styled(mark, style) + "  \(what): \(detail)"
        }
    }

    func findings() async -> [Finding] {
        let settings: Settings
        switch self.settings {
        case .failure(let error): return [Finding(verdict: .fail, what: "settings", detail: "\(error)")]
        case .success(let value): settings = value
        }
        var findings = [Finding(verdict: .ok, what: "settings", detail: origin(of: settings))]
        findings.append(prompts(settings))
        findings.append(folder(settings))
        findings += await archive(settings)
        findings.append(transport())
        findings += await models(settings)
        findings.append(await embeddings(settings))
        findings.append(access(settings))
        return findings
    }

    private func origin(of settings: Settings) -> String {
        let set = settings.places.filter { $0.value != "default" }
        guard !set.isEmpty else { return "all defaults" }
        return set.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) from \($0.value)" }.joined(separator: ", ")
    }

    private func prompts(_ settings: Settings) -> Finding {
        do {
            let library = try PromptLibrary(directory: settings.promptsDirectory)
            let languages = library.languages.map(\.rawValue).sorted().joined(separator: ", ")
            return Finding(
                verdict: .ok, what: "templates", detail: "\(languages) in \(settings.promptsDirectory)")
        } catch {
            return Finding(verdict: .fail, what: "templates", detail: "\(error)")
        }
    }

    private func folder(_ settings: Settings) -> Finding {
        let path = settings.dataDirectory
        let probe = path + "/.newsdesk-probe-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data("probe".utf8).write(to: URL(fileURLWithPath: probe))
            try FileManager.default.removeItem(atPath: probe)
            return Finding(verdict: .ok, what: "data folder", detail: "\(path) can be written")
        } catch {
            return Finding(
                verdict: .fail, what: "data folder",
                detail:
                    "\(path) cannot be written (\(error.localizedDescription)): set data_dir or mend its permissions"
            )
        }
    }

    private func archive(_ settings: Settings) async -> [Finding] {
        do {
            let store = try NewsStore(path: settings.storePath)
            try await store.verify()
            let stored = try await store.count()
            let sources = try await store.sources().count
            var findings = [
                stored == 0
                    ? Finding(
                        verdict: .warn, what: "archive",
                        detail: "no article yet: newsdesk ingest PATH brings some in")
                    : Finding(
                        verdict: .ok, what: "archive",
                        detail: "\(stored) articles from \(sources) source\(sources == 1 ? "" : "s")")
            ]
            findings.append(feeds(try await store.feeds(), now: Date()))
            let index = NewsIndex(
                store: store, folder: settings.indexFolder, tidies: false, logger: Log.make(settings))
            try await index.refresh()
            let found = index.archive.articleCount
            findings.append(
                found == stored
                    ? Finding(
                        verdict: .ok, what: "index",
                        detail: "holds them all, as \(index.archive.passageCount) passages")
                    : Finding(
                        verdict: .fail, what: "index",
                        detail:
                            "holds \(found) of \(stored) articles: please report it with the output of --log-level debug"
                    ))
            return findings
        } catch {
            return [Finding(verdict: .fail, what: "archive", detail: "\(settings.storePath): \(error)")]
        }
    }

    private func feeds(_ feeds: [FeedSubscription], now: Date) -> Finding {
        let ailing = feeds.filter {
            switch $0.condition(at: now) {
            case .silent, .failing: true
            case .waiting, .fresh, .ended: false
            }
        }
        guard !ailing.isEmpty else {
            return Finding(
                verdict: .ok, what: "feeds",
                detail: feeds.isEmpty
                    ? "none followed (newsdesk feed add URL)" : "\(feeds.count) followed, none ails")
        }
        let list = ailing.map { "\($0.source) \(FeedCondition.text($0, now: now))" }.joined(separator: "; ")
        return Finding(
            verdict: .warn, what: "feeds",
            detail:
                "\(ailing.count) of \(feeds.count) ail: \(list): newsdesk feed show URL tells what they give")
    }

    private func transport() -> Finding {
        #if LLM
            Finding(verdict: .ok, what: "libcurl", detail: "built in")
        #else
            Finding(
                verdict: .warn, what: "libcurl",
                detail: "left out of this build: no model and no --server; build with the trait LLM")
        #endif
    }

    private func models(_ settings: Settings) async -> [Finding] {
        guard let policy = settings.models else {
            return [
                Finding(
                    verdict: .ok, what: "model",
                    detail: "none configured, answers are templates (providers or llm.base_url sets one)")
            ]
        }
        let transport = defaultTransport(logger: Log.make(settings))
        let reachable = Set(policy.reachable.map(\.name))
        var findings = await withTaskGroup(of: (Int, Finding).self) { group in
            for (place, endpoint) in policy.endpoints.enumerated() {
                group.addTask {
                    (
                        place,
                        await Self.finding(
                            endpoint, isReachable: reachable.contains(endpoint.name), transport)
                    )
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        for rule in policy.conversations where policy.levels(for: rule.audience).joined().isEmpty {
            findings.append(
                Finding(
                    verdict: .warn, what: "model",
                    detail:
                        "conversations \(rule.pattern) reach no provider: no route, plan and region allows one"
                ))
        }
        await transport.shutdown(grace: .zero)
        return findings
    }

    private static func finding(
        _ endpoint: ModelEndpoint, isReachable: Bool, _ transport: any HTTPTransport
    ) async -> Finding {
        guard isReachable else {
            return Finding(
                verdict: .warn, what: "model",
                detail: "\(endpoint.name) is never asked: no route and no conversation's rule leads to it")
        }
        if endpoint.tls == .insecure {
            return Finding(
                verdict: .warn, what: "model",
                detail:
                    "\(endpoint.name) is not verified (tls_insecure): anyone on the way can read questions; set tls_authority"
            )
        }
        if endpoint.apiKey != nil, endpoint.isExternal, endpoint.baseURL.hasPrefix("http://") {
            return Finding(
                verdict: .warn, what: "model",
                detail: "\(endpoint.name) gets its key over http, readable on the way: use https")
        }
        let prompt = Prompt(system: "You are a probe.", user: "Answer with the one word: ready")
        do {
            _ = try await RemoteModel(endpoint, transport: transport)
                .complete(prompt, deadline: .now + .seconds(10))
            return Finding(verdict: .ok, what: "model", detail: "\(endpoint.name) answers")
        } catch {
            return Finding(
                verdict: .warn, what: "model",
                detail: "\(endpoint.name) does not answer (\(error)): until it does, others or templates do")
        }
    }

    private func embeddings(_ settings: Settings) async -> Finding {
        guard let configuration = settings.embeddings else {
            return Finding(
                verdict: .ok, what: "embeddings",
                detail: "none configured, passages are found by their words (embeddings.base_url sets one)")
        }
        let transport = defaultTransport(logger: Log.make(settings))
        let result: Finding
        do {
            let vector = try await EmbeddingEndpoint(configuration, transport: transport)
                .embed(["ready"], as: .query)
            result = Finding(
                verdict: .ok, what: "embeddings",
                detail: "\(configuration.model) gives \(vector.first?.count ?? 0) dimensions")
        } catch {
            result = Finding(
                verdict: .warn, what: "embeddings",
                detail:
                    "\(configuration.model) gives no vectors (\(error)): until it does, words alone count")
        }
        await transport.shutdown(grace: .zero)
        return result
    }

    private func access(_ settings: Settings) -> Finding {
        if !settings.isLoopback, settings.webhookSecret == nil {
            return Finding(
                verdict: .fail, what: "access",
                detail: "server.host \(settings.host) can be reached by others: set webhook.secret_file")
        }
        if settings.token == nil {
            return Finding(
                verdict: .warn, what: "access",
                detail: "no server.token: articles come in by newsdesk ingest alone, not by POST /v1/articles"
            )
        }
        return Finding(verdict: .ok, what: "access", detail: "token set, listening on \(settings.host)")
    }
}
