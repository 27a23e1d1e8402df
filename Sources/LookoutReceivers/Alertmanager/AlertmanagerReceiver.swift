package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Hands alerts to one or more Alertmanagers over their API (version 2), which then group, silence, inhibit
/// and tell them.
///
/// A change is posted at once, as a notice; and for as long as an alert fires, it is said again every minute.
package struct AlertmanagerReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var addresses: [String] = []
        var bearerToken: Secret?
        var user: String?
        var password: Secret?
        var authorityFile: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "urls",
                    \.addresses,
                    "Where the Alertmanagers are, such as [http://am1:9093, http://am2:9093]: all members of a "
                        + "cluster, without a path of the API.",
                    required: true
                ),
                Field(
                    "bearer",
                    \.bearerToken,
                    "A token for bearer authentication, such as {credential: NAME}."
                ),
                Field("username", \.user, "The user for basic authentication."),
                Field("password", \.password, "The password for basic authentication."),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            let place = node["urls"] ?? node
            if addresses.isEmpty {
                context.error("there is no Alertmanager", at: place, hint: "urls: [http://localhost:9093]")
            }
            for address in addresses {
                WebAddress.check(address, key: "urls", of: node, example: "http://localhost:9093", &context)
                if address.contains("@") {
                    context.error(
                        "credentials have no place in an address",
                        at: place,
                        hint: "use \"username\" and \"password\""
                    )
                }
                if address.contains("/api/") {
                    context.error("leave out the path of the API", at: place, hint: "http://localhost:9093")
                }
            }
            if Set(addresses.map(WebAddress.base)).count < addresses.count {
                context.error("an address is given twice", at: place)
            }
            if (user == nil) != (password == nil) {
                context.error(
                    user == nil ? "\"username\" is missing" : "\"password\" is missing",
                    at: node[user == nil ? "password" : "username"] ?? node
                )
            }
            if bearerToken != nil, user != nil {
                context.error("either \"bearer\" or \"username\", not both", at: node["bearer"] ?? node)
            }
        }
    }

    package static let name = "alertmanager"
    package static let summary = "Hands alerts to one or more Alertmanagers (API v2) and keeps them informed."
    package static let traits = ReceiverTraits(isKeyed: true, takesAlertsOnly: true)

    private let name: String
    private let endpoints: [AlertmanagerEndpoint]
    /// Raised when the severity of an alert has changed.
    private let renames = WakeSignal()

    package init(name: String, settings: Settings) {
        self.name = name
        endpoints = settings.addresses.map { address in
            AlertmanagerEndpoint(
                address: WebAddress.base(address),
                bearerToken: settings.bearerToken,
                basicAuthentication: settings.user.flatMap { user in
                    settings.password.map { BasicAuthentication(user: user, password: $0) }
                },
                tls: TLSOptions(authorityFile: settings.authorityFile)
            )
        }
    }

    /// Posts the notice to all Alertmanagers at once; it is told when one of them has taken it, since the
    /// others hear of it with their next round.
    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let assertions = delivery.notices.compactMap(Self.assertion)
        guard !assertions.isEmpty else { return .alertsOnly }
        defer { if delivery.notices.contains(where: \.kind.mayRename) { renames.raise() } }
        return await withTaskGroup(of: SendVerdict?.self) { group in
            for endpoint in endpoints {
                group.addTask { Self.verdict(on: await endpoint.post(assertions, tools)) }
            }
            var verdict: SendVerdict?
            var open = endpoints.count
            while open > 0, case .some(.some(let next)) = await group.next() {
                open -= 1
                let isFirst = next.isDelivered && verdict?.isDelivered != true
                verdict = Self.better(verdict, next)
                // Whoever hangs does not hold up for long that another one has it.
                if isFirst { group.addTask { await Self.pause(tools) } }
            }
            group.cancelAll()
            return verdict ?? .broken(reason: "there is no Alertmanager")
        }
    }

    /// How long the others have once one Alertmanager has taken it.
    private static let grace = Duration.seconds(1)

    private static func pause(_ tools: ReceiverTools) async -> SendVerdict? {
        try? await tools.timekeeper.sleep(for: grace)
        return nil
    }

    private static func verdict(on outcome: AlertmanagerEndpoint.Outcome) -> SendVerdict {
        if let failure = outcome.failure { return failure }
        return outcome.refused.first.map { .rejected(reason: $0.reason) } ?? .delivered
    }

    package func keepUp(with alerts: @escaping CurrentAlerts, _ tools: ReceiverTools) async {
        await withDiscardingTaskGroup { group in
            for endpoint in endpoints {
                let loop = AlertmanagerLoop(endpoint: endpoint, receiver: name, renames: renames)
                group.addTask { await loop.run(with: alerts, tools) }
            }
        }
    }

    /// What a notice says, the same over all attempts: what fires has no end of its own in it, since that
    /// would depend on the time at which it is sent.
    private static func assertion(of notice: Notice) -> AlertmanagerAssertion? {
        guard let alert = notice.alert else { return nil }
        let end = notice.kind.isEnd ? alert.resolvedSince ?? notice.createdAt : nil
        return AlertmanagerAssertion(alert, endsAt: end, at: notice.createdAt)
    }

    /// Of two verdicts the better one: taken, or else the one after which it may still be.
    private static func better(_ left: SendVerdict?, _ right: SendVerdict) -> SendVerdict {
        guard let left else { return right }
        return rank(right) < rank(left) ? right : left
    }

    private static func rank(_ verdict: SendVerdict) -> Int {
        switch verdict {
        case .accepted: 0
        case .retry: 1
        case .broken: 2
        case .rejected: 3
        }
    }
}

extension Notice.Kind {
    /// Whether the severity may not be the one that was told before.
    fileprivate var mayRename: Bool {
        switch self {
        case .escalated, .deescalated, .flapping: true
        case .firing, .reminder, .resolved, .firedAndResolved, .announcement: false
        }
    }
}
