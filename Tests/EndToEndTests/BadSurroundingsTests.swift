import Foundation
import GRDB
import LookoutDemo
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// The daemon where something around it is wrong: a clear message and code, nothing harmed.
    @Suite(.serialized) struct BadSurroundings {
        @Test func `a taken port ends the start with 69 and names the setting`() async throws {
            let world = try await DemoWorld()
            let port = Int(world.stack.controlURL.split(separator: ":").last ?? "") ?? 0
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            try world.folder.write(
                text.replacing("listen: \(world.listen)", with: "listen: 127.0.0.1:\(port)"),
                to: "lookout.yaml"
            )
            let result = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(result.code == 69)
            #expect(result.errors.contains("cannot listen on 127.0.0.1:\(port)"))
            #expect(result.errors.contains("listen"))
        }

        @Test func `two daemons do not share a data directory`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            let second = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(second.code == 74)
            #expect(second.errors.contains("\(daemon.pid)"))
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a database of a newer version is refused and left as it is`() async throws {
            let world = try await DemoWorld()
            try await Self.runOnce(world)
            let path = world.folder.path("data/alerts.db")
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('zzz-from-the-future')")
            }
            try await queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
            let before = try world.folder.read("data/alerts.db")
            let result = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(result.code == 74)
            #expect(result.errors.contains("newer"))
            #expect(try world.folder.read("data/alerts.db") == before)
        }

        @Test func `damaged alerts are refused, a damaged history is moved aside`() async throws {
            let world = try await DemoWorld()
            try await Self.runOnce(world)
            try Self.damage("history.db", of: world)
            let daemon = try await world.startDaemon()
            #expect(daemon.errors.contains("the history was damaged"))
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            try Self.damage("alerts.db", of: world)
            let result = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(result.code == 74)
            #expect(result.errors.contains("alerts.db"))
        }

        @Test func `a receiver that is dead delays nothing and is told once it lives`() async throws {
            let world = try await DemoWorld()
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            let port = UInt16(try FreePort.find())
            try world.folder.write(
                text + "\n  - name: dead\n    alertmanager_webhook: {url: \"http://127.0.0.1:\(port)/\"}\n",
                to: "lookout.yaml"
            )
            let daemon = try await world.startDaemon()
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the living receiver is told") { !world.alerts.isEmpty }
            let revived = try LoopbackServer(port: port) { connection in
                _ = try connection.readRequest()
                try connection.send(LoopbackAnswer())
            }
            defer { revived.stop() }
            try await eventually("the dead one is told once it lives", within: .seconds(60)) {
                revived.requests.contains { $0.method == "POST" }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        /// Writes over a database; its write-ahead log goes too, since SQLite would mend the file from it.
        private static func damage(_ name: String, of world: DemoWorld) throws {
            try world.folder.write(String(repeating: "not a database ", count: 500), to: "data/\(name)")
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: world.folder.path("data/\(name)\(suffix)"))
            }
        }

        private static func runOnce(_ world: DemoWorld) async throws {
            let daemon = try await world.startDaemon()
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }
    }
}
