import LookoutModel

/// Works out what could be rolled back: the smallest sufficient action first, and nothing where it would not help.
///
/// Pure: the same facts give the same plan. What is not known is named, and never taken for a yes.
package struct RollbackPlanner: Sendable {
    package init() {}

    package func plan(_ facts: RollbackFacts) -> RollbackPlan {
        let decision = RollbackDecision(facts)
        var offers = Offers(facts)
        if isFutile(decision, facts) {
            return RollbackPlan(
                suggestion: decision.reason,
                options: [],
                suggestedCount: 0,
                unknown: offers.unknown
            )
        }
        let suggested = offers.suggested(for: decision.action)
        let options = suggested + offers.all.filter { !suggested.contains($0) }
        var suggestion = decision.reason
        var count = suggested.count
        if decision.action != .none, suggested.isEmpty {
            let why = offers.reasons(for: decision.action)
            suggestion +=
                "; but no option can be written" + (why.isEmpty ? "" : ": " + why.joined(separator: "; "))
        }
        if count > 0, decision.action != .variables, let migrations = facts.migrations.value,
            !migrations.isEmpty
        {
            suggestion =
                "a person must decide: \(migrations.count == 1 ? "a migration" : "\(migrations.count) migrations") came with "
                + "the deployment, and the earlier code may break against the new schema; otherwise: \(suggestion)"
            count = 0
        }
        if case .unknown = facts.migrations, decision.action != .none, decision.action != .variables {
            offers.unknown.append(
                "migrations: whether any came with the deployment is not known (\(facts.migrations.words))"
            )
        }
        return RollbackPlan(
            suggestion: suggestion,
            options: options,
            suggestedCount: count,
            unknown: offers.unknown
        )
    }

    /// Whether what is wrong is known, and no rollback helps against it.
    private func isFutile(_ decision: RollbackDecision, _ facts: RollbackFacts) -> Bool {
        guard decision.action == .none, let lead = facts.diagnoses.first else { return false }
        return lead.remedy == .wait || lead.remedy == .repair
    }
}

/// Every option that can be written with what is known.
private struct Offers {
    var unknown: [String] = []
    private var frontend: RollbackPlan.Option?
    private var backend: RollbackPlan.Option?
    private var variables: [RollbackPlan.Option] = []
    private var git: [RollbackPlan.Option] = []
    /// Sides on which there is nothing to undo.
    private var unchanged: Set<EnvironmentPart> = []
    /// Why a part has no option.
    private var missing: [EnvironmentPart?: String] = [:]

    init(_ facts: RollbackFacts) {
        let changes = ChangeList(facts: facts)
        frontend = option(of: facts.frontend, .frontend, facts, changes)
        backend = option(of: facts.backend, .backend, facts, changes)
        for (host, part) in [(facts.backend, EnvironmentPart.backend), (facts.frontend, .frontend)] {
            guard let host else { continue }
            if case .unknown = host.changes {
                unknown.append(
                    "variables of the \(part.rawValue): whether they changed is not known (\(host.changes.words))"
                )
            }
            if let option = VariableRollback(facts: facts, host: host, part: part).option {
                variables.append(option)
            }
        }
        guard let repository = facts.git else {
            unknown.append("git: no repository is configured, so its forms are missing")
            return
        }
        let finding = GitRollback(facts: facts, git: repository).finding
        git = finding.options
        unknown += finding.unknown
        missing[nil] = finding.nothing ?? finding.unknown.first
    }

    private mutating func option(
        of host: RollbackFacts.Host?,
        _ part: EnvironmentPart,
        _ facts: RollbackFacts,
        _ changes: ChangeList
    ) -> RollbackPlan.Option? {
        guard let host else {
            missing[part] = "no provider is configured for the \(part.rawValue)"
            return nil
        }
        switch RollbackTarget(host, part: part, facts: facts) {
        case .found(let target, let live):
            return HostRollback(facts: facts, host: host, part: part).option(
                to: target,
                from: live,
                changes: changes
            )
        case .nothing(let reason):
            missing[part] = reason
            unchanged.insert(part)
        case .unknown(let reason):
            missing[part] = reason
            unknown.append(reason)
        }
        return nil
    }

    /// In the order in which they are to be tried.
    var all: [RollbackPlan.Option] { [frontend, backend].compactMap(\.self) + variables + git }

    /// Those that belong together for an action; git where the side's own option is missing.
    func suggested(for action: RollbackDecision.Action) -> [RollbackPlan.Option] {
        switch action {
        case .none: []
        case .frontend: frontend.map { [$0] } ?? substitute(for: .frontend)
        case .backend: backend.map { [$0] } ?? substitute(for: .backend)
        case .variables: variables
        case .code: [frontend, backend].compactMap(\.self) + git.prefix(1)
        }
    }

    /// Git in the place of a side whose target cannot be named; nothing for a side that has nothing to undo.
    private func substitute(for part: EnvironmentPart) -> [RollbackPlan.Option] {
        unchanged.contains(part) ? [] : Array(git.prefix(1))
    }

    func reasons(for action: RollbackDecision.Action) -> [String] {
        switch action {
        case .none: []
        case .frontend: [missing[.frontend], missing[nil]].compactMap(\.self)
        case .backend: [missing[.backend], missing[nil]].compactMap(\.self)
        case .code: [missing[.frontend], missing[.backend], missing[nil]].compactMap(\.self)
        case .variables: ["which variables changed is not known; the diagnosis names those to set"]
        }
    }
}
