import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Synchronization
import Testing

@testable import LookoutReceivers

/// The rounds in virtual time.
struct AlertmanagerLoopTests {
    /// Alertmanagers by their addresses, which answer by the minute, and what they got when.
    private final class Cluster: HTTPTransport {
        struct Post: Hashable {
            var address: String
            var at: Duration
        }

        let posts = Recorder<Post>()
        let bodies = Recorder<[UInt8]>()
        private let timekeeper: VirtualTimekeeper
        private let status: @Sendable (String, Duration) -> Int

        init(_ timekeeper: VirtualTimekeeper, _ status: @escaping @Sendable (String, Duration) -> Int) {
            self.timekeeper = timekeeper
            self.status = status
        }

        func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
            let now = timekeeper.now.monotonic
            let address = String(request.url.dropLast("/api/v2/alerts".count))
            posts.record(Post(address: address, at: now))
            bodies.record(request.body ?? [])
            let status = status(address, now)
            guard status > 0 else {
                // Hangs until its time is over.
                try? await timekeeper.sleep(for: request.timeout)
                throw TransferError(.target(.timeout), "no answer")
            }
            return HTTPResponse(statusCode: status)
        }

        func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
            throw TransferError(.local, "no receiver opens connections")
        }

        func times(_ address: String) -> [Int64] {
            posts.values.filter { $0.address == address }.map { $0.at.components.seconds }
        }
    }

    private func run(
        for duration: Duration,
        reports: Recorder<String> = Recorder(),
        _ status: @escaping @Sendable (String, Duration) -> Int
    ) async throws -> Cluster {
        let world = Simulation(at: Moment(wall: AlertmanagerExamples.start, monotonic: .zero))
        let cluster = Cluster(world.timekeeper, status)
        let tools = ReceiverTools(
            transport: cluster,
            timekeeper: world.timekeeper,
            output: ClosedOutput(),
            errorOutput: ClosedOutput(),
            report: { reports.record($0) }
        )
        let receiver = AlertmanagerExamples.receiver(["http://a", "http://b", "http://c"])
        let running = world.start {
            await receiver.keepUp(with: { [AlertmanagerExamples.alert()] }, tools)
        }
        world.advance(by: duration)
        running.cancel()
        _ = try await world.finish(running)
        return cluster
    }

    @Test func `a round is at once and every minute`() async throws {
        let cluster = try await run(for: .seconds(185)) { _, _ in 200 }
        for address in ["http://a", "http://b", "http://c"] {
            #expect(cluster.times(address) == [0, 60, 120, 180])
        }
    }

    @Test func `one that hangs and one that fails do not touch the others`() async throws {
        let reports = Recorder<String>()
        let cluster = try await run(for: .seconds(185), reports: reports) { address, now in
            switch address {
            case "http://a": 0
            case "http://b": now < .seconds(40) ? 503 : 200
            default: 200
            }
        }
        #expect(cluster.times("http://a") == [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165, 180])
        #expect(cluster.times("http://b") == [0, 15, 30, 45, 105, 165])
        #expect(cluster.times("http://c") == [0, 60, 120, 180])
        #expect(reports.values.filter { $0.contains("http://a") }.count == 1)
        #expect(
            reports.values.filter { $0.contains("http://b") } == [
                "the Alertmanager at http://b cannot be kept informed: Alertmanager answered with status 503",
                "the Alertmanager at http://b is informed again",
            ]
        )
        #expect(!reports.values.contains { $0.contains("http://c") })
    }

    @Test func `an alert that is not taken is named once`() async throws {
        let reports = Recorder<String>()
        let cluster = try await run(for: .seconds(185), reports: reports) { _, _ in 400 }
        #expect(cluster.times("http://a").count == 4)
        #expect(reports.values.count == 3)
        #expect(reports.values.allSatisfy { $0.contains("does not take the alert backend-down") })
    }

    @Test func `after a change of severity the old alert ends at once, and only that is posted`() async throws
    {
        let world = Simulation(at: Moment(wall: AlertmanagerExamples.start, monotonic: .zero))
        let cluster = Cluster(world.timekeeper) { _, _ in 200 }
        let tools = ReceiverTools(
            transport: cluster,
            timekeeper: world.timekeeper,
            output: ClosedOutput(),
            errorOutput: ClosedOutput()
        )
        let receiver = AlertmanagerExamples.receiver(["http://a", "http://b"])
        let other = AlertmanagerExamples.alert(rule: "slow")
        let current = Mutex([AlertmanagerExamples.alert(), other])
        let running = world.start {
            await receiver.keepUp(with: { current.withLock(\.self) }, tools)
        }
        world.advance(by: .seconds(20))
        _ = cluster.bodies.drain()
        let worse = AlertmanagerExamples.alert(severity: .outage)
        current.withLock { $0 = [worse, other] }
        let sending = world.start {
            await receiver.send(AlertmanagerExamples.delivery(worse, .escalated), tools)
        }
        _ = try await world.finish(sending)
        world.settle()
        // The notice itself, and then what follows from it, at either.
        let posted = try cluster.bodies.drain().map { body in
            try JSONValue(parsing: body).elements.map { alert in
                let isOver = alert["endsAt"]?.string == Self.changed
                return "\(alert["labels"]?["severity"]?.string ?? "") \(isOver ? "over" : "fires")"
            }
        }
        #expect(posted == [["1 fires"], ["1 fires"], ["1 fires", "2 over"], ["1 fires", "2 over"]])
        world.advance(by: .seconds(45))
        #expect(cluster.times("http://a") == [0, 20, 20, 60])
        running.cancel()
        _ = try await world.finish(running)
    }

    /// When the severity changes in the test above.
    private static let changed = (AlertmanagerExamples.start + .seconds(20)).rfc3339
}
