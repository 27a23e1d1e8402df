import Glibc
package import LookoutAlerting
import LookoutModel
import LookoutProcesses
package import LookoutSettings

/// Runs a program for each delivery and gives it the facts as JSON on its standard input.
///
/// There is no shell, so nothing that a target says can become a command.
package struct ExecReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var command: [String] = []
        var environment: [String: Secret] = [:]
        var passedVariables: [String] = []
        var directory: String?
        var timeout = Duration.seconds(10)

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "command",
                    \.command,
                    "The program's absolute path and its arguments, as a list.",
                    required: true
                ),
                Field("environment", \.environment, "Environment variables for it."),
                Field(
                    "pass_environment",
                    \.passedVariables,
                    "Names of Lookout's own environment variables that it sees."
                ),
                Field("directory", \.directory, "Where it runs: an absolute path; / if left out."),
                Field(
                    "timeout",
                    \.timeout,
                    "After this it is killed, with all that it has started.",
                    in: .milliseconds(100)...(.seconds(14))
                ),
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            let place = node["command"] ?? node
            if command.first?.hasPrefix("/") != true {
                context.error(
                    "the command does not begin with a program's absolute path",
                    at: place,
                    hint: "write a list, such as [/usr/local/bin/page, --urgent]; there is no shell"
                )
            }
            if command.contains(where: { $0.utf8.contains(0) }) {
                context.error("an argument has a zero byte in it", at: place)
            }
            if let directory, !directory.hasPrefix("/") {
                context.error("this is not an absolute path", at: node["directory"] ?? node)
            }
            for (key, names) in [
                ("environment", Array(environment.keys)), ("pass_environment", passedVariables),
            ] {
                for name in names where name.isEmpty || name.utf8.contains(where: { $0 == 0 || $0 == 61 }) {
                    context.error("\"\(name.shortened)\" is not a variable's name", at: node[key] ?? node)
                }
            }
        }
    }

    package static let name = "exec"
    package static let summary = "Runs a program, with JSON on its standard input."
    package static let traits = ReceiverTraits(isLocal: true, startsPrograms: true)

    /// What is left of an attempt's time for killing a program that took too long.
    private static let reserve = Duration.milliseconds(500)

    private let settings: Settings
    private let runner = ProgramRunner()

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let event = EventDocument(delivery, tools)
        var plan = ProgramPlan(path: settings.command.first ?? "")
        plan.arguments = Array(settings.command.dropFirst())
        plan.environment = environment
        plan.directory = settings.directory ?? "/"
        plan.input = Array((event.json.jsonText + "\n").utf8)
        plan.timeout = min(settings.timeout, tools.timeout - Self.reserve)
        let result = await runner.run(plan, timekeeper: tools.timekeeper)
        // What is passed on may be a token as well; short values are words.
        let passed = settings.passedVariables.compactMap { plan.environment[$0] }.filter {
            $0.utf8.count >= 8
        }
        let mask = SecretMask(Array(settings.environment.values) + passed.map { Secret($0) })
        return ProgramVerdict(program: plan.path, timeout: plan.timeout, mask: mask).verdict(on: result)
    }

    /// A search path for scripts, what is passed on, and over both what the configuration sets.
    private var environment: [String: String] {
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"]
        for name in settings.passedVariables {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        for (name, value) in settings.environment { variables[name] = value.reveal() }
        return variables
    }
}
