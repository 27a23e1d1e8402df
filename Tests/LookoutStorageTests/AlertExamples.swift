import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// Alerts and notices for tests.
enum AlertExamples {
    static let time = Timestamp(seconds: 1_790_000_000)

    static func alert(_ rule: String, severity: Severity = .major, episode: Int = 1) -> Alert {
        Alert(
            id: AlertID(rule: rule, labels: ["environment": "production", "probe": "api"]),
            state: .firing,
            severity: severity,
            episode: episode,
            texts: AlertTexts(summary: "\(rule) in production", description: "quote \" NUL \0 \u{1F6A8}"),
            pendingSince: time,
            firingSince: time
        )
    }

    /// A notice whose name is drawn from a number.
    static func notice(
        _ number: UInt64,
        of alert: Alert,
        receiver: String = "team",
        kind: Notice.Kind = .firing,
        at time: Timestamp = time
    ) -> Notice {
        var generator = SeededGenerator(seed: number)
        return Notice(
            id: NoticeID(at: time, using: &generator),
            receiver: receiver,
            kind: kind,
            alert: alert,
            createdAt: time
        )
    }
}
