import LookoutHTTP
import LookoutModel
import LookoutProbing

/// How late 10,000 checks at an interval of 10 s begin, on the real clock and the real threads.
struct SchedulerBenchmark {
    /// What must be reached by the scheduler, with probes that do nothing and with real ones.
    private static let target = 0.050
    private static let checkCount = 10_000
    private static let interval = Duration.seconds(10)

    private let http: HTTPTarget
    private let duration: Duration

    init(_ options: Options) throws {
        http = HTTPTarget(url: try options.text("http"))
        duration = .seconds(try options.number("seconds", default: 40))
    }

    func run() async throws -> Bool {
        print(
            "\(Self.checkCount.grouped) checks at an interval of \(Int(Self.interval.inSeconds)) s, \(Int(duration.inSeconds)) s each; lateness in ms"
        )
        var table = TextTable(
            "",
            "starts",
            "p50",
            "p99",
            "p99.9",
            "max",
            "skipped",
            "not ok",
            "CPU µs/start"
        )
        let client = try HTTPClient()
        let real = try http.probe()
        var isMet = true
        var isPunctual = true
        let cases: [(String, ConfiguredProbe?, hogs: Int)] = [
            ("idle probes", nil, 0), ("http probes", real, 0),
            ("idle probes, 4 hogs", nil, 4), ("http probes, 4 hogs", real, 4),
        ]
        for (name, probe, hogs) in cases {
            let result = try await measure(probe, hogs: hogs, client)
            add(result, name, hogs: hogs, to: &table)
            if result.scheduler.p99 >= Self.target * 1000 { isMet = false }
            if result.machine.p99 >= Self.target * 1000 { isPunctual = false }
        }
        table.show()
        print("Idle probes return at once; a hog computes on the cooperative pool for 20 ms at a time.")
        print("\"runs\" is from due to handed over, by the scheduler's own statistics (within 1/8);")
        print("\"probes\" is from due to the probe's first step on the cooperative pool.")
        print(
            "\"bare timer\" is a thread beside it that wakes each millisecond: what the machine is late by."
        )
        let verdict = isMet ? "met" : isPunctual ? "MISSED" : "cannot be told, the machine itself is later"
        print("Target: p99 of runs below \(Int(Self.target * 1000)) ms: \(verdict).\n")
        await client.shutdown()
        return isMet || !isPunctual
    }

    /// Milliseconds.
    fileprivate struct Lateness {
        var p50, p99, p999, maximum: Double
    }

    private struct Result {
        var statistics: SchedulerStatistics
        var scheduler: Lateness
        var probes: Lateness
        var machine: Lateness
        var cpuTime: Double
    }

    private func add(_ result: Result, _ name: String, hogs: Int, to table: inout TextTable) {
        let started = result.statistics.schedule.started
        let others = result.statistics.outcomes.filter { $0.key != "ok" }.values.reduce(0, +)
        for (what, lateness) in [
            ("runs", result.scheduler), ("probes", result.probes), ("bare timer", result.machine),
        ] {
            let isFirst = what == "runs"
            table.add(
                "\(name): \(what)",
                isFirst ? started.grouped : "",
                lateness.p50.short,
                lateness.p99.short,
                lateness.p999.short,
                lateness.maximum.short,
                isFirst ? "\(result.statistics.schedule.skipped)" : "",
                isFirst ? "\(others)" : "",
                isFirst && hogs == 0 ? (result.cpuTime / Double(started) * 1e6).short : ""
            )
        }
    }

    private func measure(
        _ probe: ConfiguredProbe?,
        hogs count: Int,
        _ client: HTTPClient
    ) async throws -> Result {
        let thread = try TimerThread(name: "scheduler")
        let timekeeper = SystemTimekeeper(thread: thread)
        let checks = (0..<Self.checkCount).map { index in
            Check(
                id: CheckID(environment: "benchmark", probe: "check-\(index)"),
                type: "http",
                interval: Self.interval,
                timeout: .seconds(5)
            )
        }
        // As after a restart: a check without a past would have its first run beside its grid.
        let now = timekeeper.now
        let lastStart = now.wall - Self.interval / 2
        let lastStarts = Dictionary(uniqueKeysWithValues: checks.map { ($0.id, lastStart) })
        let record = StartRecord(checks, interval: Self.interval, lastStarts: lastStarts, at: now)
        let context = ProbeContext(transport: client, timekeeper: timekeeper, timeout: .seconds(5))
        let scheduler = Scheduler(
            timekeeper: timekeeper,
            executor: thread,
            context: { _ in context },
            sink: ForgetfulSink()
        )
        scheduler.replace(
            checks.enumerated().map { index, check in
                ScheduledCheck(check, ConfiguredProbe(RecordedProbe(probe) { record.begin(index) }))
            },
            lastStarts: lastStarts
        )
        let hogs = PoolHogs()
        let machine = BareTimer()
        let cpuBefore = CPUTime.ofThisProcess
        machine.start()
        try await withThrowingTaskGroup { group in
            group.addTask { await scheduler.run() }
            for _ in 0..<count { group.addTask { await hogs.hog() } }
            try await timekeeper.sleep(for: duration)
            hogs.stop()
            scheduler.stop()
            try await group.waitForAll()
        }
        let cpuTime = CPUTime.ofThisProcess - cpuBefore
        thread.stop()
        return result(scheduler.statistics, record.lateness, machine.stop(), cpuTime)
    }

    private func result(
        _ statistics: SchedulerStatistics,
        _ starts: [Double],
        _ ticks: [Double],
        _ cpuTime: Double
    ) -> Result {
        func milliseconds(_ fraction: Double) -> Double {
            (statistics.lateness.quantile(fraction)?.inSeconds ?? .nan) * 1000
        }
        return Result(
            statistics: statistics,
            scheduler: Lateness(
                p50: milliseconds(0.5),
                p99: milliseconds(0.99),
                p999: milliseconds(0.999),
                maximum: statistics.lateness.maximum.inSeconds * 1000
            ),
            probes: Lateness(seconds: starts),
            machine: Lateness(seconds: ticks),
            cpuTime: cpuTime
        )
    }
}

extension SchedulerBenchmark.Lateness {
    init(seconds: [Double]) {
        self.init(
            p50: seconds.quantile(0.5) * 1000,
            p99: seconds.quantile(0.99) * 1000,
            p999: seconds.quantile(0.999) * 1000,
            maximum: seconds.quantile(1) * 1000
        )
    }
}

/// Takes samples and does nothing with them.
private struct ForgetfulSink: SampleSink {
    func receive(_ sample: Sample, of check: Check, at now: Moment) async {}
}
