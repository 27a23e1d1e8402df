import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

/// A transport that answers everything with one status and keeps what was asked.
private final class ScriptedTransport: HTTPTransport {
    private let status: Mutex<Int>
    let requests = Recorder<HTTPRequest>()

    init(status: Int = 200) {
        self.status = Mutex(status)
    }

    func answer(with status: Int) {
        self.status.withLock { $0 = status }
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        requests.record(request)
        return HTTPResponse(statusCode: status.withLock { $0 })
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "a heartbeat opens no connection")
    }

    var urls: [String] { requests.values.map(\.url) }
}

@Suite struct `The dead-man's switch` {
    /// How the agent fares, as the test says.
    private final class Patient: Sendable {
        let health: Mutex<AgentHealth>

        init(at now: Duration) {
            health = Mutex(AgentHealth(vitals: Vitals(startedAt: now)))
        }

        func change(_ change: (inout AgentHealth) -> Void) {
            health.withLock { change(&$0) }
        }

        func work(at now: Duration) {
            change { health in
                for function in Vitals.Function.allCases { health.vitals.note(function, at: now) }
            }
        }
    }

    private static let plain = Heartbeat(name: "outside", url: Secret("https://beat.example/a"))
    private static let full = Heartbeat(
        name: "outside",
        url: Secret("https://beat.example/a"),
        failURL: Secret("https://beat.example/a/fail"),
        startURL: Secret("https://beat.example/a/start")
    )

    private struct World {
        let simulation = Simulation()
        let transport = ScriptedTransport()
        let patient: Patient
        let service: HeartbeatService

        init(_ heartbeats: [Heartbeat]) {
            let patient = Patient(at: simulation.now.monotonic)
            self.patient = patient
            service = HeartbeatService(
                heartbeats,
                transport: transport,
                timekeeper: simulation.timekeeper,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                health: { patient.health.withLock { $0 } }
            )
            let service = service
            simulation.start { await service.run() }
        }

        /// Lets time pass in which all works.
        func work(for seconds: Int) {
            for _ in 0..<(seconds / 10) {
                patient.work(at: simulation.now.monotonic + .seconds(10))
                simulation.advance(by: .seconds(10))
            }
        }
    }

    @Test func `it is called once a period while all works`() {
        let world = World([Self.plain])
        world.work(for: 600)
        #expect(world.transport.urls.count == 11)
        #expect(Set(world.transport.urls) == ["https://beat.example/a"])
        #expect(world.service.statistics["outside"]?.sent == 11)
    }

    @Test(arguments: Vitals.Function.allCases)
    func `it is not called once something has not worked for a period`(function: Vitals.Function) {
        let world = World([Self.plain])
        world.work(for: 120)
        let before = world.transport.urls.count
        for _ in 0..<60 {
            world.patient.change { health in
                for other in Vitals.Function.allCases where other != function {
                    health.vitals.note(other, at: world.simulation.now.monotonic)
                }
            }
            world.simulation.advance(by: .seconds(10))
        }
        #expect(world.transport.urls.count - before == 1)
    }

    @Test func `a failure is called in soon, and so is its end`() {
        let world = World([Self.full])
        world.work(for: 60)
        #expect(world.transport.urls.first == "https://beat.example/a/start")
        world.patient.change { $0.oldestOutage = .seconds(601) }
        let before = world.transport.urls.count
        world.work(for: 20)
        #expect(world.transport.urls.dropFirst(before) == ["https://beat.example/a/fail"])
        let body =
            world.transport.requests.values.last?.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        #expect(body.contains("trouble: an alert of severity 1 has not been told for 601 s"))
        world.patient.change { $0.oldestOutage = nil }
        world.work(for: 20)
        #expect(world.transport.urls.last == "https://beat.example/a")
    }

