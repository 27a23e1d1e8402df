import LookoutAlerting
import LookoutModel
import Synchronization

@testable import LookoutDashboard

/// The local API over a scripted agent with a few alerts, without a server.
struct APIFixture {
    static let token = "0123456789abcdef"

    let agent = ScriptedAgent()
    let api: LocalAPI

    init(deployments: (any DeploymentControl)? = nil) {
        api = LocalAPI(
            control: agent,
            access: AccessPolicy(token: Secret(Self.token), hosts: ["lookout.internal"]),
            deployments: { deployments },
            makeName: { "aaaa000011112222" }
        )
        let now = agent.now
        agent.state.withLock { state in
            state.alerts = [
                AlertReport(
                    Self.alert("backend-down", .firing, at: now),
                    withheld: .silence(id: "3f9a51c20b7d4e66", until: now + .seconds(60))
                ),
                AlertReport(Self.alert("chat-broken", .pending, at: now)),
                AlertReport(Self.alert("page-slow", .resolved, at: now)),
            ]
            state.records.alerts = state.alerts.map(\.alert)
            state.records.transitions = state.records.alerts.prefix(1).map { alert in
                RecordedTransition(
                    sequence: 7,
                    transition: AlertTransition(
                        alert: alert.key,
                        episode: alert.episode,
                        from: .pending,
                        to: .firing,
                        severity: alert.severity,
                        cause: .held,
                        at: now
                    )
                )
            }
            state.drill = FireDrillReport(
                receiver: "team",
                type: "slack",
                isDelivered: true,
                verdict: "delivered"
            )
        }
    }

    static func alert(_ rule: String, _ state: Alert.State, at now: Timestamp) -> Alert {
        Alert(
            id: AlertID(rule: rule, labels: ["environment": "production", "probe": "backend"]),
            labels: ["team": "web"],
            state: state,
            severity: .major,
            episode: 4,
            texts: AlertTexts(summary: "\(rule) in words", suggestion: .rollback),
            pendingSince: now - .seconds(300),
            firingSince: state == .pending ? nil : now - .seconds(240)
        )
    }

    /// The key of an alert of `alert`.
    static func key(_ rule: String) -> String {
        AlertKey(AlertID(rule: rule, labels: ["environment": "production", "probe": "backend"])).text
    }

    /// Asks as the commands do: with the token, from this machine, in JSON.
    func ask(
        _ method: APIRequest.Method,
        _ target: String,
        _ body: String = "",
        headers: [String: String] = [:]
    ) async throws -> (status: Int, json: JSONValue) {
        var all = ["host": "127.0.0.1:9831", "authorization": "Bearer \(Self.token)"]
        if !body.isEmpty { all["content-type"] = "application/json" }
        for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
        guard let request = APIRequest(method, target: target, headers: all) else {
            return (400, .null)
        }
        let bytes = Array(body.utf8)
        let response = await api.answer(request) { () async throws(Problem) in bytes }
        let isDocument = response.contentType.contains("json") && !response.contentType.contains("ndjson")
        guard isDocument else { return (response.status, .string(response.body)) }
        return (response.status, try JSONValue(parsing: Array(response.body.utf8)))
    }
}
