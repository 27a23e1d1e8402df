import ArgumentParser
import LookoutConfiguration
import LookoutDemo
import LookoutModel
import LookoutScenarios
import LookoutSettings

/// `lookout demo --scenario`: reads a scenario, plays it, and says what came of it.
struct ScenarioPlay {
    let file: String
    let isJSON: Bool

    /// Ends with 1 where something was not as the scenario expects it, and with 65 for a file that is wrong.
    func run() async throws {
        guard
            let rules = RulesFolder.find(
                environment: ProcessEnvironment.variables,
                program: RulesFolder.program
            )
        else {
            StandardStreams.writeError(
                "the rule files are not found; run this beside the sources or name their folder in LOOKOUT_RULES\n"
            )
            throw ExitCode.configuration
        }
        let report: ScenarioReport
        do {
            let scenario = try Scenario.read(try YAMLReader(file: file).readFile().get().root).get()
            report = try await ScenarioRunner(scenario, rules: rules).run()
        } catch let diagnostics as Diagnostics {
            for error in diagnostics.errors { StandardStreams.writeError(error.rendered + "\n") }
            throw ExitCode.dataError
        }
        StandardStreams.write(isJSON ? report.json.jsonText + "\n" : report.text)
        guard report.unmet.isEmpty else { throw ExitCode(1) }
    }
}
