import Foundation
import LLM
import Transport

/// Reads providers, routes, conversations and plans into the policy by which prompts are sent.
struct ModelSettings {
    private static let providerKeys = [
        "name", "format", "base_url", "model", "key_env", "key_file", "company", "vendor", "region",
        "country",
        "retention", "plans", "external", "price", "weight", "context_tokens", "max_tokens", "max_concurrent",
        "requests_per_minute", "connect_timeout", "first_token_timeout", "idle_timeout", "temperature",
        "token_limit_field", "proxy", "tls_authority", "tls_insecure",
    ]

    let reader: SettingsReader

    /// The policy, or nil where nobody may be asked because nobody is named.
    ///
    /// - Throws: the first thing that is wrong.
    func policy() throws(SettingsError) -> RoutingPolicy? {
        let sections = reader.raw.sections
        var endpoints: [ModelEndpoint] = []
        if let simple = try simpleEndpoint() {
            if let providers = sections[.providers] {
                throw SettingsError(
                    place: providers.place,
                    message:
                        "set either llm.base_url or providers, not both: llm.base_url is a provider by itself"
                )
            }
            endpoints = [simple]
        }
        if let providers = sections[.providers] {
            for (place, node) in try providers.items("providers").enumerated() {
                let endpoint = try endpoint(node, place: place)
                guard !endpoints.contains(where: { $0.name == endpoint.name }) else {
                    throw SettingsError(
                        place: node.place, message: "two providers are called “\(endpoint.name)”: rename one")
                }
                endpoints.append(endpoint)
            }
        }
        let routes = try routes(sections[.routes], endpoints)
        let conversations = try conversations(sections[.conversations])
        let budgets = try budgets(sections[.plans])
        let allowsExternal = try reader.value(.externalModels, "on or off", SettingsReader.flag)
        guard !endpoints.isEmpty else {
            if let routes = sections[.routes], !(try routes.items("routes").isEmpty) {
                throw SettingsError(place: routes.place, message: "routes need providers: set providers too")
            }
            return nil
        }
        return RoutingPolicy(
            endpoints: endpoints, routes: routes, conversations: conversations, budgets: budgets,
            allowsExternal: allowsExternal)
    }

    // MARK: Providers

    /// The one endpoint that `llm.…` describes.
    private func simpleEndpoint() throws(SettingsError) -> ModelEndpoint? {
        let format = try reader.value(.llmFormat, Self.formats) { ModelFormat(rawValue: $0) }
        guard let (baseURL, model, key) = try reader.endpoint(.llmBaseURL, model: .llmModel, key: .llmAPIKey)
        else { return nil }
        return try common(
            ModelEndpoint(
                name: reader.text(.llmName), format: format, baseURL: baseURL, apiKey: key, model: model))
    }

    /// The bounds that hold for every provider that does not set its own.
    private func common(_ endpoint: ModelEndpoint) throws(SettingsError) -> ModelEndpoint {
        var endpoint = endpoint
        endpoint.connectTimeout = try reader.seconds(.llmConnectTimeout)
        endpoint.firstTokenTimeout = try reader.seconds(.llmFirstTokenTimeout)
        endpoint.idleTimeout = try reader.seconds(.llmIdleTimeout)
        endpoint.maxTokens = try reader.integer(.llmMaxTokens, in: 16...100_000)
        return endpoint
    }

