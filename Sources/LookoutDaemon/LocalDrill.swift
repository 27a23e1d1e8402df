package import LookoutAlerting
package import LookoutDashboard
package import LookoutModel
import LookoutReceivers

/// Fire drills and previews without an agent.
package struct LocalDrill: Sendable {
    private let secrets: [Secret]

    /// - Parameter secrets: what must not be shown.
    package init(secrets: [Secret] = []) {
        self.secrets = secrets
    }

    /// Sends one marked notice and says what became of it.
    package func report(_ receiver: ConfiguredReceiver) async throws(AgentError) -> FireDrillReport {
        let outcome = try await use(receiver) { await $0.run() }
        return FireDrillReport(receiver, outcome)
    }

    /// What a receiver would be sent about an alert; nothing leaves.
    ///
    /// Nil where that cannot be known.
    package func preview(
        _ receiver: ConfiguredReceiver,
        of alert: Alert,
        _ kind: Notice.Kind
    ) async throws(AgentError) -> (report: FireDrillReport, output: String)? {
        let outcome = try await use(receiver) { await $0.preview(of: alert, kind) }
        return outcome.map { (FireDrillReport(receiver, $0), $0.output) }
    }

    private func use<Value>(
        _ receiver: ConfiguredReceiver,
        _ operation: (FireDrill) async -> Value
    ) async throws(AgentError) -> Value {
        try await SystemResources.use { system throws(AgentError) in
            let tools = ReceiverTools(
                transport: system.transport,
                mail: system.transport,
                timekeeper: system.timekeeper,
                output: StandardLineOutput(.output),
                errorOutput: StandardLineOutput(.error)
            )
            return await operation(FireDrill(receiver, tools, secrets: secrets))
        }
    }
}
