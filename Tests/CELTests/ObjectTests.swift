import CEL
import Testing

/// Objects with declared fields, host functions and activations.
@Suite struct `Values of the host` {
    /// A sample as rules see it; counts how often its fields are fetched.
    final class SampleObject: ObjectValue {
        static let type = ObjectType(
            "sample",
            fields: [
                .init("latency_ms", .double), .init("error", .string), .init("json", .dyn),
                .init("previous_ms", .double),
            ]
        )

        let latency: Double
        let json: Value

        init(latency: Double, json: Value = .null) {
            self.latency = latency
            self.json = json
        }

        var objectType: ObjectType { Self.type }

        func field(_ index: Int) throws(EvaluationError) -> Value? {
            switch index {
            case 0: .double(latency)
            case 2: json
            case 3: throw .noData("no sample before this one")
            default: nil
            }
        }
    }

    final class History {
        let samples: [Double]
        init(_ samples: [Double]) { self.samples = samples }
    }

    private static let environment = CELEnvironment(
        variables: [
            .init("sample", .object(SampleObject.type)), .init("samples", .list(.object(SampleObject.type))),
        ],
        functions: [
            FunctionDeclaration(
                "p95",
                [
                    .host("p95(duration)", context: History.self, [.duration], .double) {
                        (_, history) throws(EvaluationError) in
                        guard history.samples.count >= 3 else { throw .noData("too few samples") }
                        return .double(history.samples.sorted()[history.samples.count * 95 / 100])
                    }
                ]
            )
        ]
    )

    private func evaluate(_ source: String, _ sample: SampleObject, _ history: History? = nil) throws -> Value
    {
        let program = try Self.environment.compile(source)
        var activation = Activation(Self.environment)
        activation["sample"] = .object(sample)
        activation["samples"] = .list([.object(sample)])
        return try program.evaluate(activation, context: history)
    }

    private let sample = SampleObject(
        latency: 1_250,
        json: .map(["services": .map(["database": .string("down")]), "count": .int(3)])
    )

    @Test(arguments: [
        "sample.latency_ms > 1000.0",
        "sample.json.services.database == 'down'",
        "sample.json.count > 2.5",
        "has(sample.json.services) && !has(sample.json.servces)",
        "has(sample.latency_ms) && !has(sample.error)",
        "samples.exists(s, s.latency_ms == 1250.0)",
        "sample == samples[0]",
        "sample.?error.orValue('none') == 'none'",
        "type(sample) == type(samples[0])",
        "sample.latency_ms > 1000.0 || sample.previous_ms > 1.0",
    ])
    func `are read by rules`(source: String) throws {
        #expect(try evaluate(source, sample).matches(.bool(true)))
    }

    @Test(arguments: [
        ("sample.error == ''", EvaluationError.Code.noSuchField),
        ("sample.json.servces.database == ''", .noSuchKey),
        ("sample.previous_ms > 1.0", .noData),
        ("sample.previous_ms > 1.0 || sample.latency_ms < 1.0", .noData),
        ("p95(duration('5m')) > 1.0", .noData),
    ])
    func `that are missing fail with a code`(source: String, code: EvaluationError.Code) throws {
        let error = try #require(throws: EvaluationError.self) {
            try evaluate(source, sample, History([1]))
        }
        #expect(error.code == code)
        #expect(error.position?.line == 1)
    }

    @Test func `reach host functions through the context of the evaluation`() throws {
        #expect(try evaluate("p95(duration('5m')) == 3.0", sample, History([1, 2, 3])).matches(.bool(true)))
        let error = try #require(throws: EvaluationError.self) { try evaluate("p95(duration('5m'))", sample) }
        #expect(error.code == .host)
    }

    @Test func `that a program will ask for are known beforehand`() throws {
        let program = try Self.environment.compile(
            "sample.latency_ms > p95(duration('5m')) || p95(duration(sample.error)) > 1.0"
        )
        #expect(program.variables == ["sample"])
        #expect(program.hostCalls.map(\.function) == ["p95", "p95"])
        guard case .duration(let window)? = program.hostCalls[0].arguments[0] else {
            Issue.record("the first window is constant")
            return
        }
        #expect(window.duration == .seconds(300))
        #expect(program.hostCalls[1].arguments[0] == nil)
    }

    @Test func `of no declared kind fail rather than trap`() throws {
        let program = try Self.environment.compile("sample.latency_ms > 1.0")
        var activation = Activation(Self.environment)
        #expect(throws: EvaluationError.self) { try program.holds(activation) }
        activation["sample"] = .int(1)
        #expect(throws: EvaluationError.self) { try program.holds(activation) }
        activation["sample"] = .map(["latency_ms": .double(2)])
        #expect(try program.holds(activation))
    }
}
