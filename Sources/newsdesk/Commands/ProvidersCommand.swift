import Answering
import ArgumentParser
import Foundation
import LLM
import News
import Storage
import Synchronization
import Transport

/// `newsdesk providers`: the models that may word answers.
struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers",
        abstract: "The models that may word answers: who they are, and whether they can.",
        subcommands: [List.self, Test.self])

    /// `newsdesk providers list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Who may be asked for whom, as it follows from the settings.")

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            guard let policy = try common.settings().models else {
                Terminal.remark("newsdesk: no model is configured (set providers, or llm.base_url)")
                return
            }
            for endpoint in policy.endpoints { Terminal.result(Self.line(endpoint)) }
            if !policy.allowsExternal {
                Terminal.result("external_models is off: only those of this house are asked")
            }
            let rules = policy.conversations + [ConversationRule("(any other)", Audience())]
            for rule in rules {
                let levels = policy.levels(for: rule.audience).filter { !$0.isEmpty }.map { level in
                    level.map { policy.endpoints[$0].name }.joined(separator: ", ")
                }
                let plan = rule.audience.plan.isEmpty ? "" : ", plan \(rule.audience.plan)"
                Terminal.result(
                    "conversations \(rule.pattern)\(plan): "
                        + (levels.isEmpty ? "no model" : levels.joined(separator: "; then ")))
            }
        }

        private static func line(_ endpoint: ModelEndpoint) -> String {
            var facts = ["\(endpoint.format.rawValue), \(endpoint.model) at \(endpoint.baseURL)"]
            if !endpoint.region.isEmpty { facts.append("region \(endpoint.region)") }
            facts.append("keeps prompts: \(endpoint.retention)")
            if let plans = endpoint.plans { facts.append("plans \(plans.sorted().joined(separator: ", "))") }
            if endpoint.price != ModelEndpoint.Price() {
                facts.append("\(endpoint.price.input) in, \(endpoint.price.output) out a million tokens")
            }
            facts.append(endpoint.isExternal ? "external" : "of this house")
            if endpoint.tls == .insecure { facts.append("TLS IS NOT VERIFIED") }
            return "\(endpoint.name): " + facts.joined(separator: "; ")
        }
    }

    /// `newsdesk providers test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Ask each provider one question on the archive, and check what it writes.",
            discussion: "Ends with 1 where a provider gave no answer whose citations held.")

        @Option(
            help: ArgumentHelp(
                "What is asked; the newest headline where it is left out.", valueName: "question"))
        var question: String?

        @Argument(help: ArgumentHelp("The providers to ask; all where none is named.", valueName: "name"))
        var names: [String] = []

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let (wanted, asked) = (names, question)
            let failures = Mutex(0)
            try await common.withNewsroom { newsroom in
                guard let policy = newsroom.settings.models else {
                    throw ValidationError("no model is configured: set providers, or llm.base_url")
                }
                let known = policy.endpoints.map(\.name)
                if let unknown = wanted.first(where: { !known.contains($0) }) {
                    throw ValidationError(
                        "no provider is called “\(unknown)”: name one of \(known.joined(separator: ", "))")
                }
                let newest = try await newsroom.store.latest(limit: 1).first?.article.headline
                guard let question = asked ?? newest else {
                    throw ValidationError("the archive is empty: newsdesk ingest PATH brings articles in")
                }
                Terminal.remark("newsdesk: asking “\(Terminal.clean(question))”")
                for endpoint in policy.endpoints where wanted.isEmpty || wanted.contains(endpoint.name) {
                    let (line, holds) = try await Self.test(endpoint, question, newsroom)
                    Terminal.result(line)
                    if !holds { failures.withLock { $0 += 1 } }
                }
            }
            if failures.withLock(\.self) > 0 { throw ExitCode(1) }
        }

        /// One question to one provider alone, through all that a reader's question goes through.
        private static func test(
            _ endpoint: ModelEndpoint, _ question: String, _ newsroom: Newsroom
        ) async throws -> (line: String, holds: Bool) {
            if endpoint.isExternal, newsroom.settings.models?.allowsExternal == false {
                return ("off  \(endpoint.name): not asked, because external_models is off", true)
            }
            var endpoint = endpoint
            // The question belongs to the owner, who is on no plan.
            endpoint.plans = nil
            let reports = Mutex<[ModelRouter.Report]>([])
            let router = ModelRouter(
                RoutingPolicy(endpoints: [endpoint]), transport: newsroom.transport, logger: newsroom.logger,
                observer: { report in reports.withLock { $0.append(report) } }, date: newsroom.now)
            let answerer = Answerer(
                index: newsroom.index, store: newsroom.store, prompts: newsroom.prompts, model: router,
                configuration: newsroom.settings.answers, now: newsroom.now, logger: newsroom.logger)
            let reply = try await answerer.answer(Inquiry(question: question))
            let attempts = reports.withLock(\.self)
            var parts: [String] = []
            if let last = attempts.last {
                if let first = last.firstToken { parts.append("first word after \(milliseconds(first))") }
                parts.append("whole after \(milliseconds(last.took))")
            }
            let (read, written) = attempts.reduce((0, 0)) {
                ($0.0 + $1.promptTokens, $0.1 + $1.completionTokens)
            }
            let sign = attempts.contains(where: \.isEstimated) ? "≈ " : ""
            parts.append("\(sign)\(read) + \(written) tokens")
            parts.append(String(format: "cost %.6f", attempts.reduce(0) { $0 + $1.cost }))
            var holds = false
            if case .model = reply.answer.engine {
                holds = true
                parts.append("citations held: \(Terminal.clean(reply.answer.text))")
            } else {
                parts.append(
                    "not used: \(reply.why.modelFailure ?? "the question finds nothing in the archive")")
            }
            return ("\(holds ? "ok  " : "fail") \(endpoint.name): " + parts.joined(separator: ", "), holds)
        }

        private static func milliseconds(_ duration: Duration) -> String {
            "\(Int((duration / .milliseconds(1)).rounded())) ms"
        }
    }
}

/// `newsdesk subprocessors`: who receives what.
struct SubprocessorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subprocessors",
        abstract: "Who outside this house receives what of a question, as it follows from the settings.")

    @Flag(help: "Write a page of Markdown to publish, in place of lines.")
    var markdown = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let list = Subprocessors(try common.settings())
        if markdown {
            Terminal.result(list.markdown)
            return
        }
        if list.entries.isEmpty { Terminal.result("none: no question and no article leaves this house") }
        for entry in list.entries {
            let region = entry.region.isEmpty ? "" : ", \(entry.region)"
            Terminal.result(
                "\(entry.name) (\(entry.model)\(region)): \(entry.purpose); receives \(entry.receives)")
        }
    }
}
