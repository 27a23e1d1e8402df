import LookoutAlerting
import LookoutSettings

/// What receivers of all types have.
struct ReceiverIdentity: Settings {
    var name: Located<Name>?

    static var fields: [Field<ReceiverIdentity>] {
        [
            Field(
                "name",
                "The receiver's name, unique in this file: a-z, 0-9, \"-\", \"_\" and \".\".",
                required: true,
                shape: Name.shape
            ) { node, context, identity in
                identity.name = Located(node, &context)
                return identity.name != nil
            }
        ]
    }
}

/// Makes receivers of the file's entries.
struct ReceiverList {
    let registry: ReceiverRegistry
    private var names = NameRegister(kind: "receiver")

    static var commonKeys: [String] { ReceiverIdentity.fields.map(\.key) }

    init(registry: ReceiverRegistry) {
        self.registry = registry
    }

    /// The receiver of one entry; nil after reporting what is wrong with it.
    mutating func receiver(
        of node: SettingsNode,
        _ context: inout SettingsContext
    ) -> ConfiguredReceiver? {
        let entry = TypedEntry(
            node,
            kind: "receiver",
            commonKeys: ReceiverList.commonKeys,
            types: registry.names,
            &context
        )
        guard let entry else { return nil }
        let identity = ReceiverIdentity(entry.node(for: ReceiverIdentity.self), &context)
        let isNew = identity?.name.map { names.take($0, &context) } ?? false
        let name = identity?.name?.value.text ?? ""
        let receiver = entry.tag.flatMap { tag in
            registry.type(named: tag.key)?.configured(name: name, tag.value, &context)
        }
        return isNew ? receiver : nil
    }
}
