import CEL
import CELExchange
import Foundation
import Testing

/// Very deep and very long expressions: refused or evaluated, on a small stack, in bounded time.
@Suite struct `Hostile expressions` {
    @Test func `of our data neither crash nor hang on a stack of 512 KiB`() throws {
        let lines = try SharedData.own("cel-limits.jsonl")
        let outcomes = try SmallStack.run { lines.map { ConformanceRunner().run($0) } }
        var accepted = 0
        for (line, outcome) in zip(lines, outcomes) {
            switch outcome {
            case .value(let value, _):
                accepted += 1
                #expect(!line.expect.isError, "\(line.id) has a value, \(value)")
                if let expected = line.expect.value {
                    #expect(value.matches(try Value(exchange: expected)), "\(line.id)")
                }
            case .refused: break
            case .failed(let error, _): #expect(error.code == .budgetExceeded, "\(line.id): \(error)")
            case .checked: Issue.record("\(line.id) was only checked")
            }
        }
        print("cel-limits.jsonl: \(lines.count) bounded, \(accepted) of them evaluated")
    }

    @Test(arguments: [
        String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60),
        String(repeating: "size([", count: 31) + "1" + String(repeating: "])", count: 31),
        "1" + String(repeating: " + 1", count: 95),
        "x" + String(repeating: ".a", count: 95),
        "[1]" + String(repeating: ".map(x, x)", count: 95),
        String(repeating: "true ? 1 : ", count: 60) + "2",
        String(repeating: "[1].map(x, ", count: 60) + "1" + String(repeating: ")", count: 60),
        String(repeating: "cel.bind(x, 1, ", count: 60) + "x" + String(repeating: ")", count: 60),
        String(repeating: "-", count: 5_001) + "x",
        "true" + String(repeating: " && true", count: 1_500),
    ])
    func `within the limits pass on a stack of 512 KiB`(source: String) throws {
        let environment = CELEnvironment(variables: [.init("x", .dyn)])
        let nested = (0..<95).reduce(Value.int(1)) { value, _ in .map(["a": value]) }
        try SmallStack.run {
            let program = try environment.compile(source)
            var activation = Activation(environment)
            activation["x"] = source.hasPrefix("-") ? .int(1) : nested
            _ = try program.evaluate(activation)
        }
    }

    @Test(arguments: [
        "[0,1,2,3,4,5,6,7].all(a, [0,1,2,3,4,5,6,7].all(b, [0,1,2,3,4,5,6,7].all(c, [0,1,2,3,4,5,6,7].all(d, "
            + "[0,1,2,3,4,5,6,7].all(e, [0,1,2,3,4,5,6,7].all(f, [0,1,2,3,4,5,6,7].all(g, a < 9)))))))",
        doubling("'aaaaaaaaaaaaaaaa'", times: 30) { "\($0) + \($0)" },
        doubling("[1, 2, 3]", times: 30) { "\($0) + \($0)" },
        // Shared structure: small in memory, exponential to walk through.
        doubling("[1]", times: 40, { "[\($0), \($0)]" }, last: { "\($0) == \($0) + []" }),
        doubling("[x]", times: 40, { "[\($0), \($0)]" }, last: { "'%s'.format([\($0)])" }),
        doubling("b'aaaaaaaaaaaaaaaa'", times: 55) { "\($0) + \($0)" },
        doubling("'a'", times: 55, { "\($0) + \($0)" }, last: { "{\($0): 1}.size() == 1" }),
        doubling("'a'", times: 55, { "\($0).replace('a', 'aa')" }),
        doubling("'a'", times: 55, { "'%s%s'.format([\($0), \($0)])" }),
        doubling("'a'", times: 55, { "[\($0), \($0), \($0)].join(\($0))" }),
        doubling("['a', 'b']", times: 55, { "(\($0) + \($0)).join('-').split('')" }),
        doubling(
            "{'a': x}",
            times: 55,
            { "{'a': \($0), 'b': \($0)}" },
            last: { "\($0) == dyn({'a': \($0).a, 'b': \($0).b})" }
        ),
        doubling("[x]", times: 55, { "[\($0), \($0)]" }, last: { "\($0) in [\($0) + []]" }),
        doubling("[x]", times: 55, { "[\($0), \($0)].flatten()" }),
        doubling("b'a'", times: 25, { "\($0) + \($0)" }, last: { "base64.encode(\($0)) == ''" }),
        loop(over: longText, "{t: i}.size() == 1"),
        loop(over: longText, "!(t in {'a': i})"),
        loop(over: longText, "!(t in ['a', 'b'])"),
        loop(over: longText, "!has(dyn({'a': {t: i}}).b)"),
        loop(over: longText, "t.matches('(a|b|c|d)*x.y') == false"),
        loop(over: longText, "!t.contains('aaaaaaab')"),
        loop(over: longText, "t.split('').size() > 0 && t.reverse() != '' && t.upperAscii() > t"),
        loop(over: longText, "strings.quote(t) != t && t.trim() + 'x' != t && t.substring(1) != ''"),
        loop(over: longText, "base64.encode(bytes(t)) != '' && string(bytes(t)) == t"),
        loop(
            over: longText,
            "duration(t) == duration('1s') || timestamp(t) == timestamp(0) || double(t) == 1.0 || i >= 0"
        ),
        loop(over: longText, "[t, t + '1', t + '2'].sort()[0] != '' && [t, t].distinct().size() == 1"),
        loop(over: longText, "t.lastIndexOf('b') < 0 && t.indexOf('b') < 0 && size(t) > 0"),
        loop(over: "lists.range(2000)", "t.sort() == t && t.map(e, [e]).distinct().size() == t.size()"),
        "lists.range(1000000000).size()",
        "'a'.replace('', lists.range(5000).map(i, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').join())"
            + ".replace('', lists.range(5000).map(i, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').join())",
    ])
    func `exceed their budget instead of running on`(source: String) throws {
        let environment = CELEnvironment(variables: [.init("x", .int)])
        let program = try environment.compile(source)
        var activation = Activation(environment)
        activation["x"] = .int(1)
        let error = try #require(throws: EvaluationError.self) {
            try program.evaluate(activation)
        }
        #expect(error.code == .budgetExceeded)
        // The tables of bytes that a budget can pay for, with room for the build's and the others' own.
        #expect(try PeakMemory.ofThisProcess < 1 << 30)
    }

    @Test func `cannot be given an unlimited budget`() throws {
        let environment = CELEnvironment()
        let program = try environment.compile("lists.range(\(CostBudget.maximum + 1)).size()")
        let error = try #require(throws: EvaluationError.self) {
            try program.evaluate(Activation(environment), budget: .max)
        }
        #expect(error.code == .budgetExceeded)
    }

    @Test func `cannot hide an exceeded budget behind a decisive operand`() throws {
        let environment = CELEnvironment(variables: [.init("yes", .bool)])
        let program = try environment.compile("lists.range(1000).exists(x, x < 0) || yes")
        var activation = Activation(environment)
        activation["yes"] = .bool(true)
        let error = try #require(throws: EvaluationError.self) {
            try program.evaluate(activation, budget: 100)
        }
        #expect(error.code == .budgetExceeded)
    }

    @Test func `fail once however often a bound value is asked for`() throws {
        let environment = CELEnvironment(variables: [.init("x", .int)])
        let source = Self.doubling("1 / x > 0", times: 40) { "\($0) || \($0)" }
        var activation = Activation(environment)
        activation["x"] = .int(0)
        let error = try #require(throws: EvaluationError.self) {
            try environment.compile(source).evaluate(activation, budget: 1_000)
        }
        #expect(error.code == .divisionByZero)
    }

    @Test func `are refused by the number of their nodes and bytes`() {
        let environment = CELEnvironment()
        for source in [
            "[" + String(repeating: "1,", count: 6_000) + "1]", String(repeating: "a", count: 20_000),
        ] {
            #expect(throws: CompileError.self) { try environment.compile(source) }
        }
    }

    @Test func `with patterns that backtrack elsewhere are answered at once`() throws {
        let environment = CELEnvironment(variables: [.init("text", .string)])
        let program = try environment.compile("text.matches('^(a+)+$') || text.matches('(a|a)*b')")
        var activation = Activation(environment)
        activation["text"] = .string(String(repeating: "a", count: 50_000) + "!")
        #expect(try !program.holds(activation))
    }

    /// A text of about a megabyte, at a cost that leaves most of the budget.
    static let longText = "lists.range(60000).map(n, 'aaaaaaaaaaaaaaaa').join()"

    /// A body for each of many `i`, with a bound value `t`.
    static func loop(over value: String, _ body: String) -> String {
        "cel.bind(t, \(value), lists.range(300000).all(i, \(body)))"
    }

    /// `cel.bind(x0, first, cel.bind(x1, step(x0), …))`.
    static func doubling(
        _ first: String,
        times: Int,
        _ step: (String) -> String,
        last: (String) -> String = { "\($0) == \($0)" }
    ) -> String {
        var source = "cel.bind(x0, \(first), "
        for index in 1...times { source += "cel.bind(x\(index), \(step("x\(index - 1)")), " }
        return source + last("x\(times)") + String(repeating: ")", count: times + 1)
    }
}

/// The most memory that the process has ever held, in bytes (proc(5), `VmHWM`).
private enum PeakMemory {
    static var ofThisProcess: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
            return try #require(Int(kilobytes)) << 10
        }
    }
}

/// Runs a closure on a thread with a stack of 512 KiB, as small threads of the daemon have.
enum SmallStack {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        let box = ResultBox<Result>()
        let thread = Thread { box.fill(Swift.Result(catching: body)) }
        thread.stackSize = 512 << 10
        thread.start()
        return try box.wait().get()
    }
}

private final class ResultBox<Value: Sendable>: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var result: Result<Value, any Error>?

    func fill(_ result: Result<Value, any Error>) {
        condition.lock()
        defer { condition.unlock() }
        self.result = result
        condition.signal()
    }

    func wait() -> Result<Value, any Error> {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result { return result }
            condition.wait()
        }
    }
}
