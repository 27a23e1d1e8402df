import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutPipeline
import LookoutRules

extension Configuration {
    /// Which alerts can be raised, by the rules and about Lookout itself: what is on the book beyond them
    /// has lost its rule or check.
    var alertScope: AlertScope {
        let watch = SelfWatch(selfAlerts)
        let environments = environments.map(\.name)
        let own = watch.alerts(
            about: SelfWatch.Subjects(
                checks: checks.map(\.check.id),
                environments: environments,
                rules: rules.rules.map(\.id),
                receivers: receivers.map(\.name)
            ),
            storms: environments.map { ["environment": $0] }
        )
        return AlertScope(of: rules, for: checks.lazy.map(\.check))
            .including(own, rules: Set(watch.rules.map(\.rawValue)))
    }

    /// The receivers, of those that do not work, that are all who would be told of some alert of severity 1.
    ///
    /// Looks at each rule once in each environment, since routes go by the labels of both.
    func onlyEars(among broken: Set<String>, at now: Timestamp) -> Set<String> {
        guard !broken.isEmpty else { return [] }
        var routes = routes
        routes.broken = broken
        var ears: Set<String> = []
        var seen: Set<[String]> = []
        for configured in checks {
            let check = configured.check
            for rule in rules.rules(matching: check)
            where seen.insert([rule.id, check.id.environment]).inserted {
                let alert = Alert(
                    id: rule.alert(for: check.id),
                    labels: rule.labels,
                    state: .firing,
                    severity: .outage,
                    pendingSince: now
                )
                let audience = Set(routes.receivers(for: alert, at: now))
                if audience.isSubset(of: broken) { ears.formUnion(audience) }
            }
        }
        return ears
    }
}
