package import LookoutModel

extension AlertScope {
    /// The same with more alerts, such as those that Lookout raises about itself.
    package func including(_ more: [AlertID: Duration], rules others: Set<String>) -> AlertScope {
        AlertScope(
            alerts: alerts.merging(more) { own, _ in own },
            rules: rules.union(others),
            parents: parents
        )
    }
}

extension SelfWatch {
    /// What these alerts can be about: all that is configured.
    package struct Subjects: Hashable, Sendable {
        package var checks: [CheckID]
        package var environments: [String]
        /// The ids of the rules.
        package var rules: [String]
        package var receivers: [String]

        package init(checks: [CheckID], environments: [String], rules: [String], receivers: [String]) {
            self.checks = checks
            self.environments = environments
            self.rules = rules
            self.receivers = receivers
        }
    }

    /// Every alert that can be raised about a configuration, with how often it is judged.
    ///
    /// - Parameters:
    ///   - subjects: what is configured.
    ///   - storms: what storms can be about.
    /// - Returns: The alerts, each with the time from one judgement to the next.
    package func alerts(about subjects: Subjects, storms: [Labels] = []) -> [AlertID: Duration] {
        var alerts: [AlertID: Duration] = [:]
        for rule in rules {
            for labels in Self.labels(of: rule, subjects, storms) {
                alerts[AlertID(rule: rule.rawValue, labels: labels)] = Self.interval
            }
        }
        return alerts
    }

    private static func labels(of rule: SelfRule, _ subjects: Subjects, _ storms: [Labels]) -> [Labels] {
        switch rule {
        case .noData, .probeError:
            subjects.checks.map { ["environment": $0.environment, "probe": $0.probe] }
        case .ruleError:
            subjects.rules.flatMap { rule in
                subjects.environments.map { ["environment": $0, "rule": rule] }
            }
        case .receiverBroken, .noticeDead: subjects.receivers.map { ["receiver": $0] }
        case .configurationInvalid, .offline: [[:]]
        case .storage: SelfFacts.Database.allCases.map { ["database": $0.rawValue] }
        case .storm: storms
        }
    }
}
