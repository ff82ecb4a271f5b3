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
    case webhookCallbackURL = "webhook.callback_url"
    case chatAllowed = "chat.allowed"
    case chatBlocked = "chat.blocked"
    case chatPersonRate = "chat.person_rate"
    case chatRate = "chat.chat_rate"
    case chatRetentionDays = "chat.retention_days"
    case chatTimeZone = "chat.time_zone"
    case chatNewsChannels = "chat.news_channels"
    case telegramToken = "telegram.token"
    case telegramTokenFile = "telegram.token_file"
    case telegramSecret = "telegram.secret"
    case telegramSecretFile = "telegram.secret_file"
    case telegramBotName = "telegram.bot_name"
    case telegramAPIURL = "telegram.api_url"
    case slackSigningSecret = "slack.signing_secret"
    case slackSigningSecretFile = "slack.signing_secret_file"
    case slackToken = "slack.token"
    case slackTokenFile = "slack.token_file"
    case slackAPIURL = "slack.api_url"
    case discordPublicKey = "discord.public_key"
    case discordApplicationID = "discord.application_id"
    case discordBotToken = "discord.bot_token"
    case discordBotTokenFile = "discord.bot_token_file"
    case discordAPIURL = "discord.api_url"
    case lineSecret = "line.secret"
    case lineSecretFile = "line.secret_file"
    case lineToken = "line.token"
    case lineTokenFile = "line.token_file"
    case lineAPIURL = "line.api_url"
    case metaAppSecret = "meta.app_secret"
    case metaAppSecretFile = "meta.app_secret_file"
    case metaVerifyToken = "meta.verify_token"
    case metaVerifyTokenFile = "meta.verify_token_file"
    case metaWhatsAppToken = "meta.whatsapp_token"
    case metaWhatsAppTokenFile = "meta.whatsapp_token_file"
    case metaMessengerToken = "meta.messenger_token"
    case metaMessengerTokenFile = "meta.messenger_token_file"
    case metaAPIURL = "meta.api_url"
    case matrixHSToken = "matrix.hs_token"
    case matrixHSTokenFile = "matrix.hs_token_file"
    case matrixASToken = "matrix.as_token"
    case matrixASTokenFile = "matrix.as_token_file"
    case matrixUserID = "matrix.user_id"
    case matrixHomeserver = "matrix.homeserver"
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
        case .chatPersonRate: "20"
        case .chatRate: "60"
        case .chatTimeZone: "UTC"
        case .telegramAPIURL: "https://api.telegram.org"
        case .slackAPIURL: "https://slack.com/api"
        case .discordAPIURL: "https://discord.com/api/v10"
        case .lineAPIURL: "https://api.line.me"
        case .metaAPIURL: "https://graph.facebook.com/v23.0"
        case .matrixHomeserver: "http://127.0.0.1:8008"
        case .llmConnectTimeout: "2"
        case .llmFirstTokenTimeout: "8"
        case .llmIdleTimeout: "10"
        case .llmTimeout: "25"
        case .llmMaxTokens: "400"
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
        case .webhookCallbackURL:
            "where answers to /webhooks/generic are sent, signed; without it they stand in the response"
        case .chatAllowed:
            "the chats and people that are answered, such as telegram:-100123, parted by commas; none means all"
        case .chatBlocked: "the chats and people that are not answered"
        case .chatPersonRate: "how many questions one person may ask a minute"
        case .chatRate: "how many questions all people of a chat may ask a minute"
        case .chatRetentionDays:
            "how many days questions and answers of chats are kept; without it until /forget"
        case .chatTimeZone: "by which clock daily digests are sent, such as Asia/Taipei"
        case .chatNewsChannels:
            "the channels whose posts are news, such as telegram:@harbourwire, parted by commas"
        case .telegramToken, .telegramTokenFile: "the bot's token"
        case .telegramSecret, .telegramSecretFile:
            "the secret_token given to setWebhook; turns /webhooks/telegram on"
        case .telegramBotName: "the bot's user name, by which groups call it"
        case .slackSigningSecret, .slackSigningSecretFile:
            "the app's signing secret; turns /webhooks/slack on"
        case .slackToken, .slackTokenFile: "the bot's token (xoxb-…)"
        case .discordPublicKey: "the app's public key; turns /webhooks/discord on"
        case .discordApplicationID: "the app's identity, to make its commands known"
        case .discordBotToken, .discordBotTokenFile: "the bot's token, for commands and digests"
        case .lineSecret, .lineSecretFile: "the channel secret; turns /webhooks/line on"
        case .lineToken, .lineTokenFile: "the channel access token"
        case .metaAppSecret, .metaAppSecretFile:
            "the app secret of WhatsApp and Messenger; turns /webhooks/meta on"
        case .metaVerifyToken, .metaVerifyTokenFile: "what was typed into the app's dashboard"
        case .metaWhatsAppToken, .metaWhatsAppTokenFile: "the access token of WhatsApp's Cloud API"
        case .metaMessengerToken, .metaMessengerTokenFile: "the page's access token for Messenger"
        case .matrixHSToken, .matrixHSTokenFile:
            "hs_token of the application service; turns /_matrix/app/v1 on"
        case .matrixASToken, .matrixASTokenFile: "as_token of the application service"
        case .matrixUserID: "the bot's identity, such as @newsbot:example.org"
        case .matrixHomeserver: "the homeserver's address"
        case .telegramAPIURL, .slackAPIURL, .discordAPIURL, .lineAPIURL, .metaAPIURL:
            "where the platform's API is served"
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
        }
    }

    /// The key whose file holds the value of this one.
    var fileKey: SettingKey? { SettingKey(rawValue: rawValue + "_file") }
}
