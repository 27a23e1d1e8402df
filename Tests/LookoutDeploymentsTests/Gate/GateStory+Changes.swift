import LookoutModel
import LookoutStatistics

@testable import LookoutDeployments

extension GateStory {
    /// The newest run of a check of staging, changed.
    mutating func changeCheck(
        _ probe: String,
        in environment: String = "staging",
        _ change: (inout ObservedCheck) -> Void
    ) {
        let known = environment == "staging" ? facts.staging?.checks : facts.production.checks
        guard var checks = known?.value, let index = checks.firstIndex(where: { $0.check.id.probe == probe })
        else {
            return
        }
        change(&checks[index])
        if environment == "staging" {
            facts.staging?.checks = Self.known(checks)
        } else {
            facts.production.checks = Self.known(checks)
        }
    }

    /// The runs of a check of staging, changed.
    mutating func changeRuns(_ probe: String, _ change: (inout [CheckSample]) -> Void) {
        let id = CheckID(environment: "staging", probe: probe)
        guard var runs = facts.staging?.runs.value, var samples = runs[id] else { return }
        change(&samples)
        runs[id] = samples
        facts.staging?.runs = Self.known(runs)
    }

    /// The health answer of staging, changed.
    mutating func changeHealth(_ change: (inout [String: JSONValue]) -> Void) {
        changeCheck("backend-health") { check in
            guard case .object(var members)? = check.newest?.observation?.json else { return }
            change(&members)
            check.newest?.observation?.json = .object(members)
        }
    }

    /// The variables of a backend, changed.
    mutating func changeVariables(of environment: String, _ change: (inout [ProviderVariable]) -> Void) {
        let side =
            environment == "staging" ? facts.staging?.sides[.backend] : facts.production.sides[.backend]
        guard var variables = side?.variables.value else { return }
        change(&variables)
        if environment == "staging" {
            facts.staging?.sides[.backend]?.variables = Self.known(variables)
        } else {
            facts.production.sides[.backend]?.variables = Self.known(variables)
        }
    }
}
