import Foundation
import Storage

/// When what somebody subscribed to is due, without clocks and sockets.
enum Digest {
    /// What a wall clock shows.
    struct Clock: Hashable {
        /// The day, such as `2025-07-18`.
        let day: String
        /// The minute of the day, 0…1439.
        let minute: Int

        init(_ moment: Date, in zone: TimeZone) {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
            day = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        }
    }

    /// What a subscription wants now.
    enum Wish: Hashable {
        /// The digest of a day, which is noted as sent with it.
        case digest(day: String)
        /// A look at what is new on its topic.
        case news
        /// Nothing yet.
        case nothing
    }

    /// What a subscription wants.
    ///
    /// A digest is due once its minute has come and until the day is over, so that one that was missed while the server
    /// was down comes later on the same day and never on another.
    static func wish(of subscription: Subscription, at clock: Clock, newest: Int64) -> Wish {
        guard let minute = subscription.minute else {
            return newest > subscription.lastSequence ? .news : .nothing
        }
        return clock.minute >= minute && subscription.lastDay != clock.day
            ? .digest(day: clock.day) : .nothing
    }
}
