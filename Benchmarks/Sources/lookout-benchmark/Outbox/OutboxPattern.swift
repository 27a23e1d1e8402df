import LookoutAlerting
import LookoutModel
import LookoutStorage

/// Alerts that fire, as rules with the usual texts make them.
enum OutboxPattern {
    static let time = Timestamp(seconds: 1_790_000_000)

    /// One step in which alerts of these numbers fire, for one receiver.
    static func commit(_ numbers: Range<Int>) -> AlertCommit {
        var commit = AlertCommit()
        var generator = SystemRandomNumberGenerator()
        for number in numbers {
            let alert = Alert(
                id: AlertID(
                    rule: "latency",
                    labels: ["environment": "production", "probe": "api-\(number)"]
                ),
                labels: ["team": "web"],
                state: .firing,
                severity: number.isMultiple(of: 100) ? .outage : .minor,
                episode: 1,
                texts: AlertTexts(
                    summary: "api-\(number) answers slowly: 1843 ms, the limit is 800 ms",
                    description: "The median of the last five minutes is above the limit of the objective.",
                    runbook: "https://example.org/runbooks/latency"
                ),
                pendingSince: time,
                firingSince: time
            )
            commit.alerts.append(alert)
            commit.transitions.append(
                AlertTransition(
                    alert: alert.key,
                    episode: 1,
                    from: .pending,
                    to: .firing,
                    severity: alert.severity,
                    cause: .held,
                    at: time
                )
            )
            commit.notices.append(
                Notice(
                    id: NoticeID(at: time, using: &generator),
                    receiver: "team",
                    kind: .firing,
                    alert: alert,
                    createdAt: time
                )
            )
        }
        return commit
    }

    static func claim(_ store: SQLiteAlertStore) async throws -> Delivery? {
        var generator = SystemRandomNumberGenerator()
        let request = ClaimRequest(
            receiver: "team",
            lease: Lease(owner: "bench", until: time + .seconds(60)),
            now: time,
            horizon: .seconds(3600),
            digestID: NoticeID(at: time, using: &generator)
        )
        if case .delivery(let delivery) = try await store.claim(request) { return delivery }
        return nil
    }
}
