import Answering
import Chat
import CoreMetrics
import Foundation
import LLM
import Metrics
import News
import Text

/// The metrics of the server: what each is called, what it means, and when it is counted.
struct Telemetry: Sendable {
    private static let questions = "newsdesk_answers_total"
    private static let stages = "newsdesk_answer_stage_seconds"
    private static let requests = "newsdesk_http_requests_total"
    private static let latency = "newsdesk_http_request_seconds"
    private static let articles = "newsdesk_articles"
    private static let lag = "newsdesk_index_lag"
    private static let feeds = "newsdesk_feeds"
    private static let feedAge = "newsdesk_feed_new_age_seconds"
    private static let chatReceived = "newsdesk_chat_received_total"
    private static let chatSent = "newsdesk_chat_sent_total"
    private static let attempts = "newsdesk_provider_attempts_total"
    private static let firstToken = "newsdesk_provider_first_token_seconds"
    private static let wholeAnswer = "newsdesk_provider_answer_seconds"
    private static let rate = "newsdesk_provider_tokens_per_second"
    private static let tokens = "newsdesk_provider_tokens_total"
    private static let cost = "newsdesk_provider_cost_total"
    private static let breaker = "newsdesk_provider_breaker"
    private static let inFlight = "newsdesk_provider_in_flight"
    private static let modelFailures = "newsdesk_model_failures_total"

    private let metrics = PrometheusMetrics(help: [
        questions: "Questions answered, by status, engine and language.",
        stages: "Time of each stage of an answer.",
        requests: "HTTP requests, by route and status.",
        latency: "Time from a request to its response, by route.",
        articles: "Articles that can be found.",
        lag: "Changes of the store that the index has not taken in yet.",
        feeds: "Feeds that are followed, by how they fare.",
        feedAge: "Time since the feed that has been silent longest beyond its habit brought something new.",
        chatReceived:
            "Events that chat platforms delivered, by platform and by whether they were known already.",
        chatSent: "Tries to send a message to a chat platform, by platform and outcome.",
        attempts: "Prompts sent to a provider, by what came of them.",
        firstToken: "Time from a prompt to the first word of its answer, by provider.",
        wholeAnswer: "Time from a prompt to the end of its answer, by provider.",
        rate: "Tokens a second of the last answer after its first word, by provider.",
        tokens: "Tokens that a provider has read and written, told or estimated.",
        cost: "What a provider's tokens have cost, in the account's currency.",
        breaker: "1 for the state that a provider's circuit breaker is in, 0 for the others.",
        inFlight: "Prompts under way, by provider.",
        modelFailures: "Answers for which a model was asked in vain.",
    ])

    /// The page for a scraper.
    var exposition: String { metrics.exposition() }

    /// Counts an answer.
    func answered(_ reply: Reply) {
        let answer = reply.answer
        Counter(
            label: Self.questions,
            dimensions: [
                ("engine", answer.engine.description), ("language", answer.language.rawValue),
                ("status", answer.status.rawValue),
            ], factory: metrics
        ).increment()
        for stage in reply.why.stages {
            Timer(label: Self.stages, dimensions: [("stage", stage.name)], factory: metrics)
                .record(duration: stage.took)
        }
        if reply.why.modelFailure != nil { Counter(label: Self.modelFailures, factory: metrics).increment() }
    }

    /// Counts what came of a prompt that was sent to a provider.
    func attempted(_ report: ModelRouter.Report) {
        let provider = ("provider", report.provider)
        Counter(label: Self.attempts, dimensions: [provider, ("outcome", report.outcome)], factory: metrics)
            .increment()
        for (kind, count) in [("prompt", report.promptTokens), ("completion", report.completionTokens)] {
            Counter(label: Self.tokens, dimensions: [provider, ("kind", kind)], factory: metrics)
                .increment(by: count)
        }
        FloatingPointCounter(label: Self.cost, dimensions: [provider], factory: metrics)
            .increment(by: report.cost)
        guard let firstToken = report.firstToken else { return }
        Timer(label: Self.firstToken, dimensions: [provider], factory: metrics).record(duration: firstToken)
        guard report.outcome == "answered" else { return }
        Timer(label: Self.wholeAnswer, dimensions: [provider], factory: metrics).record(duration: report.took)
        let rest = (report.took - firstToken) / .seconds(1)
        guard rest > 0 else { return }
        Meter(label: Self.rate, dimensions: [provider], factory: metrics)
            .set(Double(report.completionTokens) / rest)
    }

    /// Notes how the providers stand.
    func providers(_ all: [EndpointStatus]) {
        for status in all {
            for state in ["closed", "open", "half_open"] {
                Meter(
                    label: Self.breaker, dimensions: [("provider", status.provider), ("state", state)],
                    factory: metrics
                ).set(status.breaker == state ? 1 : 0)
            }
            Meter(label: Self.inFlight, dimensions: [("provider", status.provider)], factory: metrics)
                .set(status.inFlight)
        }
    }

    /// Counts a request; `route` is the pattern, never the path, so that the number of series is bounded.
    func served(route: String, status: Int, took: Duration) {
        Counter(
            label: Self.requests, dimensions: [("route", route), ("status", String(status))], factory: metrics
        ).increment()
        Timer(label: Self.latency, dimensions: [("route", route)], factory: metrics).record(duration: took)
    }

    /// Counts what happens on a chat platform.
    func chat(_ occurrence: Switchboard.Occurrence) {
        func count(_ label: String, _ channel: String, _ name: String, _ value: String, by number: Int = 1) {
            Counter(label: label, dimensions: [("channel", channel), (name, value)], factory: metrics)
                .increment(by: number)
        }
        switch occurrence {
        case .received(let channel, let new, let known):
            if new > 0 { count(Self.chatReceived, channel, "repeated", "no", by: new) }
            if known > 0 { count(Self.chatReceived, channel, "repeated", "yes", by: known) }
        case .sent(let channel): count(Self.chatSent, channel, "outcome", "sent")
        case .putOff(let channel): count(Self.chatSent, channel, "outcome", "put_off")
        case .abandoned(let channel): count(Self.chatSent, channel, "outcome", "abandoned")
        }
    }

    /// Notes how the feeds fare.
    func feeds(_ feeds: [FeedSubscription], now: Date) {
        let counts = Dictionary(grouping: feeds) { FeedCondition.label($0, now: now) }
        for condition in ["waiting", "fresh", "silent", "failing", "ended"] {
            Meter(label: Self.feeds, dimensions: [("condition", condition)], factory: metrics)
                .set(counts[condition]?.count ?? 0)
        }
        let oldest = (counts["silent"] ?? []).compactMap(\.progress.lastNewAt).min()
        Meter(label: Self.feedAge, factory: metrics).set(oldest.map { now.timeIntervalSince($0) } ?? 0)
    }

    /// Notes the state of the archive.
    func archive(articles: Int, lag: Int64) {
        Meter(label: Self.articles, factory: metrics).set(articles)
        Meter(label: Self.lag, factory: metrics).set(lag)
    }
}
