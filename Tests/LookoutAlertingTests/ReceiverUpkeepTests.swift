import Logging
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutAlerting

/// What receivers do besides sending.
struct ReceiverUpkeepTests {
    /// A receiver that notes its name every minute, or one that has nothing to do.
    private func receiver(
        _ name: String,
        _ journal: Recorder<String>,
        isIdle: Bool = false
    ) -> ConfiguredReceiver {
        ConfiguredReceiver(
            name: name,
            typeName: "test",
            keepUp: { alerts, tools in
                guard !isIdle else { return }
                repeat {
                    journal.record(
                        "\(name) \(await alerts().count) \(tools.timekeeper.now.monotonic.components.seconds)"
                    )
                } while (try? await tools.timekeeper.sleep(for: .seconds(60))) != nil
            },
            send: { _, _ in .delivered }
        )
    }

    private struct NoTransport: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
            throw TransferError(.local, "not asked for")
        }

        func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
            throw TransferError(.local, "not asked for")
        }
    }

    private struct NoOutput: LineOutput {
        var showsColor: Bool { false }

        func write(_ text: String, timekeeper: any Timekeeper) async throws {}
    }

    @Test func `each is kept up beside those that have nothing to do, and anew when they are replaced`()
        async throws
    {
        let world = Simulation()
        let journal = Recorder<String>()
        let tools = ReceiverTools(
            transport: NoTransport(),
            timekeeper: world.timekeeper,
            output: NoOutput(),
            errorOutput: NoOutput()
        )
        let upkeep = ReceiverUpkeep(
            [receiver("idle", journal, isIdle: true), receiver("a", journal)],
            alerts: { [] },
            tools: tools,
            logger: Logger(label: "test")
        )
        let running = world.start { await upkeep.run() }
        world.advance(by: .seconds(90))
        #expect(journal.drain() == ["a 0 0", "a 0 60"])
        upkeep.replace([receiver("b", journal)])
        world.advance(by: .seconds(60))
        #expect(journal.drain() == ["b 0 90", "b 0 150"])
        upkeep.replace([])
        world.advance(by: .seconds(600))
        #expect(journal.drain() == [])
        running.cancel()
        _ = try await world.finish(running)
    }
}
