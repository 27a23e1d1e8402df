import ArgumentParser
import Logging
import LookoutDaemon
import LookoutDemo
import LookoutModel
import LookoutProbing
import LookoutReceivers

/// One run of the demo: the stack, the agent watching it, and the display, until Ctrl-C.
struct DemoSession {
    let port: Int
    let interval: Int
    let isPlain: Bool
    let faults: [DemoFault]

    func run() async throws {
        let environment = ProcessEnvironment.variables
        guard let rules = RulesFolder.find(environment: environment, program: RulesFolder.program) else {
            StandardStreams.writeError(
                "the rule files are not found; run this beside the sources, install them with "
                    + "`make install`, or name their folder in LOOKOUT_RULES\n"
            )
            throw ExitCode.configuration
        }
        let folder = try TemporaryFolder()
        let clock = try TimerThread(name: "demo")
        defer { clock.stop() }
        let stack = try await openStack(SystemTimekeeper(thread: clock))
        let settings = DemoConfiguration(
            stack: stack,
            rules: rules,
            dataDirectory: "\(folder.path)/data",
            listen: "127.0.0.1:\(port + 5)",
            printsAlerts: isPlain,
            interval: interval
        )
        let path = try folder.write(settings.yaml, to: "lookout.yaml")
        try await watch(stack, path, logTo: isPlain ? nil : "\(folder.path)/lookout.log", environment)
    }

    private func openStack(_ timekeeper: any Timekeeper) async throws -> DemoStack {
        do {
            return try await DemoStack(firstPort: port, timekeeper: timekeeper)
        } catch {
            StandardStreams.writeError(
                "ports \(port) to \(port + 4) on 127.0.0.1 cannot be listened on (\(error)); choose another --port\n"
            )
            throw ExitCode.unavailable
        }
    }

    private func watch(
        _ stack: DemoStack,
        _ path: String,
        logTo logPath: String?,
        _ environment: [String: String]
    ) async throws {
        var options = ConfigurationOptions()
        options.path = path
        let configuration = try options.load()
        let writer = try logPath.map { try LogFile(path: $0) }
        let logger = Logger(label: "lookout.demo") { _ in
            LineLogHandler(level: .notice, isJournal: false) { line in
                if let writer { writer.append(line) } else { LineLogHandler.writeToStandardError(line) }
            }
        }
        let agentOptions = AgentOptions(
            configurationPath: path,
            loader: ConfigurationOptions.loader,
            notifier: ServiceNotifier(environment: [:]),
            output: StandardLineOutput(.output),
            errorOutput: StandardLineOutput(.error)
        )
        do {
            let agent = try await Agent(agentOptions, configuration, logger: logger)
            let display = DemoDisplay(agent: agent, stack: stack, faults: faults, configurationPath: path)
            try await agent.run(beside: [
                Agent.Companion("demo stack") { await stack.run() },
                Agent.Companion("demo display") { [isPlain] in
                    if isPlain { try await display.printLines() } else { try await display.showScreen() }
                },
            ])
        } catch let error as AgentError {
            StandardStreams.writeError("lookout demo: \(error)\n")
            throw ExitCode(error.code)
        }
    }
}
