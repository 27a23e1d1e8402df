import Foundation
import LookoutDemo
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// The commands as a person or a script calls them: output and exit codes.
    @Suite(.serialized) struct Commands {
        @Test(arguments: [
            [], ["run"], ["check"], ["status"], ["config"], ["config", "check"], ["config", "schema"],
            ["rules"],
            ["rules", "check"], ["demo"],
        ])
        func `every command has its help`(command: [String]) async throws {
            let result = try await LookoutProcess.run(command + ["--help"], in: TestFolder())
            #expect(result.code == 0)
            #expect(result.output.contains("OVERVIEW:"))
            #expect(result.output.contains("USAGE: lookout"))
        }

        @Test func `the version is one line`() async throws {
            let result = try await LookoutProcess.run(["--version"], in: TestFolder())
            #expect(result.output == LookoutVersion.current + "\n")
        }

        @Test(arguments: [
            (["chekc"], 64), (["check", "--no-such-option"], 64),
            (["demo", "--break", "production.backnd=503"], 64),
            (["check", "--config", "absent.yaml"], 78), (["run", "--config", "absent.yaml"], 78),
            (["config", "check", "--config", "absent.yaml"], 78),
            (["status", "--address", "127.0.0.1:1"], 69),
        ])
        func `what goes wrong has its sysexits code and says why`(arguments: [String], code: Int) async throws
        {
            let result = try await LookoutProcess.run(arguments, in: TestFolder())
            #expect(Int(result.code) == code)
            #expect(!result.errors.isEmpty)
        }

        @Test(arguments: [
            ("production.backend=ok", 0), ("production.backend=database-unhealthy", 1),
            ("production.cors=origin-missing", 2), ("production.backend=tts-unhealthy", 3),
        ])
        func `check exits with the worst severity`(fault: String, code: Int) async throws {
            let world = try await DemoWorld()
            if let fault = try? DemoFault(parsing: fault) { world.stack.inject(fault) }
            let table = try await LookoutProcess.run(["check"], in: world.folder)
            #expect(Int(table.code) == code)
            #expect(table.output.contains("production/backend-health"))
            let json = try await LookoutProcess.run(["check", "--json"], in: world.folder)
            #expect(Int(json.code) == code)
            let report = try JSONValue(parsing: Array(json.output.utf8))
            #expect(report["worst_severity"] == (code == 0 ? .null : .int(Int64(code))))
            let staging = try await LookoutProcess.run(
                ["check", "--environment", "staging"],
                in: world.folder
            )
            #expect(staging.code == 0)
            #expect(!staging.output.contains("production/"))
        }

        @Test func `check with a name that is not there says which there are`() async throws {
            let world = try await DemoWorld()
            let result = try await LookoutProcess.run(
                ["check", "--probe", "backend-helth"],
                in: world.folder
            )
            #expect(result.code == 64)
            #expect(result.errors.contains("did you mean \"backend-health\"?"))
        }

        @Test func `status shows what the daemon sees`() async throws {
            let world = try await DemoWorld()
            world.stack.inject(try DemoFault(parsing: "production.backend=database-unhealthy"))
            let daemon = try await world.startDaemon()
            try await eventually("it fires") { !world.alerts.isEmpty }
            let table = try await LookoutProcess.run(["status"], in: world.folder)
            #expect(table.code == 1)
            #expect(table.output.contains("database-unhealthy"))
            let json = try await LookoutProcess.run(["status", "--json"], in: world.folder)
            #expect(try JSONValue(parsing: Array(json.output.utf8))["worst_severity"] == 1)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `config check shows all mistakes at once, each with its place and a hint`() async throws {
            let folder = try TestFolder()
            try folder.write(
                """
                environments:
                  production: {variables: {backend: "http://127.0.0.1:1"}}
                defaults: {intervall: 30s}
                probes:
                  - name: health
                    interval: soon
                    http: {url: "${bakend}/health"}
                  - name: health
                    http: {url: "${backend}/health", bearer: {env: LOOKOUT_NOT_SET}}
                """,
                to: "lookout.yaml"
            )
            let result = try await LookoutProcess.run(["config", "check"], in: folder)
            #expect(result.code == 78)
            for expected in [
                "lookout.yaml:3:12", "did you mean \"interval\"?", "lookout.yaml:6:15", "lookout.yaml:7:17",
                "did you mean \"backend\"?", "lookout.yaml:8:", "LOOKOUT_NOT_SET",
            ] {
                #expect(result.errors.contains(expected), "\(expected) is missing in:\n\(result.errors)")
            }
        }

        @Test func `the schema is JSON and the example configuration is right`() async throws {
            let schema = try await LookoutProcess.run(["config", "schema"], in: TestFolder())
            #expect(schema.code == 0)
            #expect(try JSONValue(parsing: Array(schema.output.utf8))["$schema"] != nil)
            let folder = try TestFolder()
            try folder.write("https://127.0.0.1/hook\n", to: "team-webhook")
            let example = SourceTree.root().appending(path: "examples/lookout.yaml").path()
            for command in ["config", "rules"] {
                let result = try await LookoutProcess.run(
                    [command, "check", "--config", example],
                    in: folder,
                    environment: ["CREDENTIALS_DIRECTORY": folder.path]
                )
                #expect(result.code == 0, "\(result.errors)")
                #expect(!result.errors.contains("warning"), "\(result.errors)")
            }
        }
    }
}
