import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutReceivers
import LookoutRules
import LookoutStorage

/// How long it takes from the sample that makes a rule true to a webhook that has been told, with 1,000 checks
/// whose samples keep coming, on real files and over loopback.
struct LatencyBenchmark {
    private static let target = Duration.milliseconds(100)
    private static let checkCount = 1000
    /// Samples a second, of which every third of the first round fires an alert.
    private static let pace = 100
    private static let rule = """
        groups:
          - name: latency
            rules:
              - id: failing
                expr: sample.failed
                severity: 2
                summary: "{{ check }} fails"
                runbook: docs/runbooks.md#failing
        """

    private let folder: String
    private let url: String
    private let seconds: Int

    init(_ options: Options) throws {
        folder = try options.text("folder")
        url = try options.text("http")
        seconds = try options.number("seconds", default: 20)
    }

    func run() async throws -> Bool {
        let thread = try TimerThread(name: "latency")
        let timekeeper = SystemTimekeeper(thread: thread)
        let client = try HTTPClient()
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let alerts = try AlertDatabase.open(at: "\(folder)/latency-alerts.db").alerts
        let samples = try HistoryDatabase.open(at: "\(folder)/latency-history.db", now: .epoch).samples
        let outbox = WakeSignal()
        let arrivals = Arrivals()
        let checks = (0..<Self.checkCount).map(Self.check)
        let rules = try RuleTrial.compile(text: Self.rule)
        let scope = RuleScope(types: RuleTrial.scope.types, environments: [], checks: checks)
        let recorder = SampleRecorder(
            store: samples,
            timekeeper: timekeeper,
            options: .init(retention: .seconds(86_400)),
            report: { _ in }
        )
        let keeper = AlertKeeper(
            store: alerts,
            book: AlertBook(),
            timekeeper: timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
        let dispatcher = Dispatcher(
            store: alerts,
            receivers: [webhook(arrivals, timekeeper)],
            tools: ReceiverTools(
                transport: client,
                timekeeper: timekeeper,
                output: StandardLineOutput(.output),
                errorOutput: StandardLineOutput(.error)
            ),
            owner: "benchmark",
            signal: outbox,
            logger: logger
        )
        let pipeline = SamplePipeline(
            engine: RuleEngine(rules: rules, scope: scope),
            recorder: recorder,
            keeper: keeper,
            logger: logger
        )
        let latencies = try await withThrowingTaskGroup { group in
            group.addTask { await keeper.run() }
            group.addTask { await dispatcher.run() }
            group.addTask { await recorder.run() }
            try await keeper.reload(
                AlertScope(of: rules, for: checks),
                routes: Routes(receivers: ["webhook"]),
                at: timekeeper.now
            )
            let latencies = try await drive(pipeline, checks, arrivals, timekeeper)
            await keeper.stop()
            dispatcher.stop()
            recorder.stop()
            group.cancelAll()
            return latencies
        }
        await client.shutdown()
        thread.stop()
        return show(latencies)
    }

    /// Feeds samples at the pace; how long each alert's first news took.
    private func drive(
        _ pipeline: SamplePipeline,
        _ checks: [Check],
        _ arrivals: Arrivals,
        _ timekeeper: SystemTimekeeper
    ) async throws -> [Double] {
        var begun: [String: Duration] = [:]
        let start = timekeeper.now.monotonic
        for number in 0..<(seconds * Self.pace) {
            try await timekeeper.sleep(until: start + .milliseconds(number * 1000 / Self.pace))
            let check = checks[number % Self.checkCount]
            let isFailing = number % 3 == 0 && number < Self.checkCount
            let now = timekeeper.now
            if isFailing { begun[check.id.probe] = now.monotonic }
            await pipeline.receive(
                Self.sample(of: check, isFailing: isFailing, at: now.wall),
                of: check,
                at: now
            )
        }
        try await timekeeper.sleep(for: .seconds(2))
        let times = arrivals.times
        return begun.compactMap { probe, time in times[probe].map { ($0 - time).inSeconds } }
    }

    /// The webhook, which notes when it has been told of a check.
    private func webhook(_ arrivals: Arrivals, _ timekeeper: SystemTimekeeper) -> ConfiguredReceiver {
        let url = url
        return ConfiguredReceiver(name: "webhook", typeName: "webhook") { delivery, tools in
            let words = delivery.notices.compactMap(\.alert?.texts.summary).joined(separator: "\n")
            let request = HTTPRequest(
                url: url,
                method: "POST",
                body: Array(words.utf8),
                timeout: tools.timeout
            )
            guard let response = try? await tools.transport.send(request), response.statusCode == 200 else {
                return .retry(after: nil, reason: "not told")
            }
            for notice in delivery.notices {
                arrivals.note(notice.alert?.id.labels["probe"] ?? "", at: timekeeper.now.monotonic)
            }
            return .delivered
        }
    }

    private func show(_ latencies: [Double]) -> Bool {
        print(
            "\(latencies.count) alerts among \(Self.checkCount.grouped) checks, \(Self.pace) samples a second"
        )
        var table = TextTable("", "p50 ms", "p99 ms", "max ms")
        let values = [0.5, 0.99, 1].map { (latencies.quantile($0) * 1000).short }
        table.add(["from the sample to the webhook's answer"] + values)
        table.show()
        let isMet = !latencies.isEmpty && latencies.quantile(0.99) < Self.target.inSeconds
        print("Target: p99 below \(Int(Self.target.inSeconds * 1000)) ms: \(isMet ? "met" : "MISSED").\n")
        return isMet
    }

    private static func check(_ number: Int) -> Check {
        Check(
            id: CheckID(environment: "benchmark", probe: "check-\(number)"),
            type: "http",
            interval: .seconds(10),
            timeout: .seconds(5)
        )
    }

    private static func sample(of check: Check, isFailing: Bool, at now: Timestamp) -> Sample {
        Sample(
            check: check.id,
            startedAt: now,
            outcome: isFailing ? .failed(Failure(.status, "status 503")) : .ok,
            timings: Timings(total: .milliseconds(20)),
            statusCode: isFailing ? 503 : 200
        )
    }
}
