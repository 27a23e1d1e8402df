import Foundation
import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutStorage
import Synchronization

/// Many alerts at once: from their commit to the receiver, and one notice beside many that are settled.
struct OutboxBenchmark {
    private static let alerts = 10_000
    private static let settled = 100_000
    /// From the beginning of the commit until the receiver has all of it, in seconds.
    private static let target = 5.0

    private let folder: String
    private let rounds: Int

    init(_ options: Options) throws {
        folder = try options.text("folder")
        rounds = try options.number("rounds", default: 3)
    }

    func run() async throws -> Bool {
        let isMet = try await burst()
        try await single()
        try await KeyedOutbox(folder: folder).run()
        try await WordyAlerts(folder: folder).run()
        return isMet
    }

    /// All alerts fire in one step.
    private func burst() async throws -> Bool {
        var table = TextTable(
            "\(Self.alerts.grouped) alerts at once",
            "commit s",
            "told s",
            "CPU s",
            "messages"
        )
        var slowest = 0.0
        let timekeeper = SystemTimekeeper(thread: try TimerThread(name: "outbox"))
        for round in 1...rounds {
            let store = try AlertDatabase.open(at: "\(folder)/burst-\(round).db").alerts
            let commit = OutboxPattern.commit(0..<Self.alerts)
            let receiver = CountingReceiver()
            let signal = WakeSignal()
            let dispatcher = receiver.dispatcher(store, timekeeper, signal)
            let running = Task { await dispatcher.run() }
            let (start, cpu) = (ContinuousClock.now, CPUTime.ofThisProcess)
            try await store.commit(commit)
            let committed = ContinuousClock.now - start
            signal.raise()
            while receiver.notices < Self.alerts { try await Task.sleep(for: .milliseconds(2)) }
            let told = ContinuousClock.now - start
            let used = CPUTime.ofThisProcess - cpu
            dispatcher.stop()
            await running.value
            slowest = max(slowest, told.seconds)
            table.add(
                "round \(round)",
                committed.seconds.short,
                told.seconds.short,
                used.short,
                "\(receiver.messages)"
            )
        }
        table.show()
        print("Peak of memory: \(try MemoryPeak.ofThisProcess.grouped) KiB")
        return slowest < Self.target
    }

    /// Commit, claim and settlement of one notice, with nothing else in the file and with much.
    private func single() async throws {
        var table = TextTable("one notice, medians", "commit ms", "claim ms", "settle ms")
        for settled in [0, Self.settled] {
            let store = try AlertDatabase.open(at: "\(folder)/single-\(settled).db").alerts
            for first in stride(from: 0, to: settled, by: 10_000) {
                try await store.commit(OutboxPattern.commit(first..<(first + 10_000)))
                while let delivery = try await OutboxPattern.claim(store) {
                    try await store.settle(
                        delivery.id,
                        owner: "bench",
                        as: .delivered(at: OutboxPattern.time)
                    )
                }
            }
            var times = [[Double]](repeating: [], count: 3)
            for number in 0..<200 {
                let commit = OutboxPattern.commit(settled + number..<settled + number + 1)
                let start = ContinuousClock.now
                try await store.commit(commit)
                let committed = ContinuousClock.now
                guard let delivery = try await OutboxPattern.claim(store) else {
                    throw BenchmarkError("nothing to claim")
                }
                let claimed = ContinuousClock.now
                try await store.settle(delivery.id, owner: "bench", as: .delivered(at: OutboxPattern.time))
                let end = ContinuousClock.now
                for (index, time) in [committed - start, claimed - committed, end - claimed].enumerated() {
                    times[index].append(time.seconds * 1000)
                }
            }
            table.add(["beside \(settled.grouped) settled"] + times.map { $0.median.short })
        }
        table.show()
    }
}

/// Takes everything and counts it.
private final class CountingReceiver: Sendable {
    private let counts = Mutex((messages: 0, notices: 0))

    var messages: Int { counts.withLock { $0.messages } }
    var notices: Int { counts.withLock { $0.notices } }

    func dispatcher(
        _ store: SQLiteAlertStore,
        _ timekeeper: SystemTimekeeper,
        _ signal: WakeSignal
    ) -> Dispatcher {
        let receiver = ConfiguredReceiver(name: "team", typeName: "counting") { delivery, _ in
            self.counts.withLock {
                $0.messages += 1
                $0.notices += delivery.notices.count
            }
            return .delivered
        }
        return Dispatcher(
            store: store,
            receivers: [receiver],
            tools: ReceiverTools(
                transport: AbsentTransport(),
                timekeeper: timekeeper,
                output: AbsentOutput(),
                errorOutput: AbsentOutput()
            ),
            owner: "bench",
            signal: signal,
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

private struct AbsentTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        throw TransferError(.local, "this benchmark has no network")
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "this benchmark has no network")
    }
}

private struct AbsentOutput: LineOutput {
    var showsColor: Bool { false }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        throw CancellationError()
    }
}

extension Duration {
    var seconds: Double { Double(microseconds) / 1e6 }
}
