import LookoutModel
import LookoutSettings

/// The bounds of what a check may be asked to do.
enum CheckBounds {
    static let interval: ClosedRange<Duration> = .seconds(1)...(.seconds(86_400))
    static let timeout: ClosedRange<Duration> = .milliseconds(10)...(.seconds(3600))
    static let attempts = 1...10
}

/// `defaults`: what probes have that do not say otherwise.
struct CheckDefaults: Settings {
    var interval = Duration.seconds(30)
    var timeout = Duration.seconds(10)
    var attempts = 2

    static var fields: [Field<CheckDefaults>] {
        [
            Field(
                "interval",
                \.interval,
                "From one run to the next, 1s to 24h. Default: 30s.",
                in: CheckBounds.interval
            ),
            Field("timeout", \.timeout, "What one attempt may take. Default: 10s.", in: CheckBounds.timeout),
            Field(
                "attempts",
                \.attempts,
                "How often a failing run is tried. Default: 2.",
                in: CheckBounds.attempts
            ),
        ]
    }
}

/// What a probe's entry says about its schedule; read once for each environment.
struct CheckSettings: Settings {
    var interval: Duration?
    var timeout: Duration?
    var attempts: Int?
    var labels: Labels = [:]

    static var fields: [Field<CheckSettings>] {
        [
            Field("interval", \.interval, "From one run to the next, 1s to 24h.", in: CheckBounds.interval),
            Field(
                "timeout",
                \.timeout,
                "What one attempt may take, all steps together.",
                in: CheckBounds.timeout
            ),
            Field(
                "attempts",
                \.attempts,
                "How often a failing run is tried before it counts.",
                in: CheckBounds.attempts
            ),
            Field("labels", \.labels, "Labels of the probe's checks; they win over the environment's."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        labels.reportReserved(at: node["labels"] ?? node, &context)
    }
}

/// Which probe it is, and for which environments.
struct ProbeIdentity: Settings {
    var name: Located<Name>?
    /// Nil for all.
    var environments: [Located<String>]?

    static var fields: [Field<ProbeIdentity>] {
        [
            Field(
                "name",
                "The probe's name, unique in this file: a-z, 0-9, \"-\", \"_\" and \".\".",
                required: true,
                shape: Name.shape
            ) { node, context, identity in
                identity.name = Located(node, &context)
                return identity.name != nil
            },
            Field("environments", \.environments, "The environments that it is for. Default: all."),
        ]
    }
}
