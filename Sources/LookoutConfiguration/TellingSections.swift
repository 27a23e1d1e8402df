import LookoutAlerting
import LookoutSettings

/// The sections that say who is told of alerts, when, and how often.
struct TellingSections: Sendable {
    var routes: RoutesSettings?
    var reminders = ReminderSettings()
    var flapping = FlappingChoice.detected(FlappingSettings())
    var maintenance: [MaintenanceSettings] = []
    var announcements = AnnouncementSettings()
    var timeIntervals: [String: [TimeIntervalSettings]] = [:]

    /// The routes and the policy; what they name and is not there is reported.
    ///
    /// - Parameters:
    ///   - receivers: the receivers that could be read.
    ///   - names: the names of all receivers, those with errors included.
    ///   - context: takes the findings.
    /// - Returns: Who hears of what, and what holds for all telling.
    func read(
        _ receivers: [ConfiguredReceiver],
        names: [String],
        _ context: inout SettingsContext
    ) -> (routes: Routes, policy: AlertPolicy) {
        let intervals = timeIntervals.map { name, entries in
            (name, TimeWindows(name: name, entries.compactMap(\.window)))
        }
        let known = RouteNames(
            receivers: NameReference(kind: "receiver", names: names),
            intervals: Dictionary(uniqueKeysWithValues: intervals)
        )
        let built = Routes(
            receivers: receivers.map(\.name),
            root: routes.map { $0.root.route(known, &context) },
            fallback: routes.map { known.receivers.resolve($0.fallback, &context) } ?? [],
            withoutResolved: Set(receivers.filter { !$0.sendsResolved }.map(\.name)),
            alertsOnly: Set(receivers.filter { !$0.sendsAnnouncements }.map(\.name))
        )
        var policy = AlertPolicy.standard
        policy.reminders = reminders.reminders
        policy.flapping = flapping.policy
        policy.communication = announcements.communication
        policy.maintenance = maintenance(known, &context)
        return (built, policy)
    }

    private func maintenance(_ known: RouteNames, _ context: inout SettingsContext) -> [Maintenance] {
        var register = NameRegister(kind: "maintenance")
        return maintenance.compactMap { entry in
            let windows = known.windows(entry.timeIntervals, &context).flatMap(\.windows)
            guard let name = entry.name, register.take(name, &context) else { return nil }
            return Maintenance(
                name: name.value.text,
                matchers: entry.matchers.flatMap(\.matchers),
                windows: entry.windows.compactMap(\.window) + windows
            )
        }
    }
}
