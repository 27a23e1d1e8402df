import ArgumentParser
import Logging
import LookoutConfiguration
import LookoutDaemon
import LookoutReceivers
import LookoutSettings

/// `lookout run`: the daemon.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the agent until SIGTERM or SIGINT; SIGHUP reloads the configuration.",
        discussion: """
            Under systemd it says when it is ready, what it does, and that it lives (Type=notify, watchdog), \
            and writes the journal's priorities.

            Where the configuration file is wrong it starts with the last one that was in force, which it \
            keeps beside its databases, says so, and raises the alert lookout-config-invalid.

            Exit codes: 0 stopped as asked; 69 the address of the local API is taken; 70 the system or a \
            library is not as needed; 74 a database cannot be used; 78 wrong configuration, \
            and none that was in force before.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let start = try options.loadForStart()
        let configuration = start.configuration
        let environment = ProcessEnvironment.variables
        let isJournal = environment["JOURNAL_STREAM"] != nil
        let logger = Logger(label: "lookout") { _ in
            LineLogHandler(
                level: Logger.Level(rawValue: configuration.log.level.rawValue) ?? .info,
                isJournal: isJournal
            )
        }
        for warning in start.warnings {
            logger.warning("configuration warning", metadata: ["warning": "\(warning.rendered)"])
        }
        let agentOptions = AgentOptions(
            configurationPath: options.path,
            loader: ConfigurationOptions.loader,
            notifier: ServiceNotifier(environment: environment),
            output: StandardLineOutput(.output),
            errorOutput: StandardLineOutput(.error),
            secrets: ConfigurationOptions.secrets
        )
        do {
            try await Agent(agentOptions, configuration, insteadOf: start.refusal, logger: logger).run()
        } catch let error as AgentError {
            logger.critical("lookout cannot run", metadata: ["error": "\(error)"])
            throw ExitCode(error.code)
        }
    }
}

extension ExitCode {
    /// The sysexits(3) code for a reason why the agent cannot run.
    init(_ code: AgentError.Code) {
        self =
            switch code {
            case .system: .software
            case .storage: .inputOutput
            case .address: .unavailable
            case .permission: .noPermission
            }
    }
}
