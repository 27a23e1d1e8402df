import Foundation
import LookoutDemo
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// Rules tried on what a running agent has stored.
    @Suite(.serialized) struct RulesOnHistory {
        private static let stricter = """
            groups:
              - name: trial
                rules:
                  - id: backend-slow
                    match: {probe: backend-health}
                    when: sample.ok
                    expr: sample.duration > duration("0s")
                    severity: 3
                    summary: slow
                    runbook: docs/runbooks.md#slow
                  - id: database-unhealthy
                    match: {probe: backend-health}
                    when: has(sample.json)
                    expr: sample.json.status != "healthy"
                    severity: 2
                    summary: database
            """

        @Test func `a backtest and an explanation beside the running agent`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            world.stack.inject(try DemoFault(parsing: "production.backend=down"))
            try await eventually("it fires", within: .seconds(60)) {
                world.alerts.contains { $0.rule == "backend-down" }
            }
            let trial = try world.folder.write(Self.stricter, to: "trial.yaml")
            // Samples are written once a second.
            try await eventually("samples are stored", within: .seconds(60)) {
                let run = try await LookoutProcess.run(
                    ["rules", "backtest", "--rules", trial, "--since", "1h"],
                    in: world.folder
                )
                return run.output.contains("not replayable")
            }

            let own = try await LookoutProcess.run(
                ["rules", "backtest", "--since", "1h", "--json"],
                in: world.folder
            )
            #expect(own.code == 0, "\(own.errors)")
            let report = try JSONValue(parsing: Array(own.output.utf8))
            #expect(report["against"] == "recorded")
            let down = try #require(rule("backend-down", of: report))
            #expect(down["before"]?["episodes"] == 1)

            let changed = try await LookoutProcess.run(
                ["rules", "backtest", "--rules", trial, "--since", "1h"],
                in: world.folder
            )
            #expect(changed.code == 0, "\(changed.errors)")
            #expect(changed.output.contains("not replayable: needs sample.json, which is not stored"))
            #expect(changed.output.contains("new"))

            let explained = try await LookoutProcess.run(
                ["rules", "explain", "backend-slow", "--check", "staging/backend-health"],
                in: world.folder
            )
            #expect(explained.code == 0, "\(explained.errors)")
            #expect(explained.output.contains("backend-slow for staging/backend-health"))
            #expect(explained.output.contains("sample.duration"))
            #expect(!explained.output.contains("production/"))
            #expect(daemon.isRunning)
        }

        @Test func `what goes wrong has its sysexits code and says why`() async throws {
            let world = try await DemoWorld()
            let broken = try world.folder.write("groups: [{name: a, rules: [{id: b}]}]", to: "broken.yaml")
            let wrong: [(arguments: [String], code: Int32, words: String)] = [
                (["rules", "backtest"], 64, "--since"),
                (["rules", "backtest", "--since", "yesterday"], 64, "--since"),
                (["rules", "backtest", "--since", "1h", "--until", "2h"], 64, "before"),
                (["rules", "backtest", "--since", "1h", "--rule", "backend-dwn"], 64, "backend-down"),
                (["rules", "backtest", "--since", "1h", "--rules", broken], 78, "broken.yaml:1"),
                (["rules", "backtest", "--since", "1h"], 69, "history.db"),
                (["rules", "explain", "backend-dwn"], 64, "backend-down"),
                (
                    ["rules", "explain", "backend-down", "--check", "production/frontend"], 64,
                    "does not judge"
                ),
                (["rules", "explain", "backend-down"], 69, "history.db"),
            ]
            for (arguments, code, words) in wrong {
                let result = try await LookoutProcess.run(arguments, in: world.folder)
                #expect(result.code == code, "\(arguments): \(result.errors)")
                #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
            }
        }

        @Test func `rule tests and checks exit by what they found`() async throws {
            let folder = try TestFolder()
            let rules = SourceTree.root().appending(path: "Rules").path()
            let broken = try folder.write("groups: [{name: a, rules: [{id: b}]}]", to: "broken.yaml")
            let shipped = "\(rules)/tests/tls.yaml"
            let failing = try folder.write(
                try String(contentsOfFile: shipped, encoding: .utf8)
                    .replacing("../*.yaml", with: "\(rules)/*.yaml")
                    .replacing("firing(2)", with: "firing(1)"),
                to: "failing.yaml"
            )
            let endpoints = "endpoints: [{name: a, url: 'https://a.example'}]"
            let monitor = try folder.write(endpoints, to: "gatus.yaml")
            let requests = try folder.write(#"{"expr": "1 + 1"}"#, to: "requests.jsonl")
            let cases: [(arguments: [String], code: Int32, words: String)] = [
                (["rules", "check", "\(rules)/tls.yaml"], 0, "certificate-untrusted"),
                (["rules", "check", broken], 65, "broken.yaml:1"),
                (["rules", "test", shipped], 0, "passed"),
                (["rules", "test", failing], 1, "failing.yaml"),
                (["rules", "test", folder.path("absent.yaml")], 78, "absent.yaml"),
                (["rules", "eval", requests], 0, #""value":{"int":"2"}"#),
                (["rules", "eval", folder.path("absent.jsonl")], 65, "absent.jsonl"),
                (["rules", "migrate", "gatus", monitor], 0, "https://a.example"),
            ]
            for (arguments, code, words) in cases {
                let result = try await LookoutProcess.run(arguments, in: folder)
                #expect(result.code == code, "\(arguments): \(result.output)\(result.errors)")
                #expect(
                    (result.output + result.errors).contains(words),
                    "\(arguments): \(result.output)\(result.errors)"
                )
            }
        }

        private func rule(_ id: String, of report: JSONValue) -> JSONValue? {
            guard case .array(let rules)? = report["rules"] else { return nil }
            return rules.first { $0["rule"]?.string == id }
        }
    }
}
