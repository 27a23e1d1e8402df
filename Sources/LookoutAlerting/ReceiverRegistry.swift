package import LookoutSettings

/// The receiver types that there are.
package struct ReceiverRegistry: Sendable {
    package let types: [any ReceiverType.Type]

    package init(_ types: [any ReceiverType.Type]) {
        self.types = types
    }

    package var names: [String] { types.map { $0.name } }

    package func type(named name: String) -> (any ReceiverType.Type)? {
        types.first { $0.name == name }
    }
}

/// A receiver with its name and settings, ready to be told.
package struct ConfiguredReceiver: Sendable {
    package let name: String
    package let typeName: String
    package let traits: ReceiverTraits
    /// Whether it is told of ends, too.
    package var sendsResolved: Bool
    /// Whether it is told what people announce.
    package var sendsAnnouncements: Bool
    /// The IANA name of the zone in which its people live.
    package var timeZone: String
    private let sending: @Sendable (Delivery, ReceiverTools) async -> SendVerdict
    private let keeping: @Sendable (@escaping CurrentAlerts, ReceiverTools) async -> Void

    package init(
        name: String,
        typeName: String,
        traits: ReceiverTraits = ReceiverTraits(),
        sendsResolved: Bool = true,
        timeZone: String = "UTC",
        keepUp: @escaping @Sendable (@escaping CurrentAlerts, ReceiverTools) async -> Void = { _, _ in },
        send: @escaping @Sendable (Delivery, ReceiverTools) async -> SendVerdict
    ) {
        self.name = name
        self.typeName = typeName
        self.traits = traits
        self.sendsResolved = sendsResolved
        sendsAnnouncements = !traits.takesAlertsOnly
        self.timeZone = timeZone
        keeping = keepUp
        sending = send
    }

    package init(
        name: String,
        _ receiver: some ReceiverType,
        sendsResolved: Bool = true,
        timeZone: String = "UTC"
    ) {
        let type = type(of: receiver)
        self.init(
            name: name,
            typeName: type.name,
            traits: type.traits,
            sendsResolved: sendsResolved,
            timeZone: timeZone,
            keepUp: { await receiver.keepUp(with: $0, $1) },
            send: { await receiver.send($0, $1) }
        )
    }

    /// Does what the receiver has to do besides sending, until the task is cancelled.
    package func keepUp(with alerts: @escaping CurrentAlerts, _ tools: ReceiverTools) async {
        await keeping(alerts, tools)
    }

    /// Sends once, with the tools set to the receiver's time zone.
    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        var tools = tools
        tools.timeZone = timeZone
        return await sending(delivery, tools)
    }
}

extension ReceiverType {
    /// Reads the settings and makes the receiver, which is told of ends and lives in UTC until its
    /// `sendsResolved` and `timeZone` are set; nil after reporting what is wrong with the settings.
    package static func configured(
        name: String,
        _ node: SettingsNode,
        _ context: inout SettingsContext
    ) -> ConfiguredReceiver? {
        Settings(node, &context).map { ConfiguredReceiver(name: name, Self(name: name, settings: $0)) }
    }

    package static var settingsShape: Shape { Settings.shape }
}
