import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutPipeline
import LookoutProbing

/// What the agent does while it cannot write down what is to be told.
extension Agent {
    private static let distressInterval = Duration.seconds(5)

    /// Tells whom it can that nothing else is told, for as long as alerts cannot be written; until cancelled.
    func callInDistress() async throws {
        var call = DistressCall()
        while true {
            if let trouble = examination.trouble {
                await work(on: &call, trouble)
            } else {
                call.end()
            }
            try await sleep(for: Self.distressInterval)
        }
    }

    private func work(on call: inout DistressCall, _ trouble: String) async {
        let configuration = journal.current
        let watch = SelfWatch(configuration.selfAlerts)
        guard let severity = watch.severity(of: .storage, found: .outage) else { return }
        let failing = await pipeline.newestSamples.filter { $0.value.outcome.failure != nil }
        let situation = DistressCall.Situation(trouble: trouble, failing: Set(failing.keys))
        let now = system.timekeeper.now
        let alert = DistressNotice.alert(
            of: situation,
            after: await keeper.current.first { $0.id == DistressNotice.alert },
            severity: severity,
            since: now.wall - (now.monotonic - (call.since ?? now.monotonic))
        )
        let audience = audience(of: alert, configuration, at: now.wall)
        let due = call.due(situation, audience: audience, at: now.monotonic)
        let taken = await tell(due, of: alert, configuration)
        for receiver in due {
            let told = taken.contains(receiver) ? situation : nil
            call.note(receiver, hasTaken: told, at: system.timekeeper.now.monotonic)
        }
    }

    /// Who would be told of the alert and can be reached as far as is known.
    private func audience(of alert: Alert, _ configuration: Configuration, at now: Timestamp) -> [String] {
        var routes = configuration.routes
        routes.broken = Set(brokenReceivers.map(\.name))
        let names = routes.receivers(for: alert, at: now)
        guard connectivity.knownOutage != nil else { return names }
        let local = configuration.receivers.filter(\.traits.isLocal).map(\.name)
        return names.filter(local.contains)
    }

    /// Calls the receivers all at once; the names of those that took it.
    private func tell(_ names: [String], of alert: Alert, _ configuration: Configuration) async -> Set<String>
    {
        let receivers = configuration.receivers.filter { names.contains($0.name) }
        let (tools, logger) = (receiverTools, logger)
        return await withTaskGroup(of: String?.self) { group in
            for receiver in receivers {
                group.addTask {
                    var randomness = SystemRandomNumberGenerator()
                    let delivery = DistressNotice.delivery(
                        of: alert,
                        to: receiver.name,
                        at: tools.timekeeper.now.wall,
                        using: &randomness
                    )
                    let verdict = await receiver.send(delivery, tools)
                    let said: Logger.Message =
                        verdict.isDelivered
                        ? "a receiver was told, past the outbox, that alerts cannot be stored"
                        : "a receiver could not be told that alerts cannot be stored; it is tried again"
                    var metadata: Logger.Metadata = ["receiver": "\(receiver.name)"]
                    if let reason = verdict.failure { metadata["error"] = "\(reason)" }
                    logger.error(said, metadata: metadata)
                    return verdict.isDelivered ? receiver.name : nil
                }
            }
            return await group.reduce(into: []) { taken, name in
                if let name { taken.insert(name) }
            }
        }
    }
}
