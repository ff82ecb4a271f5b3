/// Who may be asked for whom: endpoints, routes over them, conversations with what they allow, and budgets.
///
/// What it rules out is out, whatever fails: a provider outside a conversation's regions, plans, retention or house is not
/// asked even when no other is left.
public struct RoutingPolicy: Sendable {
    /// The endpoints, in the owner's order.
    public var endpoints: [ModelEndpoint]
    /// The routes, of which the first that fits a conversation counts; without any, all endpoints are of one level.
    public var routes: [Route]
    /// What conversations allow; the first rule that fits counts.
    public var conversations: [ConversationRule]
    /// The budgets of plans by name; a plan that is not named has the standard one.
    public var budgets: [String: PlanBudget]
    /// Whether prompts may leave the house at all.
    public var allowsExternal: Bool

    /// A policy; where only endpoints are given, each of them serves everyone.
    public init(
        endpoints: [ModelEndpoint], routes: [Route] = [], conversations: [ConversationRule] = [],
        budgets: [String: PlanBudget] = [:], allowsExternal: Bool = true
    ) {
        self.endpoints = endpoints
        self.routes = routes
        self.conversations = conversations
        self.budgets = budgets
        self.allowsExternal = allowsExternal
    }

    /// What a conversation allows; everything where no rule is about it.
    public func audience(of conversation: String?) -> Audience {
        conversations.first { $0.fits(conversation ?? "") }?.audience ?? Audience()
    }

    /// The endpoints that may ever be asked for an audience, level by level; none where no route fits.
    public func levels(for audience: Audience) -> [[Int]] {
        guard let route = route(for: audience) else { return [] }
        return route.levels.map { $0.filter { isAllowed($0, audience, route) } }
    }

    /// The endpoints that may ever be asked for anyone, in the owner's order.
    public var reachable: [ModelEndpoint] {
        var all = Set(levels(for: Audience()).joined())
        for audience in audiences { all.formUnion(levels(for: audience).joined()) }
        return endpoints.indices.filter(all.contains).map { endpoints[$0] }
    }

    func route(for audience: Audience) -> Route? {
        routes.isEmpty
            ? Route(levels: [Array(endpoints.indices)]) : routes.first { $0.fits(audience) }
    }

    private func isAllowed(_ index: Int, _ audience: Audience, _ route: Route) -> Bool {
        guard endpoints.indices.contains(index) else { return false }
        let endpoint = endpoints[index]
        return endpoint.plans?.contains(audience.plan) ?? true
            && audience.allowedRegions?.contains(endpoint.region) ?? true
            && route.retentions?.contains(endpoint.retention) ?? true
            && (!endpoint.isExternal || (allowsExternal && audience.allowsExternal))
    }

    /// Every kind of conversation that a rule names.
    private var audiences: [Audience] { conversations.map(\.audience) }
}

/// Which endpoints serve conversations of some plans and regions.
public struct Route: Sendable {
    /// What decides between healthy endpoints of one level.
    public enum Preference: String, Sendable, CaseIterable {
        /// The time to the first token.
        case latency
        /// The price, and the time among equal prices.
        case price
    }

    /// The plans that it is for; nil for all.
    public var plans: Set<String>?
    /// The regions of conversations that it is for; nil for all.
    public var regions: Set<String>?
    /// What its endpoints may keep of prompts; nil for anything.
    public var retentions: Set<String>?
    /// Places in the list of endpoints; a later level is asked when no endpoint of those before it can be.
    public var levels: [[Int]]
    /// What decides within a level.
    public var preference: Preference
    /// Whether a question whose endpoint is slower than usual is put to another besides; it costs money.
    public var hedges: Bool

    /// A route over these levels.
    public init(
        plans: Set<String>? = nil, regions: Set<String>? = nil, retentions: Set<String>? = nil,
        levels: [[Int]], preference: Preference = .latency, hedges: Bool = false
    ) {
        self.plans = plans
        self.regions = regions
        self.retentions = retentions
        self.levels = levels
        self.preference = preference
        self.hedges = hedges
    }

    func fits(_ audience: Audience) -> Bool {
        plans?.contains(audience.plan) ?? true && regions?.contains(audience.region) ?? true
    }
}

/// What decides for a conversation which endpoints may be asked.
public struct Audience: Sendable, Hashable {
    /// The plan that it is on, in the owner's words; "" for none.
    public var plan: String
    /// Where its people are, in the owner's words; "" where nobody knows.
    public var region: String
    /// The regions that its prompts may go to; nil for all.
    public var allowedRegions: Set<String>?
    /// Whether its prompts may leave the house.
    public var allowsExternal: Bool

    /// An audience that allows everything, where not said otherwise.
    public init(
        plan: String = "", region: String = "", allowedRegions: Set<String>? = nil,
        allowsExternal: Bool = true
    ) {
        self.plan = plan
        self.region = region
        self.allowedRegions = allowedRegions
        self.allowsExternal = allowsExternal
    }
}

/// What some conversations allow.
public struct ConversationRule: Sendable, Hashable {
    /// Who or where it is about, or the beginning of several such names with a `*` after it.
    ///
    /// A conversation of a chat platform, `platform/person/chat/thread`, goes by the names `platform:person` and
    /// `platform:chat`; any other by its own, such as `api:desk-7`.
    public var pattern: String
    /// What it allows.
    public var audience: Audience

    /// A rule for the conversations that fit the pattern.
    public init(_ pattern: String, _ audience: Audience) {
        self.pattern = pattern
        self.audience = audience
    }

    func fits(_ conversation: String) -> Bool {
        Self.names(of: conversation).contains { name in
            pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
        }
    }

    private static func names(of conversation: String) -> [String] {
        let parts = conversation.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[0].contains(":") else { return [conversation] }
        // A slash within a part is written as %2F there, and a percent sign as %25.
        return parts[1...2].map { part in
            parts[0] + ":" + part.replacing("%2F", with: "/").replacing("%25", with: "%")
        }
    }
}

/// What the questions of one plan may cost.
public struct PlanBudget: Sendable, Hashable {
    /// For one day by UTC, in the account's currency.
    public var dailyCost: Double
    /// For one question with all its attempts.
    public var questionCost: Double
    /// Tokens of one day; nil for no bound.
    public var dailyTokens: Int?
    /// Tokens of one question; nil for no bound.
    public var questionTokens: Int?

    /// Bounds that keep a small account from harm.
    public init(
        dailyCost: Double = 2, questionCost: Double = 0.02, dailyTokens: Int? = nil,
        questionTokens: Int? = nil
    ) {
        self.dailyCost = dailyCost
        self.questionCost = questionCost
        self.dailyTokens = dailyTokens
        self.questionTokens = questionTokens
    }
}
