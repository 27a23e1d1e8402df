package import LookoutModel
package import LookoutSettings

/// `slo:`: a share of the checks that must succeed over a period, and when the way it is missed is worth
/// an alert.
///
/// What may fail is the error budget, (100 − objective) percent. An alert is raised when it is spent so
/// much faster than it lasts that a part of it is gone within a window.
package struct ServiceLevelObjective: Settings, Hashable {
    /// In percent.
    package var objective = 99.9
    package var period = Duration.seconds(30 * 86_400)
    /// So many samples must lie in a long window for it to say anything.
    package var minimumSamples = 10
    /// So many of the samples of a long window must have failed: where little is asked, one failure is
    /// a great share of a small budget.
    package var minimumFailures = 2
    /// The severity while the budget is spent so fast that it is gone within days.
    package var page = Severity.outage
    /// The severity while it is spent faster than it lasts.
    package var ticket = Severity.minor

    package init() {}

    package static var fields: [Field<ServiceLevelObjective>] {
        [
            objectiveField,
            Field(
                "period",
                \.period,
                "What the objective is about: the last 7d to 90d. Default: 30d.",
                in: .seconds(7 * 86_400)...(.seconds(90 * 86_400))
            ),
            Field(
                "min_samples",
                \.minimumSamples,
                "So many samples must lie in a long window for it to count. Default: 10.",
                in: 1...100_000
            ),
            Field(
                "min_failures",
                \.minimumFailures,
                "So many of them must have failed. Default: 2.",
                in: 1...100_000
            ),
            Field("page", \.page, "The severity while the budget is spent fast. Default: 1."),
            Field("ticket", \.ticket, "The severity while it is spent slowly. Default: 3."),
        ]
    }

    private static var objectiveField: Field<ServiceLevelObjective> {
        Field(
            "objective",
            "How many percent of the checks must succeed: 50 to 99.999.",
            required: true,
            shape: Double.shape
        ) { node, context, settings in
            guard let percent = Double(node, &context) else { return false }
            guard (50...99.999).contains(percent) else {
                context.error(
                    "an objective of \(percent) % cannot be alerted on",
                    at: node,
                    hint: percent > 0 && percent <= 1
                        ? "it is given in percent: 99.9, not 0.999" : "50 to 99.999 percent"
                )
                return false
            }
            settings.objective = percent
            return true
        }
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if ticket.isWorse(than: page) {
            context.error(
                "ticket: \(ticket.rawValue) is worse than page: \(page.rawValue)",
                at: node["ticket"] ?? node["page"] ?? node,
                hint: "page is for the fast rows, ticket for the slow ones"
            )
        }
    }
}
