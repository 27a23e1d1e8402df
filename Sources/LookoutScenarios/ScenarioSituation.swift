import LookoutAlerting
import LookoutDemo
import LookoutDeployments
import LookoutModel

/// How matters stand at a time of a scenario.
struct ScenarioSituation {
    let alerts: [Alert]
    /// The newest deployment.
    let deployment: Deployment?
    /// What Lookout says to it.
    let advice: ScenarioAdvisor.Advice

    var firing: [Alert] { alerts.filter(\.state.isActive) }
    var severity: Severity? { firing.map(\.severity).min() }
    var diagnosis: String? { advice.diagnoses.first?.cause }

    /// The means that are suggested together, in their order.
    var rollback: [String] {
        guard let plan = advice.plan else { return [] }
        return plan.options.prefix(plan.suggestedCount).map(\.means.rawValue)
    }

    /// What is not as it was expected, a line each with the place of the expectation.
    func disappointments(_ expected: ScenarioExpectation) -> [String] {
        var lines: [String] = []
        func compare(_ what: String, _ wanted: String?, _ found: String) {
            guard let wanted, wanted != found else { return }
            lines.append("\(expected.position): \(what): expected \(wanted), found \(found)")
        }
        func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }
        compare(
            "alerts",
            expected.alerts.map { list(Set($0).sorted()) },
            list(Set(firing.map(\.id.rule)).sorted())
        )
        let wanted = expected.severity.map { severity in
            switch severity {
            case .nothing: "none"
            case .worst(let severity): "\(severity.rawValue)"
            }
        }
        compare("severity", wanted, severity.map { "\($0.rawValue)" } ?? "none")
        compare("diagnosis", expected.diagnosis, diagnosis ?? "none")
        compare("verdict", expected.verdict?.rawValue, deployment?.verdict?.word.rawValue ?? "none")
        compare("rollback", expected.rollback.map { list($0.map(\.rawValue)) }, list(rollback))
        return lines
    }
}
