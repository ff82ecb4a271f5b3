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
        .compactMap { response[header: "x-ratelimit-reset-" + $0].flatMap(goDuration) }
        .max()
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
private func goDuration(_ text: String) -> Duration? {
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
