import Foundation
import Storage
import Synchronization
import Transport

/// What a model has written so far, on its way to the message that it will replace.
///
/// Whoever writes puts it here and goes on; whoever shows it takes the newest, so that a platform that allows one change a
/// second sees the text grow in larger steps.
final class Beginnings: Sendable {
    private let newest = Mutex<ChatResponder.Saying?>(nil)
    private let (news, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Puts down what is written so far, in place of what was before.
    func put(_ saying: ChatResponder.Saying) {
        newest.withLock { $0 = saying }
        bell.yield()
    }

    /// Nothing more comes.
    func finish() { bell.finish() }

    /// Rings when there is something to take; ends after ``finish()``.
    var rings: AsyncStream<Void> { news }

    /// The newest, once.
    func take() -> ChatResponder.Saying? {
        newest.withLock { saying in
            defer { saying = nil }
            return saying
        }
    }
}

extension Switchboard {
    /// The time between two changes of one message: Slack allows some 50 a minute, Telegram 20 in a group.
    private static let stride = (alone: Duration.milliseconds(1200), amongOthers: Duration.seconds(3))

    /// Shows by changes of a draft what a model has written so far, until the beginnings end or the task is cancelled; no
    /// change is under way any more when it returns.
    ///
    /// These changes are no promise: they go beside the outbox, and one that fails is left to the next, or to the answer.
    ///
    /// - Parameters:
    ///   - beginnings: what is written so far, as far as it is checked.
    ///   - draft: the number in the outbox of the message to change; nil while there is none.
    ///   - address: where the message stands.
    ///   - lane: its chat.
    ///   - channel: the platform.
    func show(
        _ beginnings: Beginnings, in draft: @Sendable () async -> Int64?, at address: ReplyAddress,
        lane: String,
        on channel: any Channel
    ) async {
        for await _ in beginnings.rings {
            do {
                guard let row = await draft(), let id = try await store.sentMessage(row) else { continue }
                while let time = turn(on: channel.name, lane: lane) {
                    try await Task.sleep(until: time, clock: .continuous)
                }
                guard let saying = beginnings.take(),
                    let part = channel.render(saying.document, at: address).first,
                    var request = channel.edit(
                        OutboundMessage(
                            address: address, content: .part(part), key: "\(lane)-begun-\(row)-\(UUID())"),
                        as: id, now: now())
                else { continue }
                request.timeouts.total = .seconds(4)
                let change = request
                // A change that was begun is waited for, lest it come after the answer.
                let response = await Task { await exchange(change) }.value
                if response?.status == 429 { refused(on: channel.name, lane: lane, wait: response?.wait) }
                try await Task.sleep(for: address.isPrivate ? Self.stride.alone : Self.stride.amongOthers)
            } catch {
                // Cancelled, or the store fails, which the answer will tell of.
                return
            }
        }
    }
}
