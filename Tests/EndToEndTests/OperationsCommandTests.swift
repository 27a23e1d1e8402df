import Foundation
import LookoutDemo
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// What a person on call types, against the running daemon.
    @Suite(.serialized) struct OperationsCommands {
        private func json(_ arguments: [String], _ world: DemoWorld) async throws -> JSONValue {
            let result = try await LookoutProcess.run(arguments + ["--json"], in: world.folder)
            #expect(result.code == 0, "\(arguments): \(result.errors)")
            return try JSONValue(parsing: Array(result.output.utf8))
        }

        private func rows(_ value: JSONValue?) -> [JSONValue] {
            if case .array(let rows)? = value { rows } else { [] }
        }

        @Test(arguments: [
            ["alerts"], ["alerts", "list"], ["alerts", "show"], ["alerts", "history"], ["alerts", "preview"],
            ["silence"], ["silence", "add"], ["silence", "list"], ["silence", "expire"], ["ack"],
            ["maintenance", "start"], ["maintenance", "list"], ["maintenance", "end"], ["receivers", "list"],
            ["receivers", "test"], ["incident", "list"], ["incident", "show"], ["incident", "note"],
            ["incident", "export"], ["announce"], ["announce", "step"], ["announce", "list"],
        ])
        func `every command has its help with examples`(command: [String]) async throws {
            let result = try await LookoutProcess.run(command + ["--help"], in: TestFolder())
            #expect(result.code == 0)
            #expect(result.output.contains("Examples:"))
        }

        @Test(arguments: [
            ["alerts"], ["alerts", "show", "abcd"], ["receivers"], ["incident", "list"], ["silence", "list"],
            ["maintenance", "list"], ["announce", "list"],
        ])
        func `without an agent it says so and exits with 69`(arguments: [String]) async throws {
            let world = try await DemoWorld()
            let result = try await LookoutProcess.run(arguments, in: world.folder)
            #expect(result.code == 69)
            #expect(result.errors.contains("is the daemon running?"), "\(result.errors)")
        }

        @Test func `without the agent's token nothing is changed`() async throws {
            let world = try await DemoWorld()
            let arguments = ["silence", "add", "environment=staging", "--for", "1h"]
            let result = try await LookoutProcess.run(arguments, in: world.folder)
            #expect(result.code == 77)
            #expect(result.errors.contains("api-token"))
        }

        @Test func `an alert is seen, taken on and let go`() async throws {
            let world = try await DemoWorld()
            world.stack.inject(try DemoFault(parsing: "production.backend=database-unhealthy"))
            let daemon = try await world.startDaemon()
            try await eventually("it fires") { !world.alerts.isEmpty }
            let alerts = rows(try await json(["alerts"], world))
            let alert = try #require(alerts.first { $0["rule"] == "database-unhealthy" })
            let name = String(try #require(alert["id"]?.string).prefix(12))
            let page = try await LookoutProcess.run(["alerts", "show", name], in: world.folder)
            #expect(page.output.contains("database-unhealthy"))
            let word = try await json(["ack", "\(name)-1", "--for", "1h", "--by", "alice"], world)
            #expect(word["by"] == "alice")
            let table = try await LookoutProcess.run(["status"], in: world.folder)
            #expect(table.output.contains("taken by alice"))
            _ = try await json(["ack", name, "--remove", "--by", "alice"], world)
            #expect(try await json(["alerts", "show", name], world)["acknowledgement"] == .null)
            let history = rows(try await json(["alerts", "history", name], world))
            #expect(history.contains { $0["to"] == "firing" })
            let other = try await LookoutProcess.run(["ack", "zzzz"], in: world.folder)
            #expect(other.code == 65)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a silence holds over a restart, and what still fires at its end is told`() async throws {
            let world = try await DemoWorld()
            var daemon = try await world.startDaemon()
            let silence = try await json(
                ["silence", "add", "environment=production", "--for", "2h", "--comment", "test"],
                world
            )
            let id = String(try #require(silence["id"]?.string).prefix(6))
            daemon.signal(SIGKILL)
            try await daemon.exitCode()
            world.stack.inject(try DemoFault(parsing: "production.backend=database-unhealthy"))
            daemon = try await world.startDaemon()
            try await eventually("it fires and is withheld") {
                let alerts = (try? await json(["alerts"], world)).map(rows) ?? []
                return alerts.contains { $0["state"] == "firing" && $0["withheld"]?["kind"] == "silence" }
            }
            #expect(!world.alerts.contains { $0.environment == "production" })
            _ = try await json(["silence", "expire", id], world)
            try await eventually("it is told") { world.alerts.contains { $0.environment == "production" } }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `maintenance is started and ended by a deploy script`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            let begun = try await LookoutProcess.run(
                ["maintenance", "start", "--environment", "production", "--for", "30m"],
                in: world.folder
            )
            #expect(begun.code == 0, "\(begun.errors)")
            #expect(rows(try await json(["maintenance", "list"], world)["one_off"]).count == 1)
            #expect(try await LookoutProcess.run(["maintenance", "end"], in: world.folder).code == 0)
            #expect(try await LookoutProcess.run(["maintenance", "end"], in: world.folder).code == 65)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `the steps of a deployment are told in order, and listed`() async throws {
            let world = try await DemoWorld()
            let told = "\(world.folder.path)/told.jsonl"
            try world.addReceiver("log", "exec: {command: [/usr/bin/tee, -a, \(told)]}")
            let daemon = try await world.startDaemon()
            let steps = [
                ["planned", "--deployment", "2.0.4", "--environment", "production", "new chat"],
                ["start", "--emergency"], ["watch"], ["close", "no errors"],
            ]
            for step in steps {
                let answer = try await json(["announce"] + step + ["--by", "ada"], world)
                #expect(answer["name"] == "2.0.4" && answer["told"] == ["log"])
            }
            #expect(try await LookoutProcess.run(["announce", "watch"], in: world.folder).code == 65)
            try await eventually("all are told") {
                let lines = (try? String(contentsOfFile: told, encoding: .utf8))?.split(separator: "\n") ?? []
                let types = lines.compactMap { try? JSONValue(parsing: Array($0.utf8)) }.map { $0["type"] }
                return types.compactMap { $0?.string }.filter { $0.hasPrefix("announcement") }
                    == ["planned", "start", "watch", "close"].map { "announcement.\($0)" }
            }
            let list = rows(try await json(["announce", "list"], world))
            #expect(list.map { $0["stage"] } == ["close", "watch", "start", "planned"])
            #expect(list.map { $0["emergency"] } == [true, true, true, false])
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `an incident has its timeline, its notes and its document`() async throws {
            let world = try await DemoWorld()
            world.stack.inject(try DemoFault(parsing: "production.backend=database-unhealthy"))
            let daemon = try await world.startDaemon()
            try await eventually("it fires") { !world.alerts.isEmpty }
            let incident = try #require(rows(try await json(["incident", "list"], world)).first)
            guard case .int(let number)? = incident["number"] else {
                Issue.record("\(incident)")
                return
            }
            _ = try await json(["incident", "note", "\(number)", "rolled back", "--by", "bob"], world)
            try await eventually("the notice is in the timeline") {
                let events = (try? await json(["incident", "show", "\(number)"], world)).map {
                    rows($0["timeline"])
                }
                let kinds = (events ?? []).compactMap { $0["kind"]?.string }
                return Set(["held", "notice_delivered", "note"]).isSubset(of: kinds)
                    || Set(["appeared", "notice_delivered", "note"]).isSubset(of: kinds)
            }
            let document = try await LookoutProcess.run(
                ["incident", "export", "\(number)", "--zone", "Europe/Berlin"],
                in: world.folder
            )
            #expect(document.output.hasPrefix("# Incident \(number):"))
            #expect(document.output.contains("bob: rolled back"))
            #expect(document.output.contains("| UTC | Europe/Berlin | What |"))
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a fire drill reaches the receiver, with the agent and without`() async throws {
            let world = try await DemoWorld()
            let receivers = try await LookoutProcess.run(["receivers", "test", "sink"], in: world.folder)
            #expect(receivers.code == 0, "\(receivers.errors)")
            let daemon = try await world.startDaemon()
            let drill = try await json(["receivers", "test", "sink"], world)
            #expect(drill["delivered"] == true)
            try await eventually("both arrived") {
                world.alerts.count { $0.rule == "lookout-fire-drill" } >= 2
            }
            let unknown = try await LookoutProcess.run(["receivers", "test", "sinc"], in: world.folder)
            #expect(unknown.code == 65)
            #expect(unknown.errors.contains("did you mean"))
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a rule is previewed without an agent, and nothing is sent`() async throws {
            let world = try await DemoWorld()
            for arguments in [[], ["--receiver", "sink"], ["--kind", "resolved"]] {
                let result = try await LookoutProcess.run(
                    ["alerts", "preview", "database-unhealthy"] + arguments,
                    in: world.folder
                )
                #expect(result.code == 0, "\(result.errors)")
                #expect(result.output.contains("database-unhealthy"))
            }
            #expect(world.alerts.isEmpty)
        }
    }
}
