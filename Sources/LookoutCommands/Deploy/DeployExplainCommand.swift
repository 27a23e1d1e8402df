import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel
import LookoutStatistics

/// `lookout deploy explain [ID]`.
struct DeployExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Works a stored verdict out again, from the runs that were kept, and shows every number.",
        discussion: """
            Examples:
              lookout deploy explain
              lookout deploy explain 20250820-124908 --json

            Exit codes: 0 the same verdict comes out again; 1 another one does; 65 there is none to explain.
            """
    )

    @OptionGroup var access: AgentAccess
    @OptionGroup var reference: DeploymentReference

    @Flag(help: "Shows ln E after every run, not only at about ten of them.")
    var each = false

    func run() async throws {
        let name = try await reference.name(access)
        let answer = try await access.ask { agent throws(AgentClient.Failure) in
            try await agent.get("deployments/\(AgentClient.escaped(name))/explanation")
        }
        access.show(answer) { ExplanationPage($0, showsEach: each).text }
        if !AnswerRow(answer).flag("same") { throw ExitCode(1) }
    }
}

/// An explanation as people read it: the verdict both ways, then every check.
struct ExplanationPage {
    private let answer: AnswerRow
    private let showsEach: Bool

    init(_ answer: JSONValue, showsEach: Bool = false) {
        self.answer = AnswerRow(answer)
        self.showsEach = showsEach
    }

    var text: String {
        let checks = AnswerRow.rows(answer.value["checks"]).map { check in
            "Check \(PlainText.line(check["check"]))\n\n" + looks(check) + CheckAnalysisPage(check.value).text
        }
        return ([heading] + checks).joined(separator: "\n")
    }

    private var heading: String {
        let same =
            answer.flag("same")
            ? "worked out again: the same, to the last digit"
            : "worked out again: \(answer.member("recomputed")["word"]); this is NOT what is stored"
        let lines =
            ["Deployment \(answer["id"]), judged \(answer.clock("judged_at"))"]
            + words("stored", answer.member("stored")) + [same]
            + (answer.flag("same") ? [] : words("recomputed", answer.member("recomputed")))
        return lines.map { PlainText.line($0, atMost: 1000) + "\n" }.joined()
    }

    private func words(_ title: String, _ verdict: AnswerRow) -> [String] {
        ["\(title): \(verdict["word"])"]
            + AnswerRow.rows(verdict.value["reasons"]).map { "  \($0["text"])" }
    }

    private func looks(_ check: AnswerRow) -> String {
        let looks = AnswerRow.rows(check.value["looks"])
        guard let first = looks.first?.value["time"]?.measured else { return "" }
        let table = LookTable(from: first)
        let readable = ReadableLooks(of: looks.count)
        let shown = looks.filter { look in
            let hasAlarm = !look.texts("alarms").isEmpty
            return showsEach || readable.contains(run: look.number("run") ?? 0, hasAlarm: hasAlarm)
        }
        return table.header + shown.map(table.row).joined() + "\n"
    }
}
