import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Keeps what it is given.
private final class KeptSamples: SampleSink {
    let samples = Recorder<Sample>()

    func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        samples.record(sample)
    }
}

@Suite struct `Whether Lookout itself is offline` {
    private static let names = ["a.example", "b.example", "c.example"]
    private static let urls = names.map { "http://\($0):443" }
    private static let check = Check(
        id: CheckID(environment: "production", probe: "api"),
        type: "http",
        interval: .seconds(30),
        timeout: .seconds(10)
    )

    private static func options(_ texts: [String] = names.map { "tcp://\($0):443" }) -> Connectivity.Options {
        Connectivity.Options(references: texts.compactMap { ConnectivityReference($0) })
    }

    private struct World {
        let simulation = Simulation()
        let network: ScriptedNetwork
        let changes = Recorder<Connectivity.Change>()
        let watch: ConnectivityWatch
        let sink = KeptSamples()

        init(_ network: ScriptedNetwork, _ options: Connectivity.Options = options()) {
            self.network = network
            let changes = changes
            watch = ConnectivityWatch(
                options,
                transport: network,
                timekeeper: simulation.timekeeper,
                report: { changes.record($0) }
            )
        }

        /// What becomes of a run that failed just now.
        func outcome(_ outcome: Outcome, startedAt: Timestamp? = nil) async throws -> Outcome {
            let gate = ConnectivityGate(watch, timekeeper: simulation.timekeeper, before: sink)
            let start = startedAt ?? simulation.now.wall
            let sample = Sample(check: check.id, startedAt: start, outcome: outcome)
            let now = simulation.now
            try await simulation.finish(
                simulation.start { await gate.receive(sample, of: check, at: now) }
            )
            return try #require(sink.samples.values.last).outcome
        }
    }

    private static func failed(_ kind: FailureClass) -> Outcome { .failed(Failure(kind, "no answer")) }

