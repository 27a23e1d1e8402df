package import LookoutDeployments
package import LookoutSettings

extension DeploymentSettings.Gate: Settings {
    package static var fields: [Field<DeploymentSettings.Gate>] {
        [
            Field(
                "window",
                \.window,
                "Staging must have been well for so long. Default: 30m.",
                in: .seconds(5 * 60)...(.seconds(24 * 3600))
            ),
            Field(
                "coverage",
                "So much of the window must be covered by runs, from 0.5 to 1. Default: 0.9.",
                shape: .number
            ) { node, context, root in
                guard let share = Double(node, &context) else { return false }
                guard (0.5...1).contains(share) else {
                    context.error("\(share) is not from 0.5 to 1", at: node)
                    return false
                }
                root.coverage = share
                return true
            },
            Field(
                "backup_age",
                \.backupAge,
                "A backup of the database may be so old. Default: 26h.",
                in: .seconds(3600)...(.seconds(30 * 86_400))
            ),
            Field(
                "health_probe",
                \.healthProbe,
                "The probe whose JSON tells of the services. Default: every HTTP probe with a status in its JSON."
            ),
            Field("services", \.services, "What each service of the health answer may say, by its name."),
            Field(
                "markers",
                \.markers,
                "Texts that no health answer may hold. Default: emergency mode, demo mode."
            ),
            Field(
                "checklist",
                \.checklist,
                "What people look at and tick by name. Default: three items of the workflow."
            ),
            Field(
                "require_reviews",
                \.requiresReviews,
                "Whether every change must be approved. Default: true."
            ),
            Field(
                "required_checks",
                \.requiredChecks,
                "Checks that must have passed. Default: all that there are."
            ),
            Field(
                "timeout",
                \.timeout,
                "A question to a provider may take so long. Default: 20s.",
                in: .seconds(1)...(.seconds(300))
            ),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        let place = node["checklist"] ?? node
        var seen: Set<String> = []
        for item in checklist where !seen.insert(item.id).inserted {
            context.error(
                "the checklist has two items \"\(item.id)\"",
                at: place,
                hint: "give one another id"
            )
        }
        for (service, words) in services where words.isEmpty {
            context.error(
                "\(service.shortened) may say nothing at all",
                at: node["services"]?[service] ?? node,
                hint: "list the words that mean well, such as [connected]"
            )
        }
    }
}

extension DeploymentSettings.ChecklistItem: Settings {
    package init() {
        self.init(id: "", title: "")
    }

    package static var fields: [Field<DeploymentSettings.ChecklistItem>] {
        [
            Field("id", "Its name for ticking.", required: true, shape: Name.shape) { node, context, root in
                guard let name = Name(node, &context) else { return false }
                root.id = name.text
                return true
            },
            Field("title", \.title, "What holds where it is ticked.", required: true),
            Field("emergency", \.inEmergency, "Whether it is asked in an emergency too. Default: false."),
        ]
    }
}

extension DeploymentSettings.Watch: Settings {
    package static var fields: [Field<DeploymentSettings.Watch>] {
        [
            Field(
                "duration",
                \.duration,
                "How long a deployment is watched. Default: 30m.",
                in: .seconds(10 * 60)...(.seconds(120 * 60))
            ),
            Field(
                "extend",
                \.extend,
                "By how much it is extended while nothing is proved. Default: 15m.",
                in: .seconds(60)...(.seconds(60 * 60))
            ),
            Field(
                "longest",
                \.longest,
                "How long it takes at most with all extensions. Default: 1h, or the duration if that is longer.",
                in: .seconds(10 * 60)...(.seconds(240 * 60))
            ),
            Field(
                "baseline",
                \.baseline,
                "How much of the time before is compared with. Default: 6h.",
                in: .seconds(30 * 60)...(.seconds(7 * 86_400))
            ),
            Field(
                "reminder",
                \.reminder,
                "When people are asked what users say. Default: 1h.",
                in: .seconds(10 * 60)...(.seconds(24 * 3600))
            ),
            Field(
                "patience",
                \.patience,
                "A deploy that takes longer is reported. Default: 20m.",
                in: .seconds(60)...(.seconds(6 * 3600))
            ),
            Field(
                "switch_outage",
                \.switchOutage,
                "An outage while versions are switched counts after so long. Default: 90s.",
                in: .seconds(10)...(.seconds(900))
            ),
            Field(
                "page_limit",
                \.pageLimit,
                "A page must load in less. Default: 3s.",
                in: .milliseconds(100)...(.seconds(60))
            ),
            Field(
                "alpha",
                "The share of good deployments that may be called worse, from 0.0001 to 0.1. Default: 0.01.",
                shape: .number
            ) { node, context, root in
                guard let share = Double(node, &context) else { return false }
                guard (0.0001...0.1).contains(share) else {
                    context.error("\(share) is not from 0.0001 to 0.1", at: node)
                    return false
                }
                root.alpha = share
                return true
            },
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let place = node["longest"], longest < duration else { return }
        context.error(
            "\(longest.durationText) is shorter than the watch itself, \(duration.durationText)",
            at: place,
            hint: "make it at least as long"
        )
    }
}
