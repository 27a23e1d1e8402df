import LookoutDaemon
import LookoutDashboard
import LookoutDemo
import LookoutModel

/// Shows the demo while it runs: a live screen, or lines where there is no terminal.
struct DemoDisplay: Sendable {
    let agent: Agent
    let stack: DemoStack
    /// The faults to inject once every check has been seen healthy once.
    let faults: [DemoFault]
    let configurationPath: String

    /// Draws the screen four times a second and takes keys, until cancelled.
    func showScreen() async throws {
        guard let terminal = RawTerminal() else { return try await printLines() }
        var pending = faults
        while true {
            let status = await agent.status()
            injectOnce(&pending, after: status)
            for key in terminal.keys() { press(key) }
            let size = terminal.size()
            terminal.show(
                DemoScreen(
                    status: status,
                    faults: stack.faults,
                    received: stack.received,
                    keys: DemoKey.all,
                    controlURL: stack.controlURL,
                    configurationPath: configurationPath,
                    width: size.width,
                    height: size.height,
                    showsColor: true
                ).lines
            )
            try await agent.sleep(for: .milliseconds(250))
        }
    }

    /// Prints what changes: outcomes of checks and what the sink received.
    ///
    /// Alerts are printed by the `terminal` receiver of the demo's configuration.
    func printLines() async throws {
        StandardStreams.write(
            """
            Lookout demo: simulated staging and production on loopback.
            configuration: \(configurationPath)
            break:  curl -d production.backend=503 \(stack.controlURL)/faults
            mend:   curl -X DELETE \(stack.controlURL)/faults
            sink:   \(stack.sinkURL)
            Ctrl-C ends.

            """
        )
        var pending = faults
        var shown: [CheckID: String] = [:]
        var received = 0
        while true {
            let status = await agent.status()
            for check in status.checks where check.outcome != "pending" && check.outcome != shown[check.id] {
                shown[check.id] = check.outcome
                let what = check.message.map { ": \(TextTable.printable($0))" } ?? ""
                StandardStreams.write("\(check.id) is \(check.outcome)\(what)\n")
            }
            let messages = stack.received
            for message in messages.dropFirst(received) {
                StandardStreams.write("webhook sink received: \(TextTable.printable(message))\n")
            }
            received = messages.count
            injectOnce(&pending, after: status)
            try await agent.sleep(for: .milliseconds(100))
        }
    }

    private func injectOnce(_ pending: inout [DemoFault], after status: AgentStatus) {
        guard !pending.isEmpty, status.checks.allSatisfy({ $0.outcome != "pending" }) else { return }
        for fault in pending { stack.inject(fault) }
        pending = []
    }

    private func press(_ letter: Character) {
        if letter == "0" { stack.mend() }
        guard let key = DemoKey.all.first(where: { $0.letter == letter }) else { return }
        if stack.faults.contains(key.fault) {
            stack.mend(environment: key.fault.environment, part: key.fault.part)
        } else {
            stack.inject(key.fault)
        }
    }
}
