/// What holds for all telling, whoever hears of it.
///
/// Without anything said there are no reminders and no maintenance, and nothing flaps.
package struct AlertPolicy: Hashable, Sendable {
    package var reminders: Reminders
    package var maintenance: [Maintenance]
    /// Nil is that nothing flaps.
    package var flapping: FlappingPolicy?
    /// How announcements are worded.
    package var communication: CommunicationProtocol

    package init(
        reminders: Reminders = .never,
        maintenance: [Maintenance] = [],
        flapping: FlappingPolicy? = nil,
        communication: CommunicationProtocol = .standard
    ) {
        self.reminders = reminders
        self.maintenance = maintenance
        self.flapping = flapping
        self.communication = communication
    }

    /// What holds where the configuration says nothing else.
    package static let standard = AlertPolicy(reminders: .standard, flapping: .standard)
}
