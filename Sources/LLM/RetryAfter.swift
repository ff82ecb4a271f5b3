import Foundation
import Transport

/// The wait that a provider's headers ask for, or nil where they name none.
///
/// `retry-after-ms` before `retry-after` (seconds, or a date, counted from the response's own `date` so that two
/// clocks need not agree) before the resets of those `x-ratelimit-…` budgets of which nothing remains.
func retryAfter(in response: HTTPResponse, now: Date) -> Duration? {
    if let text = response[header: "retry-after-ms"], let milliseconds = seconds(text) {
        return .milliseconds(milliseconds)
    }
    if let text = response[header: "retry-after"] {
        if let seconds = seconds(text) { return .seconds(seconds) }
        if let date = httpDate(text) {
            let from = response[header: "date"].flatMap(httpDate) ?? now
            return .seconds(max(0, date.timeIntervalSince(from)))
        }
    }
    return ["requests", "tokens"]
        .filter { response[header: "x-ratelimit-remaining-" + $0] == "0" }
        .compactMap { response[header: "x-ratelimit-reset-" + $0].flatMap(durationInGoNotation) }
        .max()
}

/// What a provider's headers say is left of its limits, and until when.
///
/// OpenAI and its imitators send `x-ratelimit-…` with a duration, Anthropic `anthropic-ratelimit-…` with a time.
struct Headroom: Sendable, Hashable {
    /// The requests that are left; nil where nothing is said.
    var requests: Int?
    /// The tokens that are left; nil where nothing is said.
    var tokens: Int?
    /// When both are renewed.
    var reset: ContinuousClock.Instant

    init(requests: Int?, tokens: Int?, reset: ContinuousClock.Instant) {
        self.requests = requests
        self.tokens = tokens
        self.reset = reset
    }

    /// What the headers say, or nil where they say nothing of use.
    init?(_ response: HTTPResponse, now: Date, at instant: ContinuousClock.Instant) {
        func number(_ name: String) -> Int? { response[header: name].flatMap { Int($0) } }
        func wait(_ name: String) -> Duration? {
            guard let text = response[header: name] else { return nil }
            if let duration = durationInGoNotation(text) { return duration }
            let date = try? Date.ISO8601FormatStyle().parse(text)
            return date.map { .seconds(max(0, $0.timeIntervalSince(now))) }
        }
        for prefix in ["x-ratelimit-", "anthropic-ratelimit-"] {
            let requests = number(prefix + "remaining-requests") ?? number(prefix + "requests-remaining")
            let tokens =
                number(prefix + "remaining-tokens") ?? number(prefix + "input-tokens-remaining")
                ?? number(prefix + "tokens-remaining")
            let resets = [
                "reset-requests", "requests-reset", "reset-tokens", "input-tokens-reset", "tokens-reset",
            ]
            .compactMap { wait(prefix + $0) }
            guard requests != nil || tokens != nil, let reset = resets.max() else { continue }
            self.init(requests: requests, tokens: tokens, reset: instant + min(reset, .seconds(600)))
            return
        }
        return nil
    }

    /// Whether a prompt of this many tokens must wait for the reset, so as not to run into the limit.
    func forbids(tokens estimate: Int, at now: ContinuousClock.Instant) -> Bool {
        now < reset && ((requests ?? 2) <= 1 || (tokens ?? .max) < estimate)
    }
}

/// A finite number that is not negative and below some thirty years, in whatever unit.
private func seconds(_ text: String) -> Double? {
    guard let value = Double(text), (0..<1e12).contains(value) else { return nil }
    return value
}

/// RFC 9110, 5.6.7, in the one form that is still to be sent.
private func httpDate(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
}

/// A duration in Go's notation: `6m0s`, `1.5s`, `12ms`.
func durationInGoNotation(_ text: String) -> Duration? {
    let units: [String: Double] = [
        "h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9,
    ]
    var total = 0.0
    var rest = text[...]
    while !rest.isEmpty {
        let number = rest.prefix { $0.isNumber || $0 == "." }
        rest = rest[number.endIndex...]
        let unit = rest.prefix { !$0.isNumber && $0 != "." }
        rest = rest[unit.endIndex...]
        guard let value = seconds(String(number)), let scale = units[String(unit)] else { return nil }
        total += value * scale
    }
    return text.isEmpty ? nil : .seconds(total)
}
