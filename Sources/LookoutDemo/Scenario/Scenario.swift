package import LookoutModel
package import LookoutSettings

/// A rehearsal written down: what is true at its beginning, what happens when, and what is to come of it.
///
///     name: a build with the staging backend in it
///     timeline:
///       - {at: 5m, sync: {message: trip planner, breaks: [frontend=staging-host]}}
///       - {at: 30m, rollback: suggested}
///     until: 60m
///     expect:
///       - {at: 25m, diagnosis: staging-host, verdict: regressed, rollback: [netlify]}
package struct Scenario: Settings {
    package static let fields: [Field<Scenario>] = [
        Field("name", \.name, "What is rehearsed, in a sentence.", required: true),
        Field("start", \.start, "What is true at the beginning."),
        Field("timeline", \.timeline, "What happens, in the order of its times."),
        Field("until", \.until, "How long it goes on.", in: .seconds(60)...(.seconds(7 * 86_400))),
        Field("expect", \.expectations, "What is to have come of it, and when."),
    ]

    package var name = ""
    package var start = ScenarioStart()
    package var timeline: [ScenarioStep] = []
    package var until = Duration.seconds(3600)
    package var expectations: [ScenarioExpectation] = []

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if name.isEmpty { context.error("the scenario has no name", at: node["name"] ?? node) }
        for (earlier, later) in zip(timeline, timeline.dropFirst()) where later.at < earlier.at {
            context.diagnostics.error(
                "\(later.at.durationText) comes before \(earlier.at.durationText)",
                at: later.position,
                hint: "write the timeline in the order of its times"
            )
        }
        for step in timeline where step.at >= until {
            context.diagnostics.error(
                "at \(step.at.durationText) the scenario is over",
                at: step.position,
                hint: "it ends at \(until.durationText); set until"
            )
        }
        for expectation in expectations where (expectation.at ?? .zero) > until {
            context.diagnostics.error(
                "at \(expectation.at?.durationText ?? "") the scenario is over",
                at: expectation.position,
                hint: "it ends at \(until.durationText); set until"
            )
        }
    }

    /// Reads a scenario from what stands in a file, with every error and its place.
    package static func read(_ root: SettingsNode) -> Result<Scenario, Diagnostics> {
        var context = SettingsContext()
        let scenario = Scenario(root, &context)
        guard let scenario, !context.diagnostics.hasErrors else { return .failure(context.diagnostics) }
        return .success(scenario)
    }
}

/// What is true when a scenario begins.
package struct ScenarioStart: Settings {
    package static let fields: [Field<ScenarioStart>] = [
        Field("at", \.at, "What the clock shows, such as 2025-08-20T12:00:00Z."),
        Field("faults", \.faults, "What is broken from the beginning: production.backend=slow, netlify=401."),
        Field("settings", \.settings, "How services are set up at their providers."),
        Field("databases", \.databases, "How databases stand."),
        Field("incidents", \.incidents, "What providers say of themselves."),
    ]

    package var at: ScenarioTime?
    package var faults: [ScenarioFault] = []
    package var settings: [ScenarioSettings] = []
    package var databases: [ScenarioDatabase] = []
    package var incidents: [ScenarioIncident] = []

    package init() {}
}

/// A time of the calendar.
package struct ScenarioTime: SettingsValue, Hashable {
    package static var shape: Shape { .string(pattern: nil) }

    package let time: Timestamp

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            context.error(
                "\"\(text.shortened)\" is not a time",
                at: node,
                hint: "write it with its zone: 2025-08-20T12:00:00Z"
            )
            return nil
        }
        self.time = time
    }
}
