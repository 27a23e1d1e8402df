import LookoutModel

extension WatchJudge {
    /// What the watch says of each check, for the record.
    func validations(of deployment: Deployment) -> [ValidationResult] {
        var results = checks.values.sorted { $0.check.check < $1.check.check }.map(\.validation)
        if deployment.validation("errors") == nil, !deployment.issues.isEmpty {
            let grave = IssueReasons.regressions(deployment.issues, since: plan.transition.lowerBound)
            let all = grave + IssueReasons.doubts(deployment.issues, since: plan.transition.lowerBound)
            let text = all.isEmpty ? "no new errors" : all.map(\.text).joined(separator: "; ")
            results.append(
                ValidationResult(
                    item: "errors",
                    verdict: grave.isEmpty ? (all.isEmpty ? .passed : .unknown) : .failed,
                    detail: PlainText.line(text, atMost: 400)
                )
            )
        }
        return results
    }
}

extension CheckWatch {
    /// The check's result under its own name.
    fileprivate var validation: ValidationResult {
        let against = regressionReasons + doubts
        let isWorse = !regressions.isEmpty || outageAt != nil
        let text = against.isEmpty ? proof.map(\.text) : against.map(\.text)
        return ValidationResult(
            item: check.check.probe,
            verdict: isWorse ? .failed : against.isEmpty ? .passed : .unknown,
            detail: text.joined(separator: "; ")
        )
    }
}
