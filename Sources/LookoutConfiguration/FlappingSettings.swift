import LookoutAlerting
import LookoutModel
import LookoutSettings

/// `flapping`: when an alert comes and goes too often for each time to be worth telling.
struct FlappingSettings: Settings {
    var start = Int(FlappingPolicy.standard.high)
    var stop = Int(FlappingPolicy.standard.low)
    var exempt = FlappingPolicy.standard.exempt.sorted { $0.rawValue < $1.rawValue }

    /// Of the last judgements, the newest weighing most; all of them being changes makes 99 percent.
    private static let percentages = 1...98

    static var fields: [Field<FlappingSettings>] {
        [
            Field(
                "start",
                \.start,
                "An alert flaps above this percentage of changes. Default: 30.",
                in: percentages
            ),
            Field(
                "stop",
                \.stop,
                "It flaps no longer below this percentage, at most that of start. Default: 25.",
                in: percentages
            ),
            Field("exempt", \.exempt, "Severities that never flap: each time is told. Default: 1."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if stop > start {
            context.error(
                "flapping would stop at \(stop) percent of changes, before it starts at \(start)",
                at: node["stop"] ?? node["start"] ?? node,
                hint: "make stop at most as large as start"
            )
        }
    }

    var policy: FlappingPolicy {
        FlappingPolicy(high: Double(start), low: Double(stop), exempt: Set(exempt))
    }
}

/// What the file says of flapping: thresholds, or that nothing flaps.
enum FlappingChoice: SettingsValue {
    case off
    case detected(FlappingSettings)

    static var shape: Shape { .oneOf([FlappingSettings.shape, .choice(["off"])]) }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .scalar("off", _) = node.content {
            self = .off
            return
        }
        guard let settings = FlappingSettings(node, &context) else { return nil }
        self = .detected(settings)
    }

    /// Nil is that nothing flaps.
    var policy: FlappingPolicy? {
        switch self {
        case .off: nil
        case .detected(let settings): settings.policy
        }
    }
}
