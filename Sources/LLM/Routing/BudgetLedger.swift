/// What the plans have spent today, with what is under way.
///
/// An attempt's estimate is reserved before it begins and replaced by what it has cost when it is over, so that many
/// questions at once cannot spend the same money. A day may be exceeded only by what attempts under way cost beyond
/// their estimates.
///
/// A value: the day comes in, as days since 1970 by UTC.
struct BudgetLedger: Sendable {
    /// Why an attempt may not begin.
    enum Refusal: Sendable, Hashable {
        /// The question would cost more than one may.
        case question
        /// The plan has spent what it has for the day.
        case day
    }

    private struct Account {
        var day: Int
        var spent = Spend()
        var reserved = Spend()
    }

    private let budgets: [String: PlanBudget]
    private var accounts: [String: Account] = [:]

    /// A ledger of these budgets, with what plans have spent on a day before it was opened.
    init(_ budgets: [String: PlanBudget], spent: [String: Spend] = [:], day: Int = 0) {
        self.budgets = budgets
        accounts = spent.mapValues { Account(day: day, spent: $0) }
    }

    /// Why a question of a plan may not spend as much more; nil where it may.
    func refusal(_ estimate: Spend, plan: String, spentBefore: Spend, day: Int) -> Refusal? {
        let budget = budgets[plan] ?? PlanBudget()
        let account = account(plan, day)
        if exceeds(spentBefore + estimate, cost: budget.questionCost, tokens: budget.questionTokens) {
            return .question
        }
        let all = account.spent + account.reserved + estimate
        return exceeds(all, cost: budget.dailyCost, tokens: budget.dailyTokens) ? .day : nil
    }

    /// Whether half of what a plan has for the day is left, with as much more spent.
    func isAmple(after estimate: Spend, plan: String, day: Int) -> Bool {
        let budget = budgets[plan] ?? PlanBudget()
        let account = account(plan, day)
        return !exceeds(
            account.spent + account.reserved + estimate, cost: budget.dailyCost / 2,
            tokens: budget.dailyTokens.map { $0 / 2 })
    }

    /// Sets money aside for an attempt, which ``settle(_:plan:actual:day:)`` must give back.
    mutating func reserve(_ estimate: Spend, plan: String, day: Int) {
        var account = account(plan, day)
        account.reserved = account.reserved + estimate
        accounts[plan] = account
    }

    /// Notes what an attempt has cost.
    mutating func settle(_ estimate: Spend, plan: String, actual: Spend, day: Int) {
        var account = account(plan, day)
        account.reserved = account.reserved - estimate
        account.spent = account.spent + actual
        accounts[plan] = account
    }

    /// What each plan has spent on a day.
    func spent(day: Int) -> [String: Spend] {
        accounts.filter { $0.value.day == day }.mapValues(\.spent)
    }

    /// What a plan has spent on a day.
    func spent(plan: String, day: Int) -> Spend {
        account(plan, day).spent
    }

    /// A plan's account for a day.
    ///
    /// What is under way is carried over midnight, and counts for the day on which it ends.
    private func account(_ plan: String, _ day: Int) -> Account {
        guard let account = accounts[plan] else { return Account(day: day) }
        return account.day == day ? account : Account(day: day, reserved: account.reserved)
    }

    private func exceeds(_ spend: Spend, cost: Double, tokens: Int?) -> Bool {
        Double(spend.nanos) > cost * 1e9 || tokens.map { spend.tokens > $0 } ?? false
    }
}
