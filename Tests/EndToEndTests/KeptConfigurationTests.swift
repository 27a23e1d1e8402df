import Foundation
import LookoutDemo
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// The daemon that starts while its configuration file is wrong.
    @Suite(.serialized) struct KeptConfigurations {
        private static let sink = "LOOKOUT_TEST_SINK"

        /// A world whose configuration has its secrets by reference, as it must to be kept.
        private static func world() async throws -> DemoWorld {
            let world = try await DemoWorld()
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            let referring = text.replacing("url: \"\(world.stack.sinkURL)\"", with: "url: {env: \(sink)}")
            try #require(referring != text)
            try world.folder.write(referring, to: "lookout.yaml")
            return world
        }

        private static func start(_ world: DemoWorld) async throws -> LookoutProcess {
            try await world.startDaemon(environment: [sink: world.stack.sinkURL])
        }

        private static func kept(_ world: DemoWorld) -> String {
            world.folder.path("data/last-configuration.json")
        }

        @Test func `kill -9 while the file is wrong: it goes on with the last that was right, and says so`()
            async throws
        {
            let world = try await Self.world()
            let right = try String(contentsOfFile: world.configuration, encoding: .utf8)
            let first = try await Self.start(world)
            try world.folder.write(right + "\nreceivers: [\n", to: "lookout.yaml")
            first.signal(SIGKILL)
            #expect(try await first.exitCode() == -SIGKILL)

            let daemon = try await Self.start(world)
            try #require(daemon.isRunning, "\(daemon.errors)")
            #expect(daemon.errors.contains("lookout.yaml:"))
            #expect(
                daemon.errors.contains(
                    "the configuration is wrong; starting with the last one that was right"
                )
            )
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("it watches and tells, of the file too") {
                let told = Set(world.alerts.filter { $0.status == "firing" }.map(\.rule))
                return told.isSuperset(of: ["backend-unavailable", "lookout-config-invalid"])
            }
            #expect(try await AgentView(world).reloadError != nil)
            let status = try await LookoutProcess.run(["status"], in: world.folder)
            #expect(status.output.contains("backend-unavailable"), "whoever must act finds the agent")
            #expect(status.errors.contains("the agent goes on with the one from"))
            #expect(try await LookoutProcess.run(["config", "check"], in: world.folder).code == 78)

            try world.folder.write(right, to: "lookout.yaml")
            daemon.signal(SIGHUP)
            try await eventually("the mended file is in force and that is told") {
                world.alerts.contains { $0.rule == "lookout-config-invalid" && $0.status == "resolved" }
            }
            #expect(try await AgentView(world).reloadError == nil)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `what is kept is for the agent's user alone, and holds no secret`() async throws {
            let world = try await Self.world()
            let daemon = try await Self.start(world)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            var status = stat()
            #expect(stat(Self.kept(world), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let text = String(decoding: try world.folder.read("data/last-configuration.json"), as: UTF8.self)
            #expect(text.contains(Self.sink))
            #expect(!text.contains(world.stack.sinkURL))
        }

        @Test(arguments: ["", "probes: nothing", "\u{0}"])
        func `files that say nothing at all are wrong as well`(text: String) async throws {
            let world = try await Self.world()
            let right = try String(contentsOfFile: world.configuration, encoding: .utf8)
            // The data is where it is by default, so that it is found without the file.
            let byDefault = right.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("data_directory:") }.joined(separator: "\n")
            try #require(byDefault != right)
            try world.folder.write(byDefault, to: "lookout.yaml")
            let first = try await Self.start(world)
            first.signal(SIGKILL)
            try await first.exitCode()
            try world.folder.write(text, to: "lookout.yaml")
            let second = try await Self.start(world)
            try #require(second.isRunning, "\(second.errors)")
            second.signal(SIGKILL)
            try await second.exitCode()
            try FileManager.default.removeItem(atPath: world.configuration)
            let third = try await Self.start(world)
            #expect(third.isRunning, "also when it is gone: \(third.errors)")
            third.signal(SIGTERM)
            #expect(try await third.exitCode() == 0)
        }

        @Test func `another file never starts with what was kept of this one`() async throws {
            let world = try await Self.world()
            let daemon = try await Self.start(world)
            daemon.signal(SIGTERM)
            try await daemon.exitCode()
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            try world.folder.write(text + "\nprobess: []\n", to: "other.yaml")
            let result = try await LookoutProcess.run(
                ["run", "--config", "other.yaml"],
                in: world.folder,
                environment: [Self.sink: world.stack.sinkURL]
            )
            #expect(result.code == 78)
            #expect(result.errors.contains("none was kept that works"))
        }

        @Test func `a secret in clear is never kept, and what was kept before is not taken for the last`()
            async throws
        {
            let world = try await Self.world()
            let daemon = try await Self.start(world)
            let right = try String(contentsOfFile: world.configuration, encoding: .utf8)
            #expect(FileManager.default.fileExists(atPath: Self.kept(world)))
            let clear = right.replacing("{env: \(Self.sink)}", with: "\"\(world.stack.sinkURL)\"")
            try world.folder.write(clear, to: "lookout.yaml")
            daemon.signal(SIGHUP)
            try await eventually("it is in force") { daemon.errors.contains("configuration reloaded") }
            #expect(!FileManager.default.fileExists(atPath: Self.kept(world)))
            #expect(daemon.errors.contains("it holds a secret in clear"))
            daemon.signal(SIGKILL)
            try await daemon.exitCode()
            try world.folder.write(clear + "\nprobess: []\n", to: "lookout.yaml")
            let result = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(result.code == 78)
        }
    }
}
