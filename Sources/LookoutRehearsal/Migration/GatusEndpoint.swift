import LookoutSettings

/// An endpoint of a Gatus file.
struct GatusEndpoint {
    let position: SourcePosition
    var isEnabled = true
    var name = ""
    var group = ""
    var url = ""
    var method = "GET"
    var headers: [(name: String, text: String)] = []
    var body: String?
    /// Whether the body is a GraphQL query, to be wrapped in JSON.
    var isGraphQL = false
    var interval: String?
    var conditions: [(text: String, position: SourcePosition)] = []
    var alerts: [GatusAlert] = []
    var timeout: String?
    var isInsecure = false
    var ignoresRedirects = false
    /// Settings without equivalent.
    var leftOut: [String] = []
    var hasDNS = false
    var hasSSH = false

    init(_ node: SettingsNode, defaults: [String: GatusAlert]) {
        position = node.position
        isEnabled = node.text("enabled") != "false"
        name = node.text("name") ?? ""
        group = node.text("group") ?? ""
        url = node.text("url") ?? ""
        method = node.text("method") ?? "GET"
        headers = node.texts("headers")
        body = node.text("body")
        isGraphQL = node.text("graphql") == "true"
        interval = node.text("interval")
        hasDNS = node["dns"] != nil
        hasSSH = node["ssh"] != nil
        if case .sequence(let nodes)? = node["conditions"]?.content {
            conditions = nodes.compactMap { node in node.scalarText.map { ($0.trimmed, node.position) } }
        }
        if case .sequence(let nodes)? = node["alerts"]?.content {
            alerts = nodes.map { GatusAlert($0.merged, defaults: defaults) }.filter(\.isEnabled)
        }
        if let client = node["client"]?.merged { read(client) }
        if node["maintenance-windows"] != nil { leftOut.append("maintenance-windows") }
    }

    private mutating func read(_ client: SettingsNode) {
        guard case .mapping(let entries) = client.content else { return }
        for entry in entries {
            switch entry.key {
            case "timeout": timeout = entry.value.scalarText
            case "insecure": isInsecure = entry.value.scalarText == "true"
            case "ignore-redirect": ignoresRedirects = entry.value.scalarText == "true"
            default: leftOut.append("client.\(entry.key)")
            }
        }
    }
}

/// An alert of an endpoint: how many results in a row count.
struct GatusAlert {
    var isEnabled = true
    var type = ""
    var failureThreshold = 3
    var successThreshold = 2
    var description: String?

    /// What the alert says, else what its provider's default says, else Gatus's own defaults.
    init(_ node: SettingsNode, defaults: [String: GatusAlert]) {
        type = node.text("type") ?? ""
        if let standard = defaults[type] { self = standard }
        type = node.text("type") ?? type
        if let text = node.text("enabled") { isEnabled = text != "false" }
        failureThreshold = node.text("failure-threshold").flatMap { Int($0) } ?? failureThreshold
        successThreshold = node.text("success-threshold").flatMap { Int($0) } ?? successThreshold
        description = node.text("description") ?? description
    }

    /// The counts within what a rule takes.
    var counts: Counts {
        Counts(
            failures: min(max(failureThreshold, 1), 1000),
            successes: min(max(successThreshold, 1), 1000)
        )
    }

    struct Counts: Hashable, Comparable {
        let failures: Int
        let successes: Int

        static func < (left: Counts, right: Counts) -> Bool {
            (left.failures, left.successes) < (right.failures, right.successes)
        }
    }
}
