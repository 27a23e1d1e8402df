import ArgumentParser
import LookoutConfiguration
import LookoutDaemon
import LookoutModel
import LookoutSettings

/// `lookout check`: every check once, now.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs every check once and judges it: a table for people, JSON for programs.",
        discussion: """
            Rules judge the one sample that each check gave: hold times are not waited for, and rules that \
            look back have no history to look at.

            Exit codes: 0 all is ok; 1, 2 or 3 the worst severity found (a failed check that no rule judges \
            counts as 3); 69 something could not be asked and nothing worse was found; 78 wrong configuration.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("Only checks of this environment.", valueName: "environment"))
    var environment: String?

    @Option(help: ArgumentHelp("Only checks of this probe.", valueName: "probe"))
    var probe: String?

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let checks = try select(configuration)
        let report = try await CheckRound(configuration: configuration, checks: checks).report()
        StandardStreams.write(json ? report.json.prettyJSONText + "\n" : CheckTable(report).text)
        let code = ExitCode(report)
        if code != .allWell { throw code }
    }

    private func select(_ configuration: Configuration) throws -> [ConfiguredCheck] {
        try demand("environment", environment, among: configuration.environments.map(\.name))
        try demand("probe", probe, among: configuration.checks.map(\.check.id.probe))
        let checks = configuration.checks.filter {
            $0.check.id.environment == environment ?? $0.check.id.environment
                && $0.check.id.probe == probe ?? $0.check.id.probe
        }
        guard !checks.isEmpty else {
            throw ValidationError(
                "probe \"\(probe ?? "")\" has no check in environment \"\(environment ?? "")\""
            )
        }
        return checks
    }

    private func demand(_ what: String, _ name: String?, among names: [String]) throws {
        guard let name, !names.contains(name) else { return }
        let hint = Spelling.hint(for: name, among: Array(Set(names))).map { "; \($0)" } ?? ""
        throw ValidationError("there is no \(what) \"\(name)\"\(hint)")
    }
}

extension ExitCode {
    /// The worst of a report: a severity before "could not be asked", that before "all is well".
    init(_ report: CheckReport) {
        if let worst = report.worstSeverity {
            self = .found(worst)
        } else {
            self = report.isComplete ? .allWell : .unavailable
        }
    }
}
