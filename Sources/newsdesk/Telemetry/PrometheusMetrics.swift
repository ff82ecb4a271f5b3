import CoreMetrics
import Synchronization

/// Keeps the program's metrics and writes them in Prometheus' text form, version 0.0.4.
///
/// Counters, gauges, and histograms of seconds. A family's labels come from fixed sets (routes, statuses, stages), so
/// that their number is bounded; beyond ``seriesLimit`` series of a family new ones are dropped.
final class PrometheusMetrics: MetricsFactory {
    private static let seriesLimit = 500
    /// From half a millisecond, where answers live, to the patience of a chat reader.
    private static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25,
    ]

    private struct Family {
        var help: String
        var kind: Kind
        var series: [String: Series] = [:]
    }
    private enum Kind: String {
        case counter, gauge, histogram
    }
    fileprivate final class Series: Sendable {
        struct Values {
            var value = 0.0
            var buckets: [Int] = []
            var count = 0
        }
        let values = Mutex(Values())
    }

    private let help: [String: String]
    private let families = Mutex<[String: Family]>([:])

    /// A registry; `help` says what each family is, by its name.
    init(help: [String: String]) { self.help = help }

    /// All metrics as a scraper reads them, families and series in alphabetical order.
    func exposition() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(Self.escaped(family.help, quotes: false))\n"
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                let values = series.values.withLock { $0 }
                guard family.kind == .histogram else {
                    text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(values.value))\n"
                    continue
                }
                let comma = labels.isEmpty ? "" : ","
                var total = 0
                for (index, bound) in Self.bounds.enumerated() {
                    total += values.buckets.isEmpty ? 0 : values.buckets[index]
                    text += "\(name)_bucket{\(labels)\(comma)le=\"\(Self.number(bound))\"} \(total)\n"
                }
                text += "\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(values.count)\n"
                text += "\(name)_sum\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(values.value))\n"
                text += "\(name)_count\(labels.isEmpty ? "" : "{\(labels)}") \(values.count)\n"
            }
        }
        return text
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        PrometheusHandler(series: series(label, dimensions, .counter), bounds: Self.bounds)
    }

    func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        PrometheusHandler(series: series(label, dimensions, .counter), bounds: Self.bounds)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        PrometheusHandler(series: series(label, dimensions, .gauge), bounds: Self.bounds)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? PrometheusHistogram(series: series(label, dimensions, .histogram), bounds: Self.bounds)
            : PrometheusHandler(series: series(label, dimensions, .gauge), bounds: Self.bounds)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        PrometheusHistogram(series: series(label, dimensions, .histogram), bounds: Self.bounds)
    }

    // Series outlive their handles: a scraper must not see a counter vanish.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private func series(_ label: String, _ dimensions: [(String, String)], _ kind: Kind) -> Series {
        let name = Self.isPlain(label) ? label : String(label.map { Self.isPlain(String($0)) ? $0 : "_" })
        let labels = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1, quotes: true))\"" }.joined(
            separator: ",")
        return families.withLock { families in
            var family = families[name] ?? Family(help: help[name] ?? name, kind: kind)
            // The same name for two kinds would make the whole page unreadable; the first stays.
            guard family.kind == kind else { return Series() }
            if let known = family.series[labels] { return known }
            let new = Series()
            guard family.series.count < Self.seriesLimit else { return new }
            family.series[labels] = new
            families[name] = family
            return new
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    private static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy {
            $0 == UInt8(ascii: "_") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
        }
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard
            text.utf8.contains(where: {
                [UInt8(ascii: "\\"), UInt8(ascii: "\n"), UInt8(ascii: "\"")].contains($0)
            })
        else { return text }
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.append(character)
            }
        }
        return result
    }
}

/// A counter or a gauge.
private final class PrometheusHandler: CounterHandler, FloatingPointCounterHandler, MeterHandler,
    RecorderHandler
{
    private let series: PrometheusMetrics.Series

    init(series: PrometheusMetrics.Series, bounds: [Double]) { self.series = series }

    func increment(by amount: Int64) { series.values.withLock { $0.value += Double(amount) } }
    func reset() { series.values.withLock { $0.value = 0 } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { series.values.withLock { $0.value = value } }
    func increment(by amount: Double) { series.values.withLock { $0.value += amount } }
    func decrement(by amount: Double) { series.values.withLock { $0.value -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// A histogram; timers give nanoseconds, which are kept as seconds.
private final class PrometheusHistogram: RecorderHandler, TimerHandler {
    private let series: PrometheusMetrics.Series
    private let bounds: [Double]

    init(series: PrometheusMetrics.Series, bounds: [Double]) {
        self.series = series
        self.bounds = bounds
    }

    func record(_ value: Int64) { record(Double(value)) }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        series.values.withLock { values in
            if values.buckets.isEmpty { values.buckets = Array(repeating: 0, count: bounds.count) }
            if let bucket { values.buckets[bucket] += 1 }
            values.count += 1
            values.value += value
        }
    }
}
