package import LookoutSettings

/// `log`: what the daemon says of itself.
package struct LogSettings: Settings, Hashable {
    /// The levels of swift-log, by the same names.
    package enum Level: String, CaseIterable, Hashable, SettingsValue {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
        case critical
    }

    package var level = Level.info

    package init() {}

    package static var fields: [Field<LogSettings>] {
        [Field("level", \.level, "The least important messages that are still written. Default: info.")]
    }
}

/// `limits`: how much Lookout may do at once.
package struct LimitSettings: Settings, Hashable {
    /// Runs of checks that may be under way at the same time.
    package var inFlight = 100

    package init() {}

    package static var fields: [Field<LimitSettings>] {
        [Field("in_flight", \.inFlight, "Runs that may be under way at once. Default: 100.", in: 1...10_000)]
    }
}

/// `retention`: how long history is kept.
package struct RetentionSettings: Settings, Hashable {
    package var samples = Duration.seconds(14 * 86_400)
    /// Resolved alerts, their transitions and what was told of them.
    package var alerts = Duration.seconds(365 * 86_400)

    package init() {}

    package static var fields: [Field<RetentionSettings>] {
        [
            Field(
                "samples",
                \.samples,
                "How long samples are kept. Default: 14d.",
                in: .seconds(3600)...(.seconds(3650 * 86_400))
            ),
            Field(
                "alerts",
                \.alerts,
                "How long what became of resolved alerts is kept. Default: 365d.",
                in: .seconds(86_400)...(.seconds(3650 * 86_400))
            ),
        ]
    }
}

/// `rules`: which rule files belong to the configuration.
struct RulesSettings: Settings {
    var files: [Located<String>] = []

    static var fields: [Field<RulesSettings>] {
        [
            Field(
                "files",
                \.files,
                "Paths of rule files, relative to this file; * and ? stand for characters.",
                required: true
            )
        ]
    }
}
