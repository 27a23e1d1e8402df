extension DatabaseSchema {
    /// The form of `alerts.db`.
    ///
    /// A new migration is one file and one line here, at the end.
    static let alerts = DatabaseSchema(
        applicationID: 0x4C4B_414C,  // "LKAL"
        migrations: [
            .alerts001Outbox,
            .alerts002Episodes,
            .alerts003Digests,
            .alerts004Pulse,
            .alerts005Announcements,
            .alerts006Heads,
            .alerts007Deployments,
        ]
    )
}
