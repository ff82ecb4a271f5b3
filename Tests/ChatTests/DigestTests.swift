import Foundation
import Storage
import Testing

@testable import Chat

@Suite struct DigestTests {
    private func wish(_ minute: Int?, lastDay: String? = nil, last: Int64 = 5) -> Subscription {
        Subscription(
            channel: "c", lane: "c:1", person: "c:1", topic: minute == nil ? "trade" : "", minute: minute,
            language: "en", address: "", lastDay: lastDay, lastSequence: last)
    }

    @Test(arguments: [
        ("2025-07-18T07:59:59Z", "UTC", nil, nil), ("2025-07-18T08:00:00Z", "UTC", nil, "2025-07-18"),
        ("2025-07-18T23:59:00Z", "UTC", nil, "2025-07-18"),
        ("2025-07-18T08:00:00Z", "UTC", "2025-07-18", nil),
        ("2025-07-19T08:00:00Z", "UTC", "2025-07-18", "2025-07-19"),
        ("2025-07-18T00:00:00Z", "Asia/Taipei", "2025-07-17", "2025-07-18"),
        ("2025-07-18T23:30:00Z", "Asia/Taipei", "2025-07-18", nil),
    ])
    func `a digest is due once a day from its minute on`(
        time: String, zone: String, last: String?, day: String?
    ) throws {
        let clock = Digest.Clock(
            try Date.ISO8601FormatStyle().parse(time), in: try #require(TimeZone(identifier: zone)))
        let due = Digest.wish(of: wish(480, lastDay: last), at: clock, newest: 9)
        #expect(due == day.map { .digest(day: $0) } ?? .nothing)
    }

    @Test func `a topic is looked at when the archive has changed`() {
        let clock = Digest.Clock(Date(timeIntervalSince1970: 0), in: .gmt)
        #expect(Digest.wish(of: wish(nil, last: 5), at: clock, newest: 5) == .nothing)
        #expect(Digest.wish(of: wish(nil, last: 5), at: clock, newest: 6) == .news)
    }
}