    @Test func `an alert that nobody was told of fails it`() {
        let world = World([Self.full])
        world.work(for: 60)
        var auditor = Auditor()
        for _ in 0..<2 { _ = auditor.examine([`The auditor`.entry()], excused: []) }
        let findings = auditor.findings
        world.patient.change { $0.findings = findings }
        world.work(for: 10)
        #expect(world.transport.urls.last == "https://beat.example/a/fail")
    }

    @Test func `without a network nobody is called`() {
        let world = World([Self.full])
        world.work(for: 60)
        let before = world.transport.urls.count
        world.patient.change { $0.isOffline = true }
        world.work(for: 600)
        #expect(world.transport.urls.count == before)
    }

    @Test func `what does not get through is tried again within the period`() {
        let world = World([Self.plain])
        world.work(for: 50)
        world.transport.answer(with: 503)
        world.work(for: 50)
        #expect(world.transport.urls.count == 4)
        #expect(world.service.statistics["outside"]?.failed == 1)
        #expect(world.service.statistics["outside"]?.trouble == "the answer is status 503")
        world.transport.answer(with: 200)
        world.work(for: 60)
        #expect(world.service.statistics["outside"]?.trouble == nil)
    }

    @Test func `the body says how Lookout fares`() {
        let world = World([Self.plain])
        world.patient.change {
            $0.queued = 3
            $0.oldestQueued = .seconds(12)
        }
        world.work(for: 60)
        let body = world.transport.requests.values.last?.body.map { String(decoding: $0, as: UTF8.self) }
        #expect(body == "version: \(LookoutVersion.current)\nqueued: 3\noldest_unsent_seconds: 12\n")
    }

    @Test func `a reload goes on with the new addresses`() {
        let world = World([Self.plain])
        world.work(for: 60)
        world.service.replace([Heartbeat(name: "other", url: Secret("https://other.example/"))])
        world.work(for: 120)
        #expect(world.transport.urls.last == "https://other.example/")
        #expect(world.service.statistics.keys.sorted() == ["other"])
        world.service.replace([])
        world.work(for: 20)
        let before = world.transport.urls.count
        world.work(for: 600)
        #expect(world.transport.urls.count == before)
    }

    @Test func `over a real connection the call arrives, and a refused one is no secret's end`() async throws
    {
        let client = try HTTPClient()
        let seen = try await withLoopbackServer(
            answering: { _ in LoopbackAnswer(200) },
            { server in
                let trouble = try await beat(server.url("/ping/token"), over: client)
                #expect(trouble == nil)
                return server.requests
            }
        )
        #expect(seen.map(\.target) == ["/ping/token"])
        #expect(seen.first?.method == "POST")
        let address = try closedLoopbackURL() + "token"
        let trouble = try await beat(address, over: client)
        #expect(trouble?.isEmpty == false && trouble?.contains("token") == false)
        await client.shutdown()
    }

    /// One call through a service of its own; why it did not work.
    private func beat(_ url: String, over transport: any HTTPTransport) async throws -> String? {
        let patient = Patient(at: .zero)
        let world = Simulation(at: Moment(wall: .epoch, monotonic: .zero))
        let service = HeartbeatService(
            [Heartbeat(name: "a", url: Secret(url), period: .seconds(10))],
            transport: transport,
            timekeeper: world.timekeeper,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            health: { patient.health.withLock { $0 } }
        )
        let running = world.start { await service.run() }
        try await eventually("the call is made") {
            world.settle()
            return service.statistics["a"] != nil
        }
        running.cancel()
        try await world.finish(running)
        return service.statistics["a"]?.trouble
    }

    @Test(arguments: [
        ("https://hc-ping.com/uuid", "https://hc-ping.com/uuid/fail"),
        ("https://hc-ping.com/uuid/", "https://hc-ping.com/uuid/fail"),
        ("https://hc-ping.com/key/slug?create=1", "https://hc-ping.com/key/slug/fail?create=1"),
    ])
    func `a word goes to the end of the path`(url: String, expected: String) {
        #expect(Heartbeat.address(Secret(url), with: "fail").reveal() == expected)
    }
}
