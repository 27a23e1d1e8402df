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
    package let send: @Sendable (Delivery, ReceiverTools) async -> SendVerdict

    package init(
        name: String,
        typeName: String,
        send: @escaping @Sendable (Delivery, ReceiverTools) async -> SendVerdict
    ) {
        self.name = name
        self.typeName = typeName
        self.send = send
    }

    package init(name: String, _ receiver: some ReceiverType) {
        self.init(name: name, typeName: type(of: receiver).name) { await receiver.send($0, $1) }
    }
}

extension ReceiverType {
    /// Reads the settings and makes the receiver; nil after reporting what is wrong with them.
    package static func configured(
        name: String,
        _ node: SettingsNode,
        _ context: inout SettingsContext
    ) -> ConfiguredReceiver? {
        Settings(node, &context).map { ConfiguredReceiver(name: name, Self(name: name, settings: $0)) }
    }

    package static var settingsShape: Shape { Settings.shape }
}