    private func endpoint(_ node: SettingsNode, place: Int) throws(SettingsError) -> ModelEndpoint {
        let unnamed = try SettingsFields(
            node, title: "the \(Self.ordinal(place)) of providers", known: Self.providerKeys)
        let name = try unnamed.needed("name")
        let fields = try SettingsFields(node, title: "provider “\(name)”", known: Self.providerKeys)
        let baseURL = try fields.needed("base_url")
        guard let url = URL(string: baseURL), ["http", "https"].contains(url.scheme ?? ""),
            url.host?.isEmpty == false
        else { throw fields.error("base_url", "“\(baseURL)” is not an http or https address") }
        guard url.user == nil, url.password == nil else {
            throw fields.error("base_url", "an address must not hold a key: set key_env or key_file")
        }
        var endpoint = try common(
            ModelEndpoint(
                name: name,
                format: try fields.value("format", Self.formats) { ModelFormat(rawValue: $0) } ?? .openAI,
                baseURL: baseURL, apiKey: try key(fields), model: try fields.needed("model")))
        endpoint.company = try fields.text("company")
        endpoint.country = try fields.text("country")
        endpoint.vendor = try fields.text("vendor") ?? endpoint.vendor
        endpoint.region = try fields.text("region") ?? endpoint.region
        endpoint.retention = try fields.text("retention") ?? endpoint.retention
        endpoint.plans = try fields.words("plans").map { Set($0) }
        endpoint.isExternal = try fields.flag("external") ?? endpoint.isExternal
        endpoint.weight = try fields.number("weight", in: 0.001...1000) ?? endpoint.weight
        endpoint.contextTokens =
            try fields.integer("context_tokens", in: 256...100_000_000) ?? endpoint.contextTokens
        endpoint.maxTokens = try fields.integer("max_tokens", in: 16...100_000) ?? endpoint.maxTokens
        endpoint.maxConcurrent =
            try fields.integer("max_concurrent", in: 1...10_000) ?? endpoint.maxConcurrent
        endpoint.requestsPerMinute = try fields.integer("requests_per_minute", in: 1...1_000_000)
        endpoint.connectTimeout = try fields.seconds("connect_timeout") ?? endpoint.connectTimeout
        endpoint.firstTokenTimeout = try fields.seconds("first_token_timeout") ?? endpoint.firstTokenTimeout
        endpoint.idleTimeout = try fields.seconds("idle_timeout") ?? endpoint.idleTimeout
        endpoint.tokenLimitField =
            try fields.value("token_limit_field", "max_tokens or max_completion_tokens") {
                ModelEndpoint.TokenLimitField(rawValue: $0)
            } ?? endpoint.tokenLimitField
        if try fields.text("temperature") == "none" {
            endpoint.temperature = nil
        } else {
            endpoint.temperature = try fields.number("temperature", in: 0...2) ?? endpoint.temperature
        }
        if let price = fields.node("price") {
            let prices = try SettingsFields(
                price, title: fields.title + ": price", known: ["input", "output"])
            endpoint.price = ModelEndpoint.Price(
                input: try prices.number("input", in: 0...1_000_000) ?? 0,
                output: try prices.number("output", in: 0...1_000_000) ?? 0)
        }
        try connect(&endpoint, fields)
        return endpoint
    }

