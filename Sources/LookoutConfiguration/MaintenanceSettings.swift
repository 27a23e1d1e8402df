import LookoutAlerting
import LookoutSettings

/// One entry of `maintenance`: work that is planned.
struct MaintenanceSettings: Settings {
    var name: Located<Name>?
    var matchers: [MatcherSettings] = []
    var windows: [TimeIntervalSettings] = []
    var timeIntervals: [Located<String>] = []

    static var fields: [Field<MaintenanceSettings>] {
        [
            Field("name", "What it is called, unique in this file.", required: true, shape: Name.shape) {
                node,
                context,
                maintenance in
                maintenance.name = Located(node, &context)
                return maintenance.name != nil
            },
            Field(
                "matchers",
                \.matchers,
                "Of which alerts people are not told meanwhile: all must match.",
                required: true
            ),
            Field("windows", \.windows, "When."),
            Field("time_intervals", \.timeIntervals, "The names of time intervals: also then."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if matchers.allSatisfy(\.matchers.isEmpty) {
            context.error(
                "a maintenance without matchers would be of nothing",
                at: node["matchers"] ?? node,
                hint: "such as 'environment=\"production\"'"
            )
        }
        if windows.isEmpty, timeIntervals.isEmpty {
            context.error("the maintenance has no time", at: node, hint: "give it windows or time_intervals")
        }
    }
}
