import LookoutHTTP
import LookoutModel
import LookoutProbing

/// Probes of an HTTP server with a fresh connection each: ours against the blackbox exporter's.
///
/// All contestants ask the same server in turn, round by round. What counts is the processor time of
/// the process that probes: of this one for ours, of the exporter's for its own, since the one who
/// drives it is not part of it.
struct HTTPBenchmark {
    /// What must be reached: probes a CPU second against the exporter's, for fresh plain HTTP.
    private static let target = 5.0

    private let plain: HTTPTarget
    private let encrypted: HTTPTarget
    private let exporter: String
    private let exporterProcess: Int
    private let rounds: Int
    private let duration: Duration

    init(_ options: Options) throws {
        plain = HTTPTarget(url: try options.text("http"))
        encrypted = HTTPTarget(url: try options.text("https"), authorityFile: try options.text("ca"))
        exporter = try options.text("blackbox")
        exporterProcess = try options.number("blackbox-pid")
        rounds = try options.number("rounds", default: 5)
        duration = .milliseconds(try options.number("milliseconds", default: 2000))
    }

    func run() async throws -> Bool {
        let thread = try TimerThread(name: "benchmark")
        let client = try HTTPClient()
        let context = ProbeContext(
            transport: client,
            timekeeper: SystemTimekeeper(thread: thread),
            timeout: .seconds(10)
        )
        print("HTTP probes, fresh connections, medians of \(rounds) rounds of \(duration.inSeconds.short) s")
        var table = TextTable("", "in flight", "probes/s", "CPU µs/probe", "probes per CPU s, × exporter")
        var isMet = true
        let plainCases = try contestants(for: plain, module: "http", context)
        for inFlight in [10, 100, 1000] {
            let ratio = try await compare("http", plainCases, inFlight, &table)
            if ratio < Self.target { isMet = false }
        }
        let encryptedCases = try contestants(for: encrypted, module: "https", context)
        for inFlight in [10, 100] {
            _ = try await compare("https", encryptedCases, inFlight, &table)
        }
        table.show()
        print("Target: at least \(Int(Self.target)) × exporter for http: \(isMet ? "met" : "MISSED").\n")
        await client.shutdown()
        thread.stop()
        return isMet
    }

    /// One way to probe, and the process whose time it costs.
    private struct Contestant {
        let name: String
        let cpuTime: () throws -> Double
        let probe: @Sendable () async -> Bool
    }

    private func contestants(
        for target: HTTPTarget,
        module: String,
        _ context: ProbeContext
    ) throws -> [Contestant] {
        let probe = try target.probe()
        let bare = HTTPRequest(url: target.url, tls: TLSOptions(authorityFile: target.authorityFile))
        let asking = HTTPRequest(
            url: "\(exporter)/probe?module=\(module)&target=\(target.url)",
            reusesConnection: true
        )
        let transport = context.transport
        let process = exporterProcess
        return [
            Contestant(
                name: "Lookout, http probe",
                cpuTime: { CPUTime.ofThisProcess },
                probe: { await probe.run(context).outcome == .ok }
            ),
            Contestant(
                name: "Lookout, bare client",
                cpuTime: { CPUTime.ofThisProcess },
                probe: { (try? await transport.send(bare))?.statusCode == 200 }
            ),
            Contestant(
                name: "blackbox exporter",
                cpuTime: { try CPUTime.ofProcess(process) },
                probe: { (try? await transport.send(asking))?.body.hasSuccessLine ?? false }
            ),
        ]
    }

    /// Measures all contestants in turn; the median over the rounds of the first one's advantage.
    private func compare(
        _ scheme: String,
        _ contestants: [Contestant],
        _ inFlight: Int,
        _ table: inout TextTable
    ) async throws -> Double {
        var rates = contestants.map { _ in [Double]() }
        var costs = contestants.map { _ in [Double]() }
        // The first round only warms up.
        for round in 0...rounds {
            for (index, contestant) in contestants.enumerated() {
                let before = try contestant.cpuTime()
                let count = await ClosedLoop.run(inFlight: inFlight, for: duration, contestant.probe)
                let cost = (try contestant.cpuTime() - before) / Double(count.calls) * 1e6
                guard count.failures == 0 else {
                    throw BenchmarkError(
                        "\(contestant.name): \(count.failures) of \(count.calls) \(scheme) probes failed"
                    )
                }
                if round > 0 {
                    rates[index].append(count.rate)
                    costs[index].append(cost)
                }
            }
        }
        let ratios = costs.map { cost in zip(costs[costs.count - 1], cost).map { $0 / $1 }.median }
        for (index, contestant) in contestants.enumerated() {
            table.add(
                "\(scheme): \(contestant.name)",
                "\(inFlight)",
                rates[index].median.short,
                costs[index].median.short,
                ratios[index].short
            )
        }
        return ratios[0]
    }
}

extension [UInt8] {
    private static let successLine = Array("\nprobe_success 1\n".utf8)

    /// Whether the exporter's metrics say that the probe succeeded; the line is near their end.
    fileprivate var hasSuccessLine: Bool {
        let line = Self.successLine
        guard count >= line.count else { return false }
        return stride(from: count - line.count, through: 0, by: -1).contains {
            self[$0...].starts(with: line)
        }
    }
}
