import CEL
import LookoutModel
import LookoutRules
import LookoutSettings
import LookoutSimulation
import Testing

/// The functions that look back, as rules call them, against a naive computation.
@Suite struct HistoryFunctionTests {
    private static let check = RuleFixture.check(interval: .seconds(10))
    private static let scope = RuleScope(
        types: RuleFixture.types,
        environments: RuleFixture.environments,
        checks: [check]
    )

    /// What a condition comes to after samples, the last of which is judged.
    private static func outcome(_ expression: String, _ samples: [Sample]) throws -> Judgement.Outcome? {
        var engine = try RuleFixture.engine(
            RuleFixture.file("expr: |-\n          \(expression)"),
            scope: scope
        )
        guard let newest = samples.last else { return nil }
        engine.seed(samples.dropLast(), of: check.id)
        let now = Moment(wall: newest.startedAt, monotonic: .zero)
        return engine.observe(newest, of: check, at: now).first?.outcome
    }

    /// A function of a window and what it must be for the window's samples.
    private struct Expectation: Sendable, CustomTestStringConvertible {
        let name: String
        /// The condition that the function has this value, for a window.
        let condition: @Sendable (_ window: String, _ samples: [Sample]) -> String?

        var testDescription: String { name }
    }

    private static let expectations: [Expectation] = [
        Expectation(name: "count") { "count(\($0)) == \($1.count)" },
        Expectation(name: "failures") { "failures(\($0)) == \($1.failureCount)" },
        Expectation(name: "success_ratio") { window, samples in
            close("success_ratio(\(window), 1)", 1 - Double(samples.failureCount) / Double(samples.count))
        },
        Expectation(name: "burn_rate") { window, samples in
            close(
                "burn_rate(99.5, \(window), 1)",
                Double(samples.failureCount) / Double(samples.count) / 0.005
            )
        },
        Expectation(name: "avg") { equal("avg(\($0), 1)", $1.meanDuration) },
        Expectation(name: "min") { equal("min(\($0), 1)", $1.map(\.timings.total).min()) },
        Expectation(name: "max") { equal("max(\($0), 1)", $1.map(\.timings.total).max()) },
        Expectation(name: "p50") { equal("p50(\($0), 1)", $1.quantile(0.5)) },
        Expectation(name: "p95") { equal("p95(\($0), 1)", $1.quantile(0.95)) },
        Expectation(name: "p99") { equal("p99(\($0), 1)", $1.quantile(0.99)) },
        Expectation(name: "quantile") { equal("quantile(0.3, \($0), 1)", $1.quantile(0.3)) },
        Expectation(name: "rate_of_change") { window, samples in
            samples.slope.map { close("rate_of_change(\(window), 1)", $0) }
        },
        Expectation(name: "changed") { window, samples in
            "changed(\"version\", \(window)) == \(Set(samples.compactMap(\.version)).count > 1)"
        },
        Expectation(name: "consecutive_failures") { _, samples in
            // Only where the streak begins inside of the window.
            samples.last { $0.outcome == .ok }.map { _ in
                let streak = samples.reversed().prefix { $0.outcome.failure != nil }.count
                return "consecutive_failures() == \(streak)"
            }
        },
        Expectation(name: "last") { _, samples in
            samples.last { $0.version != nil }?.version.map { "last(\"version\") == \"\($0)\"" }
        },
    ]

    private static func close(_ call: String, _ value: Double) -> String {
        "math.abs(\(call) - (\(value))) <= 0.000001 + 0.000001 * \(abs(value))"
    }

    private static func equal(_ call: String, _ duration: Duration?) -> String? {
        duration.map { duration in
            let nanoseconds = duration / .nanoseconds(1)
            return "\(call) == duration(\"\(Int64(nanoseconds))ns\")"
        }
    }

