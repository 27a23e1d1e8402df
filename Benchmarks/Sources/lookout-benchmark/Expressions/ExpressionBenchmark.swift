import CEL

/// What an evaluation costs: of single expressions, and of the shipped rules over a sample.
///
/// In processor time of the one thread that does it.
struct ExpressionBenchmark {
    private let rules: String
    private let rounds: Int

    init(_ options: Options) throws {
        rules = try options.text("rules")
        rounds = try options.number("rounds", default: 9)
    }

    func run() throws -> Bool {
        print("CEL, medians of \(rounds) rounds; variables are bound beforehand")
        var table = TextTable("", "evaluate ns", "compile µs")
        for reference in ReferenceExpression.all {
            let (name, environment) = (reference.name, ReferenceExpression.environment)
            let program = try environment.compile(reference.source, expecting: reference.result)
            let activation = ReferenceExpression.activation
            _ = try program.evaluate(activation)
            let evaluation = try Repetition.seconds(rounds: rounds) { _ in
                if reference.result == .bool {
                    _ = try program.holds(activation)
                } else {
                    _ = try program.evaluate(activation)
                }
            }
            let compilation = try Repetition.seconds(rounds: rounds) { _ in
                _ = try environment.compile(reference.source, expecting: reference.result)
            }
            table.add(name, (evaluation * 1e9).short, (compilation * 1e6).short)
        }
        table.show()
        try judgeSamples()
        return true
    }

    private func judgeSamples() throws {
        print(
            "RuleEngine.observe over \(rules.split(separator: "/").last ?? "Rules")/, with 100 samples of history"
        )
        var table = TextTable("sample of", "rules", "µs/sample", "µs/rule")
        for example in RuleExample.all {
            var trial = try RuleTrial(example, folder: rules)
            let count = trial.judgementCount
            let seconds = Repetition.seconds(rounds: rounds) { _ in trial.observeNext() }
            table.add(
                example.name,
                "\(count)",
                (seconds * 1e6).short,
                count > 0 ? (seconds / Double(count) * 1e6).short : "–"
            )
        }
        table.show()
        let compilation = try Repetition.seconds(rounds: rounds) { _ in
            _ = try RuleTrial.compile(folder: rules)
        }
        print("Reading, checking and compiling all rule files: \((compilation * 1e3).short) ms.\n")
    }
}
