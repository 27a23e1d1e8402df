import LookoutAlerting
import LookoutModel
import LookoutSettings

/// `reminders`: how often people are told again of what nobody has taken on.
struct ReminderSettings: Settings {
    /// An interval, or never.
    enum Interval: SettingsValue, Hashable {
        case every(Duration)
        case never

        static var shape: Shape { .oneOf([Duration.shape, .choice(["never"])]) }

        init?(_ node: SettingsNode, _ context: inout SettingsContext) {
            if case .scalar("never", _) = node.content {
                self = .never
                return
            }
            guard let duration = Duration(node, &context) else { return nil }
            guard duration >= Reminders.shortest else {
                context.error(
                    "\(duration.durationText) is too often for a reminder",
                    at: node,
                    hint: "at least \(Reminders.shortest.durationText), or never"
                )
                return nil
            }
            self = .every(duration)
        }
    }

    var outage: Interval?
    var major: Interval?
    var minor: Interval?

    static var fields: [Field<ReminderSettings>] {
        [
            Field("1", \.outage, "Of severity 1: at least 5m, or never. Default: 1h."),
            Field("2", \.major, "Of severity 2. Default: 4h."),
            Field("3", \.minor, "Of severity 3. Default: 1d."),
        ]
    }

    var reminders: Reminders {
        var reminders = Reminders.standard
        for (severity, interval) in [(Severity.outage, outage), (.major, major), (.minor, minor)] {
            switch interval {
            case .every(let duration): reminders.intervals[severity] = duration
            case .never: reminders.intervals[severity] = nil
            case nil: break
            }
        }
        return reminders
    }
}
