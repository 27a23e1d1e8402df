import Glibc
import LookoutDemo
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// Who watches the daemon: the references, the heartbeats, the auditor.
    @Suite(.serialized) struct SelfWatch {
        @Test(.timeLimit(.minutes(5)))
        func `without a network only local receivers are told, and all is told when it is back`() async throws
        {
            let world = try await DemoWorld()
            let outside = try OutsideWatcher()
            defer { outside.stop() }
            let ports = try (0..<3).map { _ in UInt16(try FreePort.find()) }
            try world.addReceiver("journal", "journal: {}")
            try world.add(outside.settings)
            try world.add(
                "connectivity: {references: [\(ports.map { "tcp://127.0.0.1:\($0)" }.joined(separator: ", "))]}"
            )
            let daemon = try await world.startDaemon()
            try await eventually("a heartbeat has come") { outside.beats > 0 }

            world.stack.inject(try DemoFault(parsing: "production.backend=down"))
            try await eventually("it knows") { daemon.errors.contains("Lookout has no network;") }
            let beats = outside.beats
            try await eventually("who is on this machine is told", within: .seconds(100)) {
                daemon.errors.contains("] Lookout has no network")
            }
            let outbox = OutboxFile(of: world)
            #expect(try outbox.waiting(for: "sink", severity: 2) == 1)
            #expect(try outbox.failedAttempts == 0)
            #expect(world.alerts == [])
            #expect(outside.beats <= beats + 1)
            #expect(outside.failures == [])
            #expect(try await AgentView(world).firing == ["lookout-offline"])

            world.stack.mend()
            let references = try ports.map { port in
                try LoopbackServer(port: port) { connection in try connection.hang() }
            }
            defer { for reference in references { reference.stop() } }
            try await eventually("it knows that it is back") {
                daemon.errors.contains("Lookout has its network back")
            }
            try await eventually("all is told, as one") { !world.alerts.isEmpty }
            try await eventually("nothing waits") { try await AgentView(world).queued == 0 }
            #expect(world.alerts.map(\.rule) == ["lookout-offline"])
            #expect(world.alerts.map(\.status) == ["resolved"])
            let before = outside.beats
            try await eventually("heartbeats go on") { outside.beats > before }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `an outage that nobody could be told of for too long fails the heartbeat`() async throws {
            let world = try await DemoWorld()
            let outside = try OutsideWatcher()
            defer { outside.stop() }
            let port = UInt16(try FreePort.find())
            try world.addReceiver("dead", "alertmanager_webhook: {url: \"http://127.0.0.1:\(port)/\"}")
            try world.add(outside.settings)
            var daemon = try await world.startDaemon()
            world.stack.inject(try DemoFault(parsing: "production.frontend=down"))
            let outbox = OutboxFile(of: world)
            try await eventually("it waits to be told") { try outbox.waiting(for: "dead", severity: 1) > 0 }
            #expect(outside.failures == [])
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)

            try outbox.age(bySeconds: 3600)
            daemon = try await world.startDaemon()
            try await eventually("the failure address is called") {
                outside.failures.contains { $0.contains("an alert of severity 1 has not been told for 36") }
            }
            let revived = try LoopbackServer(port: port) { connection in
                _ = try connection.readRequest()
                try connection.send(LoopbackAnswer())
            }
            defer { revived.stop() }
            try await eventually("it is told", within: .seconds(60)) { !revived.requests.isEmpty }
            let beats = outside.beats
            try await eventually("all is well again") { outside.beats > beats }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a heartbeat's test message takes the way of all messages`() async throws {
            let world = try await DemoWorld()
            let canary = try LoopbackServer { connection in
                _ = try connection.readRequest()
                try connection.send(LoopbackAnswer())
            }
            defer { canary.stop() }
            let outside = try OutsideWatcher()
            defer { outside.stop() }
            try world.addReceiver("canary", "alertmanager_webhook: {url: \"\(canary.url("/canary"))\"}")
            try world.add(
                outside.settings.replacing("fail_after", with: "test_message: {receiver: canary}, fail_after")
            )
            let daemon = try await world.startDaemon()
            try await eventually("a test message has come") {
                canary.requests.contains {
                    String(decoding: $0.body, as: UTF8.self).contains("lookout-test-message")
                }
            }
            try await eventually("a heartbeat has come") { outside.beats > 0 }
            #expect(world.alerts == [])
            #expect(try await AgentView(world).firing == [])
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `the API answers by the host of the external URL, and by no other name`() async throws {
            let world = try await DemoWorld()
            try world.add("external_url: https://lookout.example.org")
            let daemon = try await world.startDaemon()
            let client = try HTTPClient()
            for (host, expected) in [("lookout.example.org", 200), ("evil.example", 403)] {
                let answer = try await client.send(
                    HTTPRequest(
                        url: "http://\(world.listen)/api/v1/status",
                        headers: [HeaderField("Host", host)]
                    )
                )
                #expect(answer.statusCode == expected, "\(host)")
            }
            await client.shutdown()
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }
    }
}