    @Test(arguments: expectations)
    private func `a function agrees with a naive computation`(expectation: Expectation) throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<12 {
            let count = Int.random(in: 2...60, using: &random)
            var samples = [Sample].random(count, gap: 1...20, using: &random)
            samples[count - 1].outcome = Bool.random(using: &random) ? .ok : RuleFixture.refused
            var model = NaiveHistory()
            for sample in samples { model.append(sample) }
            let seconds = Int64.random(in: 1...600, using: &random)
            let number = Int.random(in: 1...model.samples.count, using: &random)
            let windows: [(String, SampleWindow)] = [
                ("\"\(seconds)s\"", .time(.seconds(seconds))),
                ("duration(\"\(seconds)s\")", .time(.seconds(seconds))), ("\(number)", .samples(number)),
            ]
            for (text, window) in windows {
                guard let condition = expectation.condition(text, model.slice(window)) else { continue }
                let outcome = try Self.outcome(condition, samples)
                #expect(outcome == .holds(.major), "\(condition)")
            }
        }
    }

    @Test func `every function has been compared`() {
        let compared = Set(Self.expectations.map(\.name))
        let others: Set = ["baseline", "went_back", "probe_failing"]
        let lookingBack = HistoryFunctions.reference.filter { $0.scopes == [.check] }
        #expect(compared.union(others) == Set(lookingBack.map(\.name)))
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `baseline is the statistic over an earlier window`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var samples = [Sample].random(120, gap: 5...15, using: &random)
        samples[119].outcome = .ok
        var model = NaiveHistory()
        for sample in samples { model.append(sample) }
        let newest = try #require(model.samples.last?.startedAt)
        let earlier = model.slice(over: .seconds(300), endingAt: newest - .seconds(240))
        for (name, value) in [
            ("p50", earlier.quantile(0.5)), ("p95", earlier.quantile(0.95)), ("p99", earlier.quantile(0.99)),
            ("avg", earlier.meanDuration), ("min", earlier.quantile(0)), ("max", earlier.quantile(1)),
        ] {
            let condition = try #require(Self.equal("baseline(\"\(name)\", \"5m\", \"4m\", 1)", value))
            #expect(try Self.outcome(condition, samples) == .holds(.major), "\(condition)")
        }
        let ratio = 1 - Double(earlier.failureCount) / Double(earlier.count)
        let condition = Self.close(
            "double(baseline(\"success_ratio\", duration(\"300s\"), \"4m\", 1))",
            ratio
        )
        #expect(try Self.outcome(condition, samples) == .holds(.major), "\(condition)")
    }

    @Test func `a baseline may end when the deployment began`() throws {
        let samples = (0..<20).map { index in
            RuleFixture.sample(
                at: 1_000_000 + Int64(index) * 10,
                total: index < 10 ? .seconds(1) : .seconds(3),
                version: index < 10 ? "1.0" : "1.1"
            )
        }
        func outcome(_ expression: String, _ count: Int) throws -> Judgement.Outcome? {
            try Self.outcome(expression, Array(samples.prefix(count)))
        }
        let slower = #"avg("100s", 5) > baseline("avg", "100s", "deployment", 5) + duration("500ms")"#
        #expect(try outcome(slower, 20) == .holds(.major))
        #expect(try outcome(slower, 10) == .noData)
        #expect(
            try outcome(#"baseline("max", "100s", "deployment", 10) == duration("1s")"#, 20) == .holds(.major)
        )
        #expect(try outcome(#"baseline("max", "100s", "deployment", 11) == duration("1s")"#, 20) == .noData)
    }

    @Test(arguments: [
        #"count("1m") >= 0"#, #"failures("30d") >= 0"#, #"success_ratio("7d", 1) >= 0.0"#,
        #"burn_rate(99, "30d", 1) >= 0.0"#,
    ])
    func `the newest sample is always in the window`(condition: String) throws {
        #expect(try Self.outcome(condition, [RuleFixture.sample()]) == .holds(.major))
    }

    @Test(arguments: [
        #"count(2) >= 0"#, #"failures(2) >= 0"#, #"success_ratio("10m") >= 0.0"#,
        #"avg("10m") > duration("0s")"#,
        #"p95("10m", 2) > duration("0s")"#, #"min(2) > duration("0s")"#,
        #"quantile(0.5, "10m") > duration("0s")"#,
        #"rate_of_change("10m", 1) > 0.0"#, #"burn_rate(99.9, "3d") > 0.0"#,
        #"burn_rate(99.9, "1h", 2) > 0.0"#,
        #"baseline("p95", "10m", "10m", 1) > duration("0s")"#,
        #"baseline("p95", "10m", "deployment", 1) > duration("0s")"#, #"changed("version", 2)"#,
    ])
    func `one sample is no data for what needs more`(condition: String) throws {
        #expect(try Self.outcome(condition, [RuleFixture.sample()]) == .noData)
    }

    @Test(arguments: [
        (#"burn_rate(0, "1h", 1) > 1.0"#, "percent"), (#"burn_rate(100, "1h", 1) > 1.0"#, "percent"),
        (#"burn_rate(0.0 / 0.0, "1h", 1) > 1.0"#, "percent"),
        (#"quantile(1.5, 1) > duration("1s")"#, "0.0 to 1.0"),
        (#"quantile(0.0 / 0.0, 1) > duration("1s")"#, "0.0 to 1.0"), (#"changed("colour", 1)"#, "traced"),
    ])
    func `a senseless argument is an error of the rule`(condition: String, words: String) throws {
        guard case .error(let message)? = try Self.outcome(condition, [RuleFixture.sample()]) else {
            Issue.record("not an error")
            return
        }
        #expect(message.contains(words))
    }

    @Test(arguments: [
        #"avg("31d") > duration("1s")"#, #"failures("31d") > 1"#, #"p95("25h") > duration("1s")"#,
        #"baseline("p95", "25h", "1h") > duration("1s")"#, #"baseline("p95", "1h", "8d") > duration("1s")"#,
        #"baseline("p42", "1h", "1d") > duration("1s")"#,
        #"baseline("p95", "1h", sample.version) > duration("1s")"#,
        #"burn_rate(99.9, sample.version) > 1.0"#, #"count(0) > 1"#, #"count(100000) > 1"#,
        #"count("-5m") > 1"#,
        #"count("0s") > 1"#, #"count(duration("99999h")) > 1"#,
    ])
    func `a window that cannot be kept is an error when the rule is loaded`(condition: String) throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            RuleFixture.file("expr: |-\n          \(condition)")
        )
        #expect(rules == nil)
        #expect(diagnostics.errors.count == 1)
    }

    @Test func `a negative or absurd number of needed samples does no harm`() throws {
        let samples = [RuleFixture.sample()]
        #expect(try Self.outcome(#"success_ratio("1h", -5) == 1.0"#, samples) == .holds(.major))
        #expect(try Self.outcome(#"success_ratio("1h", 9223372036854775807) == 1.0"#, samples) == .noData)
    }

    @Test(arguments: HistoryFunctions.reference)
    func `the example of a function is a condition that can be judged`(function: FunctionReference) throws {
        let text = RuleFixture.file("expr: |-\n          \(function.example)")
        let (rules, diagnostics) = try RuleFixture.compile(text)
        #expect(rules != nil, "\(diagnostics.all)")
        #expect(function.example.contains("\(function.name)("))
        #expect(function.signature.hasPrefix("\(function.name)("))
        #expect(function.summary.hasSuffix("."))
        let judged = try Self.outcome(function.example, [RuleFixture.sample(version: "1.0")])
        if case .error(let words)? = judged { Issue.record("\(words)") }
    }

    @Test func `every variable and field is documented`() throws {
        let vocabulary = RuleVocabulary(types: RuleFixture.types)
        for scope in RuleScopeKind.allCases {
            let declared = vocabulary.environment(for: scope).variables
            let documented = vocabulary.reference.filter { $0.scopes.contains(scope) }
            #expect(Set(declared.map(\.name)) == Set(documented.map(\.name)))
        }
        let fields = vocabulary.reference.flatMap(\.fields) + vocabulary.partReference.flatMap(\.fields)
        #expect(fields.allSatisfy { $0.summary.hasSuffix(".") })
        #expect(vocabulary.partReference.contains { $0.name == "sample.http" })
    }
}
