import LookoutModel

/// Whether the providers can be asked, and what they say of themselves.
extension GateJudge {
    func access(_ criterion: GateCriterion, _ provider: String) -> GateReport.Finding {
        let entries = facts.access.filter { $0.provider == provider }
        let disabled =
            "without it nobody can say: \(Self.disabled(without: provider).joined(separator: ", "))"
        guard !entries.isEmpty else {
            return skipped(criterion, "\(provider) is not configured; \(disabled)")
        }
        if entries.allSatisfy(\.isNotConfigured), let failure = entries.first?.result.failure {
            return skipped(criterion, "\(failure.message); \(disabled)")
        }
        var draft = draft(criterion)
        for entry in entries {
            let place = entry.environment.map { "\(provider) of \($0)" } ?? provider
            switch entry.result {
            case .known(let access, _):
                let name = access.identity.isEmpty ? "" : " as \(access.identity)"
                let scopes = access.scopes.map {
                    ", scopes: \($0.isEmpty ? "none" : $0.joined(separator: ", "))"
                }
                draft.note("\(place)\(name)\(scopes ?? "")")
            case .unknown(let failure):
                switch failure {
                case .unauthorized, .forbidden, .notFound:
                    draft.object(
                        "\(place): \(failure.message)",
                        remedy: "see docs/providers/\(provider).md for its token"
                    )
                default: draft.doubt("\(place): \(failure.message)")
                }
                draft.note(disabled)
            }
        }
        return draft.finding
    }

    /// The criteria that a provider's token answers.
    static func disabled(without provider: String) -> [String] {
        let criteria: [GateCriterion] =
            switch provider {
            case "github": [.reviews, .commitChecks]
            case "netlify": [.stagingBuild, .deployPath, .deployIdle, .configurationCurrent]
            case "render":
                [
                    .variablesStaging, .variablesProduction, .variableParity, .originsStaging,
                    .originsProduction, .stagingBuild, .deployPath, .deployIdle, .configurationCurrent,
                ]
            case "supabase": [.databaseHealthy, .databaseBackup, .migrationsStaging, .migrationsProduction]
            default: []
            }
        let names = criteria.map(\.rawValue)
        return names.isEmpty ? ["whether new errors come up after the deployment"] : names
    }

    var providerIncidents: GateReport.Finding {
        var draft = draft(.providerIncidents)
        if facts.incidents.isEmpty { draft.doubt("no status page can be asked") }
        let silent = Set(facts.access.map(\.provider)).subtracting(facts.incidents.keys).subtracting([
            "sentry"
        ])
        if !facts.incidents.isEmpty, facts.incidents["all"] == nil {
            for provider in silent.sorted() {
                draft.doubt(
                    "nobody asks the status page of \(provider)",
                    remedy: "name it as deployments.status_pages.\(provider)"
                )
            }
        }
        for (provider, incident) in facts.incidents.sorted(by: { $0.key < $1.key }) {
            switch incident {
            case .unknown(.notConfigured(let text)): draft.note("\(provider): \(text)")
            case .unknown(let failure): draft.doubt("\(provider): \(failure.message)")
            case .known(let incident, _):
                let words = "\(provider): \(incident.description)"
                switch incident.impact {
                case .none, .minor: draft.note(words)
                case .major, .critical:
                    draft.object("\(words) (\(incident.impact.rawValue))", remedy: "wait until it is over")
                }
            }
        }
        return draft.finding
    }

    var rollbackPlan: GateReport.Finding {
        var draft = draft(.rollbackPlan)
        guard let plan = known(facts.rollback, &draft) else { return draft.finding }
        draft.note(plan.suggestion)
        for option in plan.options { draft.note("\(option.means.rawValue): \(option.title)") }
        for text in plan.unknown { draft.note("not known: \(text)") }
        switch (plan.options.isEmpty, plan.unknown.isEmpty) {
        case (true, true): draft.object("there is no way back in the plan")
        case (true, false): draft.doubt("there is no way back in the plan as far as is known")
        default: break
        }
        return draft.finding
    }

    var rollbackRehearsed: GateReport.Finding {
        var draft = draft(.rollbackRehearsed)
        switch facts.rehearsal {
        case .known(true, _):
            draft.note(
                "its git commands were carried out in a throw-away clone, and main was back where it is now"
            )
        case .known(false, _):
            draft.doubt(
                "there are no git commands that could be rehearsed: no backup branch yet, or pull requests only"
            )
        case .unknown(.refused(let text)):
            draft.object(text, remedy: "go back by another of the plan's options, or change what refuses it")
        case .unknown(let failure): draft.doubt(failure)
        }
        return draft.finding
    }
}

extension GateFacts.Access {
    /// Whether there was nothing to ask with.
    fileprivate var isNotConfigured: Bool {
        if case .unknown(.notConfigured) = result { true } else { false }
    }
}
