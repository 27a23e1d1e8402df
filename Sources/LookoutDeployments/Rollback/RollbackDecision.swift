import LookoutModel

/// Which parts are to be rolled back, and why; the reason is also given where it is none.
struct RollbackDecision: Hashable {
    enum Action: Hashable {
        case none
        case frontend
        case backend
        /// The change must leave the branch; both sides are given back what they had first.
        case code
        case variables
    }

    var action: Action
    var reason: String

    /// So much of the causes' probability must agree on what helps; else the evidence alone decides.
    static let agreement = 0.5

    init(_ facts: RollbackFacts) {
        let worse = WorseParts(facts)
        let remedies = Dictionary(facts.diagnoses.map { ($0.remedy, $0.probability) }, uniquingKeysWith: +)
        let lead = facts.diagnoses.first { remedies[$0.remedy, default: 0] >= Self.agreement }
        if let lead {
            self = Self.treating(lead, facts, worse)
        } else {
            self = Self.following(worse, facts)
        }
        guard facts.began == nil, action != .none, action != .variables else { return }
        self = Self(.none, "there is no deployment that could be undone; \(reason)")
    }

    private init(_ action: Action, _ reason: String) {
        self.action = action
        self.reason = reason
    }

    /// What helps against a cause that is likely enough.
    private static func treating(_ cause: Diagnosis, _ facts: RollbackFacts, _ worse: WorseParts) -> Self {
        let title = PlainText.line(cause.title, atMost: 200)
        return switch cause.remedy {
        case .wait: Self(.none, "roll nothing back: \(title); a rollback would not help, wait and see")
        case .repair:
            Self(
                .none,
                "roll nothing back: \(title); a rollback would not help, repair it as the diagnosis says"
            )
        case .restoreVariables: Self(.variables, "restore the variables: \(title)")
        case .rollbackFrontend: Self.undoing(.frontend, because: title, worse, facts)
        case .rollbackBackend: Self.undoing(.backend, because: title, worse, facts)
        case .rollbackCode: Self(worse.smallest(facts), "roll back the code: \(title)")
        }
    }

    /// One side, or both where the deployment made the other worse as well: a cause explains what it explains.
    private static func undoing(
        _ part: EnvironmentPart,
        because title: String,
        _ worse: WorseParts,
        _ facts: RollbackFacts
    ) -> Self {
        let others = worse.parts.intersection(facts.deployedParts).subtracting([part])
        guard let other = others.first else {
            return Self(part == .frontend ? .frontend : .backend, "roll back the \(part.rawValue): \(title)")
        }
        return Self(
            .code,
            "roll back both sides and then the branch: \(title), and the \(other.rawValue) is worse too"
        )
    }

    /// What the evidence alone says, where no cause is likely enough.
    private static func following(_ worse: WorseParts, _ facts: RollbackFacts) -> Self {
        guard worse.isWorse else {
            if facts.verdict?.word == .inconclusive {
                return Self(
                    .none,
                    "roll nothing back yet: nobody can say whether it is worse; the options are below"
                )
            }
            return Self(.none, "nothing is to be rolled back; if it should be, this is how")
        }
        let changed = worse.parts.intersection(facts.deployedParts)
        if !worse.parts.isEmpty, changed.isEmpty, !facts.deployedParts.isEmpty {
            let words = worse.parts.map(\.rawValue).sorted().joined(separator: " and ")
            return Self(
                .none,
                "roll nothing back: the \(words) is worse, and the deployment did not touch it; find the cause first"
            )
        }
        let reason = worse.reasons.first.map { ": \(PlainText.line($0, atMost: 200))" } ?? ""
        return switch worse.smallest(facts) {
        case .frontend: Self(.frontend, "roll back the frontend, the only part that is worse\(reason)")
        case .backend: Self(.backend, "roll back the backend, the only part that is worse\(reason)")
        default: Self(.code, "roll back both sides and then the branch\(reason)")
        }
    }
}

/// Which parts of the environment are worse than before the deployment, by the verdict and by the alerts since.
struct WorseParts: Hashable {
    private(set) var parts: Set<EnvironmentPart> = []
    private(set) var reasons: [String] = []
    /// Whether anything is worse, of a part or of none in particular.
    private(set) var isWorse = false

    init(_ facts: RollbackFacts) {
        if let verdict = facts.verdict, verdict.word == .regressed {
            isWorse = true
            reasons = verdict.reasons.map(\.text)
            parts.formUnion(verdict.reasons.compactMap { $0.check.flatMap { facts.parts[$0] } })
        }
        guard let began = facts.began else { return }
        for alert in facts.alerts where alert.isFiring && alert.since >= began && alert.severity != .minor {
            isWorse = true
            reasons.append(alert.summary)
            guard let probe = alert.labels["probe"] else { continue }
            let check = CheckID(environment: alert.labels["environment"] ?? facts.environment, probe: probe)
            if let part = facts.parts[check] { parts.insert(part) }
        }
    }

    /// The smallest action that covers them; without a part that is known, all code.
    func smallest(_ facts: RollbackFacts) -> RollbackDecision.Action {
        let changed = parts.intersection(facts.deployedParts)
        return switch changed {
        case [.frontend]: .frontend
        case [.backend]: .backend
        default:
            switch facts.deployedParts {
            case [.frontend]: .frontend
            case [.backend]: .backend
            default: .code
            }
        }
    }
}