    @Test(arguments: FailureClass.allCases)
    func `only failures that the network may explain are asked about`(kind: FailureClass) async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)))
        let outcome = try await world.outcome(Self.failed(kind))
        let mayBe = [.dns, .connect, .timeout].contains(kind)
        #expect(outcome.isConclusive == !mayBe)
        #expect((world.network.asked.count > 0) == mayBe)
    }

    @Test func `what is well is not asked about`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)))
        #expect(try await world.outcome(.ok) == .ok)
        #expect(world.network.asked.count == 0)
    }

    @Test(arguments: 0...3)
    func `most of the references decide`(down: Int) async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls.prefix(down))))
        let outcome = try await world.outcome(Self.failed(.connect))
        #expect(outcome.isConclusive == (down < 2))
        #expect((world.watch.knownOutage != nil) == (down >= 2))
        #expect(world.changes.count == (down >= 2 ? 1 : 0))
    }

    @Test(arguments: [(2, true), (3, false)])
    func `half of four is not most`(down: Int, isOnline: Bool) async throws {
        let names = Self.names + ["d.example"]
        let network = ScriptedNetwork(down: Set(names.prefix(down).map { "http://\($0):443" }))
        let world = World(network, Self.options(names.map { "tcp://\($0):443" }))
        #expect(try await world.outcome(Self.failed(.dns)).isConclusive == isOnline)
    }

    @Test func `what Lookout could not ask is no sign of a lost network`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls), cause: .local))
        #expect(try await world.outcome(Self.failed(.timeout)).isConclusive)
    }

    @Test func `without references nothing is asked`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)), Connectivity.Options())
        #expect(try await world.outcome(Self.failed(.timeout)).isConclusive)
        #expect(world.network.asked.count == 0)
    }

    @Test func `an answer holds for five seconds`() async throws {
        let world = World(ScriptedNetwork())
        for _ in 0..<100 { _ = try await world.outcome(Self.failed(.timeout)) }
        let once = world.network.asked.count
        #expect((2...3).contains(once))
        world.simulation.advance(by: .milliseconds(4999))
        _ = try await world.outcome(Self.failed(.timeout))
        #expect(world.network.asked.count == once)
        world.simulation.advance(by: .milliseconds(1))
        _ = try await world.outcome(Self.failed(.timeout))
        #expect(world.network.asked.count > once)
    }

    @Test func `the return is seen unasked, and what began before it still says nothing`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)))
        let watch = world.watch
        let running = world.simulation.start { await watch.run() }
        let began = world.simulation.now.wall
        _ = try await world.outcome(Self.failed(.timeout))
        world.simulation.advance(by: .seconds(60))
        #expect(world.changes.count == 1)
        world.network.set(down: [])
        world.simulation.advance(by: .seconds(5))
        #expect(watch.knownOutage == nil)
        guard case .returned(let past) = world.changes.values.last else {
            Issue.record("the return was not reported")
            return
        }
        #expect(past.outage.since == began)
        #expect(past.end > began)
        #expect(try await !world.outcome(Self.failed(.timeout), startedAt: began).isConclusive)
        #expect(try await world.outcome(Self.failed(.timeout), startedAt: past.end).isConclusive)
        running.cancel()
        try await world.simulation.finish(running)
    }

    @Test func `taking the references away ends the outage`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)))
        _ = try await world.outcome(Self.failed(.timeout))
        world.watch.replace(Connectivity.Options())
        #expect(world.watch.knownOutage == nil)
        #expect(world.changes.count == 2)
    }

    @Test func `an outage says what could not be reached`() async throws {
        let world = World(ScriptedNetwork(down: Set(Self.urls)))
        let outcome = try await world.outcome(Self.failed(.timeout))
        #expect(outcome.message?.hasPrefix("Lookout itself is offline since ") == true)
        #expect(outcome.message?.contains("tcp://a.example:443 (no answer)") == true)
        #expect(outcome.message?.hasSuffix("this run: no answer") == true)
    }

    /// Whether it is taken for online, over real connections.
    private func isOnline(_ references: [String]) async throws -> Bool {
        let client = try HTTPClient()
        let watch = ConnectivityWatch(
            Self.options(references),
            transport: client,
            timekeeper: VirtualTimekeeper(),
            report: { _ in }
        )
        let outage = await watch.outage(since: .epoch)
        await client.shutdown()
        return outage == nil
    }

    private func closedReference() throws -> String {
        "tcp://" + (try closedLoopbackURL()).dropFirst("http://".count).dropLast()
    }

    @Test func `real ports are told apart`() async throws {
        let servers = [try LoopbackServer { _ in }, try LoopbackServer { _ in }]
        defer { for server in servers { server.stop() } }
        let open = servers.map { "tcp://127.0.0.1:\($0.port)" }
        let closed = [try closedReference(), try closedReference()]
        #expect(try await isOnline(open + closed.prefix(1)))
        #expect(try await !isOnline(open.prefix(1) + closed))
    }

    /// Whether three questions to a name server that gives this answer to all make us online.
    private func isOnline(asking answer: @escaping @Sendable ([UInt8]) -> [UInt8]) async throws -> Bool {
        try await withLoopbackServer(
            { connection in
                var question: [UInt8] = []
                while question.count < 27 {
                    let more = try connection.read()
                    guard !more.isEmpty else { return }
                    question += more
                }
                try connection.send(answer(question))
            },
            { server in
                try await isOnline(["a", "b", "c"].map { "dns://127.0.0.1:\(server.port)/\($0).example" })
            }
        )
    }

    /// The question sent back as an answer with a code.
    private static func reply(to question: [UInt8], code: UInt8) -> [UInt8] {
        var reply = question
        reply[4] |= 0x80
        reply[5] = 0x80 | code
        return reply
    }

    @Test(arguments: [(UInt8(0), true), (3, true), (2, false), (5, false)])
    func `a name server counts if it could find out`(code: UInt8, counts: Bool) async throws {
        #expect(try await isOnline { Self.reply(to: $0, code: code) } == counts)
    }

    @Test(arguments: [[], [0], [0, 12, 1, 2], Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)] as [[UInt8]])
    func `what answers otherwise is no name server`(bytes: [UInt8]) async throws {
        #expect(try await !isOnline { _ in bytes })
    }
}
