/// What holds for the telling of all alerts, whoever hears of them.
///
/// Without anything said there are no reminders and no maintenance, and nothing flaps.
package struct AlertPolicy: Hashable, Sendable {
    package var reminders: Reminders
    package var maintenance: [Maintenance]
    /// Nil is that nothing flaps.
    package var flapping: FlappingPolicy?

    package init(
        reminders: Reminders = .never,
        maintenance: [Maintenance] = [],
        flapping: FlappingPolicy? = nil
    ) {
        self.reminders = reminders
        self.maintenance = maintenance
        self.flapping = flapping
    }

    /// What holds where the configuration says nothing else.
    package static let standard = AlertPolicy(reminders: .standard, flapping: .standard)
}
