import Answering
import Foundation
import News
import Retrieval
import Storage
import Text

/// Answers that were given and are not true any more are set right where they stand.
///
/// ```
/// a cited article changes ─AnswerImpact→ the question is asked again → the message is edited, or answered
/// ```
/// An answer counts as touched when a sentence that it tells or quotes has gone from the article, or when the article was
/// taken back. The correction and what stands in the chat from then on are kept in one transaction, so that each change
/// corrects an answer once.
extension Switchboard {
    private static let changesAtOnce = 100

    /// Corrects every answer that cites what has changed since it was last looked at.
    ///
    /// - Throws: ``StorageError`` or ``AnsweringError``; what was not corrected is looked at again.
    public func correctAnswers() async throws {
        let newest = try await store.lastSequence()
        // An index that lags behind would answer from what the article said before.
        guard responder.index.cursor >= newest else { return }
        var cursor = try await store.correctedUpTo()
        while cursor < newest {
            let changes = try await store.citedChanges(after: cursor, limit: Self.changesAtOnce)
            for change in changes {
                let versions = try await store.versions(id: change.article)
                let texts = versions.map { AnswerImpact.ArticleText($0.article, since: $0.since) }
                for answer in try await store.deliveredAnswers(citing: change.article) {
                    let impact = AnswerImpact.on(
                        answer: answer.text, askedAt: answer.givenAt, versions: texts,
                        isRetracted: change.isRetracted)
                    switch impact {
                    case nil, .unclear: continue
                    case .retracted, .changed:
                        try await correct(answer, because: change, headline: versions.last?.article.headline)
                    }
                }
            }
            // What changed after these were read has a higher number.
            cursor = changes.count == Self.changesAtOnce ? changes.last?.sequence ?? newest : newest
            try await store.noteCorrected(upTo: cursor)
        }
    }

    /// All that an answer tells, in its own words and in quotation.
    nonisolated static func told(_ answer: Answer) -> String {
        ([answer.text] + answer.citations.map(\.quote)).joined(separator: "\n")
    }

    private func correct(
        _ answer: DeliveredAnswer, because change: CitedChange, headline: String?
    ) async throws {
        guard let channel = channels[answer.channel],
            let address = try? JSONDecoder().decode(ReplyAddress.self, from: Data(answer.address.utf8))
        else { return }
        let language = Language(tag: answer.language) ?? .english
        let (document, now) = try await responder.correction(
            of: answer.question, in: language, isRetracted: change.isRetracted, headline: headline ?? "")
        var parts = channel.render(document, at: address)
        let canEdit = channel.canEdit(at: address)
        if canEdit, parts.count < answer.messages.count {
            // What the old answer said in further messages must not go on standing there.
            let gone = channel.render(
                ReplyDocument(plain: responder.texts.text(.correctedAbove, in: language)), at: address)
            parts += (parts.count..<answer.messages.count).flatMap { _ in gone.prefix(1) }
        }
        let messages = parts.enumerated().map { place, part in
            let replaces = canEdit && place < answer.messages.count ? answer.messages[place] : nil
            let key = "\(answer.channel):correction-\(answer.turn)-\(change.sequence)-\(place)"
            var message = OutboundMessage(
                address: address, content: .part(part), index: place, key: key, replaces: replaces)
            message.isNotice = place == 0
            return (
                entry: OutboxEntry(
                    channel: answer.channel, key: key, lane: answer.lane, about: nil,
                    content: Self.json(message)), replaces: replaces
            )
        }
        var next = answer
        next.text = Self.told(now)
        next.articles = now.citations.map(\.articleID)
        next.givenAt = self.now()
        if try await store.correct(next, with: messages, at: self.now()) { parcelsArrived() }
    }
}

extension ChatResponder {
    /// What corrects an answer: what has happened, and what the articles answer now.
    func correction(
        of question: String, in language: Language, isRetracted: Bool, headline: String
    ) async throws(AnsweringError) -> (document: ReplyDocument, answer: Answer) {
        var inquiry = Inquiry(question: question, language: language)
        inquiry.usesModel = false
        let answer = try await answerer.answer(inquiry).answer
        let notice = texts.text(
            .correction, in: language,
            ["headline": headline, "question": question, "retracted": isRetracted])
        var document = document(of: answer)
        document.blocks.insert(.paragraph([.bold(notice)]), at: 0)
        return (document, answer)
    }
}
