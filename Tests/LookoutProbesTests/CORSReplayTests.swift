import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutProbes

/// Replays the recorded exchanges over loopback through the real HTTP client.
@Suite(.timeLimit(.minutes(5))) struct CORSReplayTests {
    @Test func `over the wire the verdicts are Chromium's but for its HTTP parser`() async throws {
        guard let values = try await OracleFile.cases("cors.jsonl") else { return }
        let table = Mutex<[String: RecordedCORSCase]>([:])
        let play: LoopbackScript = { connection in
            let request = try connection.readRequest()
            let id = request.target.split(separator: "/").dropFirst().first.map(String.init) ?? ""
            guard let recorded = table.withLock({ $0[id] }) else { return }
            let isPreflight =
                request.method == "OPTIONS" && request.header("Access-Control-Request-Method") != nil
            try connection.play(recorded.script(path: request.target, isPreflight: isPreflight))
        }
        let first = try LoopbackServer(play)
        let second = try LoopbackServer(play)
        defer {
            first.stop()
            second.stop()
        }
        let cases = try values.map {
            try RecordedCORSCase(
                $0,
                target: "http://127.0.0.1:\(first.port)",
                target2: "http://127.0.0.1:\(second.port)"
            )
        }
        table.withLock { table in for recorded in cases { table[recorded.id] = recorded } }
        let client = try HTTPClient()
        let differences = await cases.concurrentMap(limit: 16) { recorded in
            await CORSReplayTests.difference(recorded, client)
        }
        report(cases, differences)
    }

    private static func difference(_ recorded: RecordedCORSCase, _ client: HTTPClient) async -> String? {
        let bench = ProbeBench(transport: client)
        let context = ProbeContext(transport: client, timekeeper: bench.timekeeper, timeout: recorded.timeout)
        do {
            let request = try recorded.request()
            let fetcher = CORSFetcher(
                transport: client,
                deadline: RunDeadline(context),
                tls: TLSOptions(),
                resolve: [],
                bodyLimit: .mebibytes(8)
            )
            let outcome = await fetcher.fetch(request)
            return recorded.difference(
                from: RecordedCORSCase.Replay(verdict: outcome.verdict, sent: outcome.exchanges)
            )
        } catch let refusal as CORSRefusal {
            return recorded.difference(from: RecordedCORSCase.Replay(verdict: CORSVerdict(refusal: refusal)))
        } catch {
            return "\(error)"
        }
    }

    private func report(_ cases: [RecordedCORSCase], _ differences: [String?]) {
        let parserClasses: Set = ["lenient_http", "strict_http"]
        var apart: [String] = []
        var unexplained: [String] = []
        for (recorded, difference) in zip(cases, differences) {
            guard let difference else { continue }
            let line = "\(recorded.id): \(difference)"
            if parserClasses.contains(recorded.deviation ?? "") || recorded.category.hasPrefix("network_") {
                apart.append(line)
            } else {
                unexplained.append(line)
            }
        }
        print("cors replay: \(cases.count - apart.count - unexplained.count) of \(cases.count) agree,")
        print("  \(apart.count) hang on the HTTP parser:")
        for line in apart { print("  \(line)") }
        #expect(unexplained.isEmpty, "\(unexplained.joined(separator: "\n"))")
    }
}

extension LoopbackConnection {
    /// Does what a recorded answer says.
    fileprivate func play(_ script: RecordedCORSCase.Script) throws {
        switch script {
        case .close: return
        case .reset: reset()
        case .hang: try hang()
        case .answer(let bytes, let chunk, let pause, let delay, let isReset, let hangs):
            if delay > .zero { try pauseScript(for: delay) }
            if let chunk {
                for start in stride(from: 0, to: bytes.count, by: chunk) {
                    try send(Array(bytes[start..<min(start + chunk, bytes.count)]))
                    try pauseScript(for: pause)
                }
            } else {
                try send(bytes)
            }
            if hangs { try hang() }
            if isReset {
                try pauseScript(for: .milliseconds(50))
                reset()
            }
        }
    }
}
