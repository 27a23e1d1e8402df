import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutRehearsal
import LookoutRules

/// Checks, rules as text, and samples in memory.
struct BacktestWorld {
    static let start = Timestamp(seconds: 1_790_000_000)
    static let health = check("backend-health")
    static let page = check("frontend", type: "page")

    var samples: [Sample] = []

    static func check(
        _ probe: String,
        in environment: String = "production",
        type: String = "http",
        interval: Duration = .seconds(30)
    ) -> Check {
        Check(
            id: CheckID(environment: environment, probe: probe),
            type: type,
            interval: interval,
            timeout: .seconds(10)
        )
    }

    static func scope(_ checks: [Check]) -> RuleScope {
        RuleScope(
            types: [ProbeTypeFacts(name: "http", facts: []), ProbeTypeFacts(name: "page", facts: [])],
            environments: Set(checks.map(\.id.environment)).sorted().map { EnvironmentFacts(name: $0) },
            checks: checks
        )
    }

    /// The rules of a text that holds the list of them, four spaces deep.
    static func rules(_ list: String, for checks: [Check]) throws -> RuleSet {
        let document = try YAMLReader(file: "rules.yaml").read(
            Array("groups:\n  - name: trial\n    rules:\n\(list)\n".utf8)
        ).get()
        let file = RuleFile(node: document.root, source: document.source)
        let (rules, diagnostics) = RuleCompiler(scope: scope(checks)).compile([file])
        guard let rules else { throw diagnostics }
        return rules
    }

    /// Adds one sample an interval: `o` is ok, `x` failed, `s` slow, `?` inconclusive, a blank none at all.
    mutating func add(_ pattern: String, of check: Check, from second: Int = 0) {
        for (number, letter) in pattern.enumerated() where letter != " " {
            let outcome: Outcome =
                switch letter {
                case "x": .failed(Failure(.timeout, "no answer within 10 s"))
                case "?": .inconclusive("offline")
                default: .ok
                }
            samples.append(
                Sample(
                    check: check.id,
                    startedAt: Self.start + .seconds(second) + check.interval * number,
                    outcome: outcome,
                    timings: Timings(total: letter == "s" ? .seconds(3) : .milliseconds(200)),
                    statusCode: letter == "x" ? nil : 200
                )
            )
        }
    }

    static func range(seconds: Int) -> Range<Timestamp> { start..<start + .seconds(seconds) }

    func findings(_ plan: BacktestPlan, threads: Int = 2) async throws -> BacktestFindings {
        try await Backtest(plan).run(on: MemorySampleArchive(samples: samples), threads: threads)
    }
}

/// Samples in memory, in the order that the port asks for.
struct MemorySampleArchive: SampleArchive {
    let samples: [Sample]

    init(samples: [Sample]) {
        self.samples = samples.sorted { ($0.endedAt, $0.check) < ($1.endedAt, $1.check) }
    }

    func extents() throws -> [CheckID: ClosedRange<Timestamp>] {
        Dictionary(grouping: samples, by: \.check).compactMapValues { samples in
            let starts = samples.map(\.startedAt)
            guard let first = starts.min(), let last = starts.max() else { return nil }
            return first...last
        }
    }

    func replay(
        _ checks: [CheckID],
        in range: Range<Timestamp>,
        _ body: (Sample, Int) throws -> Void
    ) throws {
        let places = Dictionary(zip(checks, checks.indices), uniquingKeysWith: { first, _ in first })
        for sample in samples where range.contains(sample.startedAt) {
            guard let place = places[sample.check] else { continue }
            var stored = sample
            stored.observation = nil
            try body(stored, place)
        }
    }
}
