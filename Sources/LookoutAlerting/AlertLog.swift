import Logging
import LookoutModel

/// What operators read of alerts: what is told at `notice`, the rest at `debug`.
struct AlertLog {
    let logger: Logger

    func report(_ transitions: [AlertTransition], of alerts: [Alert]) {
        let alerts = Dictionary(alerts.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for transition in transitions {
            let alert = alerts[transition.alert]
            logger.log(
                level: transition.isOfInterest ? .notice : .debug,
                "alert changed",
                metadata: [
                    "alert": "\(transition.alert)",
                    "rule": "\(alert?.id.rule ?? "")",
                    "labels": "\(alert?.id.labels.text ?? "")",
                    "from": "\(transition.from?.rawValue ?? "none")",
                    "to": "\(transition.to?.rawValue ?? "none")",
                    "cause": "\(transition.cause.rawValue)",
                    "severity": "\(transition.severity.rawValue)",
                    "episode": "\(transition.episode)",
                ]
            )
        }
    }
}

extension AlertTransition {
    /// Whether an operator wants to read of it: everything that is told.
    fileprivate var isOfInterest: Bool {
        switch cause {
        case .held, .recovered, .escalated, .deescalated, .ruleRemoved, .checkRemoved: true
        case .appeared, .passed, .forgotten, .cleared, .returned: false
        }
    }
}
