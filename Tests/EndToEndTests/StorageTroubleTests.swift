import Foundation
import GRDB
import LookoutDemo
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// The daemon while its disk fails under it: it says so, goes on probing, tells whom it can, and loses
    /// nothing that was committed.
    @Suite(.serialized) struct StorageTrouble {
        @Test func `a full disk is told past the outbox, and what is true is told once there is room`()
            async throws
        {
            let world = try await DemoWorld()
            guard let disk = try ScratchDisk(.memory, at: world.folder.path("data"), megabytes: 8) else {
                return
            }
            let outside = try OutsideWatcher()
            defer { outside.stop() }
            try world.add(outside.settings)
            let daemon = try await world.startDaemon()
            let committed = try await Self.fireOnce(world)

            try disk.fill()
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the log says so") { daemon.errors.contains("the disk is full") }
            try await Self.expectProbing(world)
            try await eventually("a receiver is told past the outbox", within: .seconds(90)) {
                world.alerts.contains { $0.rule == "lookout-storage" && $0.status == "firing" }
            }
            #expect(world.stack.received.contains { $0.contains("production/backend-health") })
            #expect(!world.alerts.contains { $0.environment == "production" })
            try await eventually("who watches from outside is told") {
                outside.failures.contains { $0.contains("the disk is full") }
            }

            try disk.empty()
            try await eventually("what is true is told", within: .seconds(60)) {
                world.alerts.contains { $0.rule == "backend-unavailable" && $0.environment == "production" }
            }
            try await Self.expectWhole(world, daemon, committed)
            withExtendedLifetime(disk) {}
        }

        @Test func `a lock that another program holds stops no check, and nothing is lost`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            let committed = try await Self.fireOnce(world)

            let other = try OutboxFile(of: world).lock()
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the log says so") {
                daemon.errors.contains("another program has locked it")
            }
            try await Self.expectProbing(world)
            #expect(!world.alerts.contains { $0.environment == "production" })

            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try other.close()
            try await eventually("what is true is told", within: .seconds(60)) {
                world.alerts.contains { $0.rule == "backend-unavailable" && $0.environment == "production" }
            }
            try await Self.expectWhole(world, daemon, committed)
        }

        @Test func `a disk that turns read-only stops no check, and what was committed is there after it`()
            async throws
        {
            let world = try await DemoWorld()
            guard let disk = try ScratchDisk(.journal, at: world.folder.path("data"), megabytes: 24) else {
                return
            }
            let daemon = try await world.startDaemon()
            let committed = try await Self.fireOnce(world)

            try #require(disk.breakDown())
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the log says so") {
                daemon.errors.contains("alerts could not be stored")
            }
            try await Self.expectProbing(world)
            try await eventually("a receiver is told past the outbox", within: .seconds(90)) {
                world.alerts.contains { $0.rule == "lookout-storage" && $0.status == "firing" }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)

            try #require(disk.repair())
            #expect(try OutboxFile(of: world).integrity == "ok")
            #expect(try OutboxFile(of: world).notices.isSuperset(of: committed))
            let next = try await world.startDaemon()
            try await eventually("what is true is told", within: .seconds(60)) {
                world.alerts.contains { $0.rule == "backend-unavailable" && $0.environment == "production" }
            }
            try await Self.expectWhole(world, next, committed)
        }

        @Test func `pages that are destroyed stop no check, and nothing takes the file's place`() async throws
        {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            _ = try await Self.fireOnce(world)
            try await eventually("nobody reads for a moment") { try OutboxFile(of: world).destroy() }
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the log says so") { daemon.errors.contains("its content is damaged") }
            try await Self.expectProbing(world)
            try await eventually("a receiver is told past the outbox", within: .seconds(90)) {
                world.alerts.contains { $0.rule == "lookout-storage" && $0.status == "firing" }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            let refused = try await LookoutProcess.run(["run"], in: world.folder)
            #expect(refused.code == 74)
            #expect(refused.errors.contains("its content is damaged"))
        }

        /// Raises and tells one alert; the notices that are on the disk then.
        private static func fireOnce(_ world: DemoWorld) async throws -> Set<String> {
            world.stack.inject(try DemoFault(parsing: "staging.frontend=down"))
            try await eventually("an alert is told") {
                world.alerts.contains { $0.rule == "frontend-down" && $0.environment == "staging" }
            }
            return try OutboxFile(of: world).notices
        }

        /// Every check is asked again and again, whatever becomes of what is found.
        private static func expectProbing(_ world: DemoWorld) async throws {
            for _ in 0..<5 {
                let begin = world.now
                try await eventually("every check is asked again", within: .seconds(15)) {
                    try await AgentView(world).isSampled(since: begin)
                }
            }
        }

        /// Nothing that was committed is gone, and the daemon ends in order.
        private static func expectWhole(
            _ world: DemoWorld,
            _ daemon: LookoutProcess,
            _ committed: Set<String>
        ) async throws {
            #expect(!committed.isEmpty)
            world.stack.mend()
            try await eventually("all that fired is over", within: .seconds(120)) {
                let view = try await AgentView(world)
                return view.firing.isEmpty && view.queued == 0
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            #expect(try OutboxFile(of: world).notices.isSuperset(of: committed))
            #expect(try OutboxFile(of: world).integrity == "ok")
        }
    }
}
