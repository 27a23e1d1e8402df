import LookoutAlerting
import LookoutModel
import LookoutSettings

/// What the root of `routes` and every branch below it may say.
struct RouteSettings: Settings {
    var matchers: [MatcherSettings] = []
    var receivers: [Located<String>] = []
    var continues = false
    var active: [Located<String>] = []
    var mute: [Located<String>] = []
    var escalateAfter: Duration?
    var escalateTo: [Located<String>] = []
    var routes: [RouteSettings] = []

    /// How many levels of branches the schema knows; reading knows no end.
    private static let schemaLevels = 3

    static var fields: [Field<RouteSettings>] {
        ownFields + [
            Field(
                "routes",
                readable: \.routes,
                "Branches: an alert goes to the first that it matches, and on to others after `continue`.",
                shape: branches(levels: schemaLevels)
            )
        ]
    }

    private static var ownFields: [Field<RouteSettings>] {
        [
            Field("matchers", \.matchers, "Of which alerts it is: all must match. Default: of all."),
            Field("receivers", \.receivers, "Who is told. Default: as in the route above."),
            Field(
                "continue",
                \.continues,
                "Whether the routes after this one are tried too. Default: false."
            ),
            Field("active", \.active, "Names of time intervals: it tells only then."),
            Field("mute", \.mute, "Names of time intervals: it does not tell then."),
            Field(
                "escalate_after",
                \.escalateAfter,
                "How long severity 1 may go without an acknowledgement before others are told.",
                in: .seconds(60)...(.seconds(7 * 86_400))
            ),
            Field("escalate_to", \.escalateTo, "Who else is told then."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if (escalateAfter == nil) != escalateTo.isEmpty {
            context.error(
                "\"escalate_after\" and \"escalate_to\" belong together",
                at: node["escalate_after"] ?? node["escalate_to"] ?? node
            )
        }
    }

    /// The branch with its names resolved; what is not known is reported and left out.
    func route(_ names: RouteNames, _ context: inout SettingsContext) -> Route {
        var route = Route(
            matchers: matchers.flatMap(\.matchers),
            receivers: names.receivers.resolve(receivers, &context),
            continues: continues,
            active: names.windows(active, &context),
            mute: names.windows(mute, &context)
        )
        let others = names.receivers.resolve(escalateTo, &context)
        if let escalateAfter, !others.isEmpty {
            route.escalation = Route.Escalation(after: escalateAfter, to: others)
        }
        route.routes = routes.map { $0.route(names, &context) }
        return route
    }

    private static func branches(levels: Int) -> Shape {
        guard levels > 0 else { return .list(.any) }
        let own = ownFields.map {
            Shape.Property(key: $0.key, summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape)
        }
        let below = Shape.Property(
            key: "routes",
            summary: "Branches of this one.",
            isRequired: false,
            shape: branches(levels: levels - 1)
        )
        return .list(.object(own + [below]))
    }
}

/// `routes`: the root of the tree, and who hears of what no branch has a receiver for.
struct RoutesSettings: Settings {
    var receivers: [Located<String>] = []
    var fallback: [Located<String>] = []
    var escalateAfter: Duration?
    var escalateTo: [Located<String>] = []
    var routes: [RouteSettings] = []

    static var fields: [Field<RoutesSettings>] {
        [
            Field("receivers", \.receivers, "Who is told where no branch says otherwise."),
            Field(
                "fallback",
                \.fallback,
                "Who is told of what has no receiver, and of severity 1 where a receiver is broken."
            ),
            Field(
                "escalate_after",
                \.escalateAfter,
                "How long severity 1 may go without an acknowledgement before others are told.",
                in: .seconds(60)...(.seconds(7 * 86_400))
            ),
            Field("escalate_to", \.escalateTo, "Who else is told then."),
            Field("routes", readable: \.routes, "Branches: an alert goes to the first that it matches."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        root.validate(node, &context)
        if receivers.isEmpty, fallback.isEmpty {
            context.error(
                "the routes have no receiver for what no branch takes",
                at: node,
                hint: "name some as receivers or as fallback"
            )
        }
    }

    /// The root as a branch that takes everything.
    var root: RouteSettings {
        var root = RouteSettings()
        root.receivers = receivers
        root.escalateAfter = escalateAfter
        root.escalateTo = escalateTo
        root.routes = routes
        return root
    }
}
