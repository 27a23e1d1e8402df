internal import CivilTime
import LookoutAlerting
import LookoutSettings

/// What receivers of all types have.
struct ReceiverIdentity: Settings {
    var name: Located<Name>?
    var sendsResolved = true
    var sendsAnnouncements: Bool?
    var timeZone = "UTC"

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
            },
            Field("send_resolved", \.sendsResolved, "Whether it is told of ends too. Default: true."),
            Field(
                "send_announcements",
                \.sendsAnnouncements,
                "Whether it is told of deployments that people announce. Default: true, where it can be."
            ),
            Field(
                "time_zone",
                "The time zone of its people, such as Europe/Berlin. Default: UTC.",
                shape: ZoneSettings.shape
            ) { node, context, identity in
                guard let settings = ZoneSettings(node, &context) else { return false }
                identity.timeZone = settings.zone.name
                return true
            },
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

    /// The names given so far, those of receivers with errors included.
    var knownNames: [String] { names.taken }

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
        let (identity, isSound) = ReceiverIdentity.readable(entry.node(for: ReceiverIdentity.self), &context)
        let isNew = identity.name.map { names.take($0, &context) } ?? false
        let name = identity.name?.value.text ?? ""
        let receiver = entry.tag.flatMap { tag in
            registry.type(named: tag.key)?.configured(name: name, tag.value, &context)
        }
        guard isNew, isSound, var receiver else { return nil }
        receiver.sendsResolved = identity.sendsResolved
        if let wanted = identity.sendsAnnouncements {
            if wanted, receiver.traits.takesAlertsOnly {
                context.error(
                    "a receiver of type \(receiver.typeName) takes alerts only",
                    at: node["send_announcements"] ?? node
                )
            }
            receiver.sendsAnnouncements = wanted
        }
        receiver.timeZone = identity.timeZone
        return receiver
    }
}
