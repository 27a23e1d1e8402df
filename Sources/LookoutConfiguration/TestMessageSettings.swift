import LookoutAlerting
import LookoutSettings

/// `test_message` of a heartbeat: through whom it goes, and how often one must arrive.
struct TestMessageSettings: Settings {
    var receiver: Located<String>?
    var period: Duration?

    static var fields: [Field<TestMessageSettings>] {
        [
            Field(
                "receiver",
                "The receiver that must be reached; best one that wakes nobody.",
                required: true,
                shape: Name.shape
            ) { node, context, settings in
                settings.receiver = Located(node, &context)
                return settings.receiver != nil
            },
            Field(
                "period",
                \.period,
                "One must arrive within so long; two are sent. Default: the heartbeat's period, at least 1m.",
                in: .seconds(60)...(.seconds(86_400))
            ),
        ]
    }

    /// Nil after reporting that there is no such receiver, or that it would not be told.
    func testMessage(
        every period: Duration,
        to receivers: HeartbeatReceivers,
        _ context: inout SettingsContext
    ) -> Heartbeat.TestMessage? {
        guard let receiver, let name = receivers.names.resolve([receiver], &context).first else { return nil }
        guard !receivers.withoutResolved.contains(name) else {
            context.diagnostics.error(
                "receiver \"\(name)\" would not be told: it has send_resolved: false",
                at: receiver.position,
                hint: "a test message says that something is over; name another receiver"
            )
            return nil
        }
        return Heartbeat.TestMessage(receiver: name, period: self.period ?? max(period, .seconds(60)))
    }
}

/// What heartbeats may name.
struct HeartbeatReceivers {
    let names: NameReference
    /// Those who are not told of ends.
    let withoutResolved: Set<String>

    /// - Parameters:
    ///   - receivers: the receivers that could be read.
    ///   - names: the names of all receivers, those with errors included.
    init(_ receivers: [ConfiguredReceiver], names: [String]) {
        self.names = NameReference(kind: "receiver", names: names)
        withoutResolved = Set(receivers.filter { !$0.sendsResolved }.map(\.name))
    }
}