    /// The way out and the trust in the other side.
    private func connect(_ endpoint: inout ModelEndpoint, _ fields: SettingsFields) throws(SettingsError) {
        switch try fields.text("proxy") {
        case nil, "environment": break
        case "direct": endpoint.proxy = .direct
        case .some(let url)
        where ["http://", "https://", "socks5://", "socks5h://"].contains(where: url.hasPrefix):
            endpoint.proxy = .url(url)
        case .some(let other):
            throw fields.error("proxy", "“\(other)” is not direct, environment or a proxy's address")
        }
        let isInsecure = try fields.flag("tls_insecure") ?? false
        guard let authority = try fields.text("tls_authority") else {
            if isInsecure { endpoint.tls = .insecure }
            return
        }
        guard !isInsecure else {
            throw fields.error(
                "tls_insecure", "with tls_authority set there is no need for it: take one away")
        }
        let path = Locations.expanded(authority)
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw fields.error("tls_authority", "cannot read \(path): create it, or mend its permissions")
        }
        endpoint.tls = .customAuthority(path: path)
    }

    private func key(_ fields: SettingsFields) throws(SettingsError) -> Secret? {
        let (variable, file) = (try fields.text("key_env"), try fields.text("key_file"))
        switch (variable, file) {
        case (nil, nil): return nil
        case (.some, .some): throw fields.error("key_file", "set either this or key_env, not both")
        case (let variable?, nil):
            guard let key = Secret(reader.raw.environment[variable] ?? "") else {
                throw fields.error(
                    "key_env", "the variable \(variable) is not set: set it, or name another")
            }
            return key
        case (nil, let file?):
            let path = Locations.expanded(file)
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw fields.error("key_file", "cannot read \(path): create it, or mend its permissions")
            }
            guard let key = Secret(String(decoding: bytes, as: UTF8.self)) else {
                throw fields.error("key_file", "\(path) is empty")
            }
            return key
        }
    }

    // MARK: Who may be asked for whom

    private func routes(
        _ section: SettingsNode?, _ endpoints: [ModelEndpoint]
    ) throws(SettingsError) -> [Route] {
        var routes: [Route] = []
        for (place, node) in try Self.items(section, "routes") {
            let fields = try SettingsFields(
                node, title: "the \(Self.ordinal(place)) of routes",
                known: ["plans", "regions", "retention", "levels", "prefer", "hedge"])
            guard let levels = fields.node("levels") else {
                throw SettingsError(
                    place: node.place,
                    message:
                        "\(fields.title): levels is missing: name the providers, such as [[acme, other], [local]]"
                )
            }
            var places: [[Int]] = []
            for level in try levels.items("levels") {
                // A name alone is a level of one.
                let names = level.text == nil ? try level.items("levels") : [level]
                var members: [Int] = []
                for name in names {
                    guard let index = endpoints.firstIndex(where: { $0.name == name.text ?? "" }) else {
                        throw SettingsError(
                            place: name.place,
                            message:
                                "\(fields.title): no provider is called “\(name.text ?? "")”: name one of \(endpoints.map(\.name).joined(separator: ", "))"
                        )
                    }
                    members.append(index)
                }
                places.append(members)
            }
            routes.append(
                Route(
                    plans: try fields.words("plans").map { Set($0) },
                    regions: try fields.words("regions").map { Set($0) },
                    retentions: try fields.words("retention").map { Set($0) }, levels: places,
                    preference: try fields.value("prefer", "latency or price") {
                        Route.Preference(rawValue: $0)
                    } ?? .latency, hedges: try fields.flag("hedge") ?? false))
        }
        return routes
    }

    private func conversations(_ section: SettingsNode?) throws(SettingsError) -> [ConversationRule] {
        var rules: [ConversationRule] = []
        for (place, node) in try Self.items(section, "conversations") {
            let fields = try SettingsFields(
                node, title: "the \(Self.ordinal(place)) of conversations",
                known: ["match", "plan", "region", "allowed_regions", "external_models"])
            rules.append(
                ConversationRule(
                    try fields.needed("match"),
                    Audience(
                        plan: try fields.text("plan") ?? "", region: try fields.text("region") ?? "",
                        allowedRegions: try fields.words("allowed_regions").map { Set($0) },
                        allowsExternal: try fields.flag("external_models") ?? true)))
        }
        return rules
    }

    private func budgets(_ section: SettingsNode?) throws(SettingsError) -> [String: PlanBudget] {
        guard let section else { return [:] }
        guard case .table(let plans) = section.content else {
            throw SettingsError(place: section.place, message: "“plans” must be a table of plans")
        }
        var budgets: [String: PlanBudget] = [:]
        for (key, node) in plans {
            let fields = try SettingsFields(
                node, title: "plan “\(key.text ?? "")”",
                known: ["daily_cost", "question_cost", "daily_tokens", "question_tokens"])
            let standard = PlanBudget()
            budgets[key.text ?? ""] = PlanBudget(
                dailyCost: try fields.number("daily_cost", in: 0...1_000_000) ?? standard.dailyCost,
                questionCost: try fields.number("question_cost", in: 0...1_000_000) ?? standard.questionCost,
                dailyTokens: try fields.integer("daily_tokens", in: 0...1_000_000_000_000),
                questionTokens: try fields.integer("question_tokens", in: 0...1_000_000_000))
        }
        return budgets
    }

    /// The items of a section with their places; none where it is not there.
    private static func items(
        _ section: SettingsNode?, _ title: String
    ) throws(SettingsError) -> [(offset: Int, element: SettingsNode)] {
        guard let section else { return [] }
        return Array(try section.items(title).enumerated())
    }

    private static let formats =
        "one of " + ModelFormat.allCases.map(\.rawValue).joined(separator: ", ")

    private static func ordinal(_ place: Int) -> String {
        let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
        return place < words.count ? words[place] : "\(place + 1)th"
    }
}
