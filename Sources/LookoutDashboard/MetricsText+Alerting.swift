import LookoutAlerting
import LookoutModel

/// The families about rules, alerts, and those who are told of them.
extension MetricsPage {
    mutating func alerts(_ alerts: [AlertStatus]) {
        family("lookout_alerts", .gauge, "Alerts that are not at rest, by state and severity.") {
            ["pending", "firing", "recovering"].flatMap { state in
                Severity.allCases.map { severity in
                    let count = alerts.count { $0.state == state && $0.severity == severity }
                    return (["state": state, "severity": String(severity.rawValue)], Double(count))
                }
            }
        }
        let active = alerts.filter { $0.state != "pending" }
        family("lookout_alerts_firing", .gauge, "Firing alerts by severity, the recovering ones included.") {
            active.bySeverity { _ in true }
        }
        family("lookout_alerts_withheld", .gauge, "Firing alerts that people are kept from hearing of.") {
            active.bySeverity { $0.withheld != nil }
        }
        family("lookout_alerts_acknowledged", .gauge, "Firing alerts that somebody takes care of.") {
            active.bySeverity { $0.acknowledgedBy != nil }
        }
    }

    mutating func receivers(_ receivers: [ReceiverStatus], at now: Timestamp) {
        family("lookout_outbox_queued", .gauge, "Notices still to be delivered.") {
            receivers.map { ($0.metricsLabels, Double($0.queued)) }
        }
        family("lookout_outbox_oldest_seconds", .gauge, "Age of the oldest notice still to be delivered.") {
            receivers.map { receiver in
                let age = receiver.oldestQueued.map { max(0, (now - $0).inSeconds) }
                return (receiver.metricsLabels, age ?? 0)
            }
        }
        family("lookout_notices_dead", .gauge, "Notices on record that were given up.") {
            receivers.map { ($0.metricsLabels, Double($0.dead)) }
        }
        family("lookout_notices_superseded", .gauge, "Notices on record that a later one told of.") {
            receivers.map { ($0.metricsLabels, Double($0.superseded)) }
        }
        family("lookout_receiver_health", .gauge, "1 for how the receiver fares, 0 for the others.") {
            receivers.flatMap { receiver in
                ["working", "resting", "broken"].map { health in
                    let labels = receiver.metricsLabels.merging(["health": health])
                    return (labels, receiver.health.name == health ? 1 : 0)
                }
            }
        }
    }

    /// What Alertmanager counts of its notifications, under its names for it.
    ///
    /// Every counter is there from the start, so that the first failure is an increase.
    mutating func notifications(_ receivers: [ReceiverStatus]) {
        family("lookout_notifications_total", .counter, "Messages that were told or given up.") {
            receivers.map { receiver in
                let givenUp = receiver.numbers.givenUp.values.reduce(0, +)
                return (receiver.metricsLabels, Double(receiver.numbers.told + givenUp))
            }
        }
        family("lookout_notifications_failed_total", .counter, "Messages that were given up.") {
            receivers.flatMap { $0.byReason($0.numbers.givenUp) }
        }
        family("lookout_notification_requests_total", .counter, "Attempts to tell a receiver.") {
            receivers.map { ($0.metricsLabels, Double($0.numbers.attempts)) }
        }
        family(
            "lookout_notification_requests_failed_total",
            .counter,
            "Attempts to tell a receiver that failed; most are made again."
        ) {
            receivers.flatMap { $0.byReason($0.numbers.failedAttempts) }
        }
        family("lookout_notification_request_seconds_total", .counter, "Time that attempts took.") {
            receivers.map { ($0.metricsLabels, $0.numbers.duration.inSeconds) }
        }
    }

    mutating func rules(_ rules: [RuleStatus]) {
        let counts: [(name: String, help: String, count: (RuleStatus) -> Int)] = [
            ("evaluations", "Evaluations of rules.", \.evaluations),
            ("errors", "Evaluations of rules that failed.", \.errors),
            ("no_data", "Evaluations of rules that had too little to tell.", \.noData),
            ("withheld", "Evaluations put off because nothing could be said of any target.", \.withheld),
        ]
        for (name, help, count) in counts {
            family("lookout_rule_\(name)_total", .counter, help) {
                rules.map { (["rule": $0.rule], Double(count($0))) }
            }
        }
        family(
            "lookout_rule_unstored_total",
            .counter,
            "Evaluations that lacked a field which the history does not keep."
        ) {
            rules.flatMap { rule in
                rule.unstored.sorted { $0.key < $1.key }
                    .map { (["rule": rule.rule, "field": $0.key], Double($0.value)) }
            }
        }
    }
}

extension [AlertStatus] {
    /// How many there are of each severity, of those that count.
    fileprivate func bySeverity(_ counts: (AlertStatus) -> Bool) -> [(labels: Labels, value: Double)] {
        Severity.allCases.map { severity in
            (["severity": String(severity.rawValue)], Double(count { $0.severity == severity && counts($0) }))
        }
    }
}

extension ReceiverStatus {
    fileprivate var metricsLabels: Labels { ["receiver": name, "type": type] }

    fileprivate func byReason(
        _ counts: [DispatchNumbers.Failure: Int]
    ) -> [(labels: Labels, value: Double)] {
        DispatchNumbers.Failure.allCases.map { reason in
            (metricsLabels.merging(["reason": reason.rawValue]), Double(counts[reason] ?? 0))
        }
    }
}
