public import Foundation
public import LLM
public import Logging
public import News
public import Retrieval
public import Storage
public import Text

/// Questions in, cited answers out.
public struct Answerer: Sendable {
    /// What an owner may set.
    public struct Configuration: Sendable {
        /// The most citations an answer carries where the question does not say, 1…10.
        public var maxCitations = 3
        /// The time a whole answer may take when a model is asked.
        public var deadline: Duration = .seconds(25)
        /// The silence after which a conversation's topic is forgotten.
        public var topicExpiry: Duration = .seconds(1800)

        /// The defaults.
        public init() {}
    }

    /// An answerer over an index, with or without a model.
    public init(
        index: NewsIndex, store: NewsStore, prompts: PromptLibrary, model: (any LanguageModel)? = nil,
        configuration: Configuration = Configuration(), now: @escaping @Sendable () -> Date, logger: Logger
    ) {}

    /// The answer to one question; remembers the turn where the inquiry names a conversation.
    ///
    /// - Parameter inquiry: the question and where it was asked.
    /// - Returns: an answer, which may be the honest word that the archive does not hold one.
    /// - Throws: ``AnsweringError`` when the archive cannot be read; never because a model failed.
    public func answer(_ inquiry: Inquiry) async throws(AnsweringError) -> Reply {
        throw .unreadable("")
    }

    /// The newest articles, on a topic or at all, as a dated list.
    public func latest(topic: String?, limit: Int, language: Language) async throws(AnsweringError) -> Answer {
        throw .unreadable("")
    }
}
