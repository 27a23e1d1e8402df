import Glibc
import LookoutDemo
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// Every fault of the demo against the real daemon: the alert and severity that `Rules/README.md`
    /// promises, at the webhook, and its end when the fault is mended.
    @Suite(.serialized) struct DemoFaults {
        /// What a fault of production must raise, and nothing else.
        static let promises: [(fault: String, rule: String, severity: String)] = [
            ("backend=down", "backend-down", "1"),
            ("backend=503", "backend-unavailable", "1"),
            ("backend=hanging", "backend-hanging", "1"),
            ("backend=slow", "backend-slow", "3"),
            ("backend=database-unhealthy", "database-unhealthy", "1"),
            ("backend=redis-unhealthy", "redis-unhealthy", "2"),
            ("backend=openai-unhealthy", "openai-unhealthy", "2"),
            ("backend=tts-unhealthy", "tts-unhealthy", "3"),
            ("backend=missing-services", "services-missing", "2"),
            ("backend=emergency-mode", "backend-emergency-mode", "2"),
            ("backend=demo-mode", "backend-demo-mode", "2"),
            ("cors=origin-missing", "cors-origin-refused", "2"),
            ("cors=wildcard-with-credentials", "cors-wildcard-with-credentials", "2"),
            ("websocket=refused", "chat-refused", "2"),
            ("websocket=closed-4001", "chat-closed", "2"),
            ("websocket=silent", "chat-silent", "2"),
            ("frontend=down", "frontend-down", "1"),
            ("frontend=slow", "frontend-slow", "3"),
            ("frontend=broken-asset", "frontend-broken-asset", "2"),
            ("frontend=emergency-mode", "frontend-emergency-mode", "2"),
            ("frontend=demo-mode", "frontend-demo-mode", "2"),
            ("frontend=staging-host", "frontend-foreign-host", "2"),
            ("backend=old-version", "version-went-back", "3"),
            ("frontend=old-version", "version-went-back", "3"),
        ]

        /// What else a fault may raise, if the socket is asked before the health check knows of the
        /// fault: each is true.
        static let companions: [String: Set<String>] = [
            "backend=hanging": ["chat-silent"], "backend=503": ["chat-refused"],
        ]

        @Test func `the promises cover every fault that there is`() {
            let promised = Set(Self.promises.map { "production.\($0.fault)" })
            let existing = Set(
                DemoPart.allCases.flatMap { part in
                    part.faults.map { DemoFault(environment: "production", part: part, kind: $0).description }
                }
            )
            #expect(promised == existing)
        }

        @Test(.timeLimit(.minutes(20)))
        func `each fault raises its alert and its severity, and mending resolves it`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            try await eventually("every check has run once") {
                try await AgentView(world).outcomes.allSatisfy { $0 == "ok" }
            }
            for promise in Self.promises {
                let fault = try DemoFault(parsing: "production.\(promise.fault)")
                let before = world.alerts.count
                world.stack.inject(fault)
                let firing = SunkAlert(
                    status: "firing",
                    rule: promise.rule,
                    severity: promise.severity,
                    environment: "production"
                )
                try await eventually("\(fault) raises \(firing); got \(world.alerts.dropFirst(before))") {
                    world.alerts.dropFirst(before).contains(firing)
                }
                world.stack.mend(environment: "production", part: fault.part)
                try await eventually("mending \(fault) resolves it; got \(world.alerts.dropFirst(before))") {
                    world.alerts.dropFirst(before).contains {
                        $0.status == "resolved" && $0.rule == promise.rule
                    }
                }
                let mended = world.now
                try await eventually("all is well after \(fault)") {
                    let view = try await AgentView(world)
                    return view.isWell(since: mended) && view.firing.isEmpty
                }
                let rules = Set(world.alerts.dropFirst(before).map(\.rule))
                let own = rules.subtracting(Self.companions[promise.fault] ?? [])
                #expect(own == [promise.rule], "\(fault) raised more than its own alert")
            }
            #expect(!world.alerts.contains { $0.environment == "staging" })
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `staging is judged one level milder`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            world.stack.inject(try DemoFault(parsing: "staging.backend=503"))
            let expected = SunkAlert(
                status: "firing",
                rule: "backend-unavailable",
                severity: "2",
                environment: "staging"
            )
            try await eventually("staging raises \(expected)") { world.alerts.contains(expected) }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }
    }
}
