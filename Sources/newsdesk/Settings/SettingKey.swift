/// Every setting that there is: the one list from which files, variables, checks and documents are made.
enum SettingKey: String, CaseIterable, Sendable {
    case dataDirectory = "data_dir"
    case promptsDirectory = "prompts_dir"
    case logLevel = "log_level"
    case serverHost = "server.host"
    case serverPort = "server.port"
    case serverMaxBodyBytes = "server.max_body_bytes"
    case serverToken = "server.token"
    case serverTokenFile = "server.token_file"
    case webhookSecret = "webhook.secret"
    case webhookSecretFile = "webhook.secret_file"
    case feedsAllowedHosts = "feeds.allowed_hosts"
    case answersMaxCitations = "answers.max_citations"
    case answersLanguage = "answers.language"
    case conversationTopicExpiry = "conversation.topic_expiry"
    case llmName = "llm.name"
    case llmBaseURL = "llm.base_url"
    case llmModel = "llm.model"
    case llmAPIKey = "llm.api_key"
    case llmAPIKeyFile = "llm.api_key_file"
    case llmConnectTimeout = "llm.connect_timeout"
    case llmFirstTokenTimeout = "llm.first_token_timeout"
    case llmIdleTimeout = "llm.idle_timeout"
    case llmTimeout = "llm.timeout"
    case llmMaxTokens = "llm.max_tokens"
    case embeddingsBaseURL = "embeddings.base_url"
    case embeddingsModel = "embeddings.model"
    case embeddingsAPIKey = "embeddings.api_key"
    case embeddingsAPIKeyFile = "embeddings.api_key_file"
    case embeddingsQueryPrefix = "embeddings.query_prefix"
    case embeddingsPassagePrefix = "embeddings.passage_prefix"
    case embeddingsBatchSize = "embeddings.batch_size"
    case embeddingsTimeout = "embeddings.timeout"
    case embeddingsWeight = "embeddings.weight"

    /// The environment variable that sets it, such as `NEWSDESK_SERVER_PORT`.
    var variable: String {
        "NEWSDESK_" + rawValue.uppercased().split(separator: ".").joined(separator: "_")
    }

    /// The value that holds where nothing is set; nil where that depends on the machine or means none.
    var standard: String? {
        switch self {
        case .logLevel: "notice"
        case .serverHost: "127.0.0.1"
        case .serverPort: "8080"
        case .serverMaxBodyBytes: "1048576"
        case .answersMaxCitations: "3"
        case .conversationTopicExpiry: "1800"
        case .llmConnectTimeout: "2"
        case .llmFirstTokenTimeout: "8"
        case .llmIdleTimeout: "10"
        case .llmTimeout: "25"
        case .llmMaxTokens: "400"
        case .embeddingsBatchSize: "16"
        case .embeddingsTimeout: "1"
        case .embeddingsWeight: "1"
        default: nil
        }
    }

    /// What it is for, in one line.
    var purpose: String {
        switch self {
        case .dataDirectory: "the folder of the archive (newsdesk.sqlite)"
        case .promptsDirectory: "the folder of the templates, one folder a language"
        case .logLevel: "trace, debug, info, notice, warning or error"
        case .serverHost: "the address to listen on; one that others can reach needs webhook.secret"
        case .serverPort: "the port to listen on, 0 for any free one"
        case .serverMaxBodyBytes: "the largest request body"
        case .serverToken, .serverTokenFile: "who may send articles: Authorization: Bearer <token>"
        case .webhookSecret, .webhookSecretFile: "what deliveries to /webhooks/generic are signed with"
        case .feedsAllowedHosts:
            "hosts of the inside that feeds may be fetched from, such as 10.0.0.5:8080, parted by commas"
        case .answersMaxCitations: "the most citations of an answer, 1 to 10"
        case .answersLanguage: "the language of all replies; without it they follow the question"
        case .conversationTopicExpiry: "seconds of silence after which a conversation's topic is forgotten"
        case .llmName: "how answers name the model's provider; its host where it is not set"
        case .llmBaseURL: "an OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1"
        case .llmModel: "the model to ask for"
        case .llmAPIKey, .llmAPIKeyFile: "the key of the endpoint, where it asks for one"
        case .llmConnectTimeout: "seconds until a connection must stand"
        case .llmFirstTokenTimeout: "seconds until the first word must come"
        case .llmIdleTimeout: "seconds between two words"
        case .llmTimeout: "seconds for a whole answer, after which the template answers"
        case .llmMaxTokens: "the most tokens of an answer"
        case .embeddingsBaseURL:
            "an OpenAI-compatible endpoint that makes vectors of texts, such as http://127.0.0.1:8000/v1"
        case .embeddingsModel: "the model to ask for; another one makes all vectors anew"
        case .embeddingsAPIKey, .embeddingsAPIKeyFile: "the key of the endpoint, where it asks for one"
        case .embeddingsQueryPrefix: "what the model wants before a question, such as “query: ”"
        case .embeddingsPassagePrefix: "what the model wants before a passage, such as “passage: ”"
        case .embeddingsBatchSize: "the most passages of one request, 1 to 2048"
        case .embeddingsTimeout: "seconds for the vector of a question, after which its words alone count"
        case .embeddingsWeight: "what nearness of meaning counts beside the words, 0 to 100"
        }
    }

    /// The key whose file holds the value of this one.
    var fileKey: SettingKey? {
        switch self {
        case .serverToken: .serverTokenFile
        case .webhookSecret: .webhookSecretFile
        case .llmAPIKey: .llmAPIKeyFile
        case .embeddingsAPIKey: .embeddingsAPIKeyFile
        default: nil
        }
    }
}
