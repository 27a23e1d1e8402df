import LookoutAlerting
import LookoutModel
import LookoutSettings

/// One entry of `heartbeats`: an address outside that raises the alarm when nobody calls it.
struct HeartbeatSettings: Settings {
    /// What the address belongs to.
    enum Kind: String, CaseIterable, SettingsValue {
        /// Any that is called and no more.
        case plain
        /// healthchecks.io, and what has its forms of address: `/start` and `/fail`.
        case healthchecks
    }

    var name: Located<Name>?
    var kind = Kind.plain
    var url = Secret("")
    var failURL: Secret?
    var method = Heartbeat.Method.post
    var period = Duration.seconds(60)
    var outageLimit = Duration.seconds(600)
    var testMessage: TestMessageSettings?

    static var fields: [Field<HeartbeatSettings>] {
        [
            Field(
                "name",
                "The heartbeat's name, unique among them.",
                required: true,
                shape: Name.shape
            ) { node, context, settings in
                settings.name = Located(node, &context)
                return settings.name != nil
            },
            Field("url", \.url, "The address that is called while Lookout works.", required: true),
            Field(
                "type",
                \.kind,
                "healthchecks also calls url/start at the start and url/fail where something does not work. Default: plain."
            ),
            Field("fail_url", \.failURL, "Called where something does not work; else the silence says it."),
            Field("method", \.method, "POST sends how Lookout fares, GET nothing. Default: POST."),
            Field(
                "period",
                \.period,
                "Time from one call to the next. Default: 1m.",
                in: .seconds(10)...(.seconds(86_400))
            ),
            Field(
                "fail_after",
                \.outageLimit,
                "How long an alert of severity 1 may wait to be told before that is a failure. Default: 10m.",
                in: .seconds(60)...(.seconds(86_400))
            ),
            Field(
                "test_message",
                \.testMessage,
                "A message without meaning that must reach a receiver, else that is a failure. Default: none."
            ),
        ]
    }

    /// Nil without a name, which was reported.
    func heartbeat(_ receivers: HeartbeatReceivers, _ context: inout SettingsContext) -> Heartbeat? {
        let testMessage = testMessage.flatMap { $0.testMessage(every: period, to: receivers, &context) }
        return name.map { name in
            let isHealthchecks = kind == .healthchecks
            return Heartbeat(
                name: name.value.text,
                url: url,
                failURL: failURL ?? (isHealthchecks ? Heartbeat.address(url, with: "fail") : nil),
                startURL: isHealthchecks ? Heartbeat.address(url, with: "start") : nil,
                method: method,
                period: period,
                outageLimit: outageLimit,
                testMessage: testMessage
            )
        }
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for (key, secret) in [("url", url), ("fail_url", failURL ?? url)]
        where node[key] != nil && !secret.reveal().isWebAddress {
            context.error(
                "this is not an http or https URL",
                at: node[key] ?? node,
                hint: "write it in full: https://hc-ping.com/…"
            )
        }
    }
}

extension ConfigurationFile {
    /// The heartbeats, after reporting names that are given twice and receivers that cannot be tested.
    func heartbeats(_ receivers: HeartbeatReceivers, _ context: inout SettingsContext) -> [Heartbeat] {
        var names = NameRegister(kind: "heartbeat")
        return heartbeats.compactMap { settings in
            let heartbeat = settings.heartbeat(receivers, &context)
            return settings.name.flatMap { names.take($0, &context) ? heartbeat : nil }
        }
    }
}

extension Heartbeat.Method: SettingsValue {}

/// `external_url`: where people reach this Lookout.
struct ExternalURL: SettingsValue, Hashable {
    static var shape: Shape { .string(pattern: "^https?://") }

    /// Without a slash at its end.
    let text: String

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard text.isWebAddress, !text.contains(where: { "?#".contains($0) }) else {
            context.error(
                "\"\(text.shortened)\" is not an http or https URL",
                at: node,
                hint: "write it in full and without a query: https://lookout.example.org"
            )
            return nil
        }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

extension String {
    /// Whether it begins as a web address does and holds no blanks; a transport says the rest.
    fileprivate var isWebAddress: Bool {
        let lowercased = lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else { return false }
        let rest = utf8.dropFirst(scheme.utf8.count)
        return rest.first.map { $0 != UInt8(ascii: "/") } ?? false
            && rest.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7f }
    }
}
