import CEL
import CELExchange
import Foundation

/// What the evaluation of single expressions costs beside other engines.
///
/// In processor time of the one thread that does it. The engines take turns, a round of each after the
/// other, so that what else the machine does meets all of them.
struct ExpressionBenchmark {
    /// How much faster than the faster of the other engines an expression is to be.
    private static let requiredRatio = 2.0

    private let rounds: Int
    private let expressions: ReferenceExpressions
    private let peers: ExpressionPeers?

    init(_ options: Options) throws {
        rounds = try options.number("rounds", default: 9)
        let file = try options.text("expressions")
        expressions = try ReferenceExpressions(file: file)
        guard let python = try? options.text("python") else {
            peers = nil
            return
        }
        peers = try ExpressionPeers(python: python, script: try options.text("peers"), file: file)
    }

    func run() throws -> Bool {
        print("CEL, medians of \(rounds) rounds, ns an evaluation; variables are bound beforehand")
        let names = peers?.names ?? []
        var table = TextTable(["", "Lookout", "compile µs"] + names + ["× the faster", "cel-go, elsewhere"])
        var isMet = true
        for (number, expression) in expressions.all.enumerated() {
            let program = try expressions.environment.compile(expression.source)
            try verify(program, expression)
            var own: [Double] = []
            var others: [[Double]] = names.map { _ in [] }
            for _ in 0..<rounds {
                own.append(try nanoseconds(of: program))
                for (index, name) in names.enumerated() {
                    guard let peers else { continue }
                    others[index].append(try peers.nanoseconds(name, expression: number))
                }
            }
            let compilation = try Repetition.seconds(rounds: rounds) { _ in
                _ = try expressions.environment.compile(expression.source)
            }
            let ratio = others.map(\.median).min().map { $0 / own.median }
            if let ratio, ratio < Self.requiredRatio { isMet = false }
            table.add(
                [expression.name, own.median.short, (compilation * 1e6).short]
                    + others.map(\.median.short) + [ratio?.short ?? "–", expression.celGo.short]
            )
        }
        table.show()
        print(
            "cel-go's figures, with its cost limit on, are those of cel.md §9 and of another machine."
                + (isMet ? "" : " Missed: \(Self.requiredRatio) times as fast as the faster peer.")
        )
        if peers == nil { print("The other engines were not there to be measured, so nothing is compared.") }
        print("")
        return isMet
    }

    private func verify(_ program: Program, _ expression: ReferenceExpressions.Expression) throws {
        let value = try program.evaluate(expressions.activation).exchangeText()
        guard try value == expression.expected.exchangeText() else {
            throw BenchmarkError("\(expression.source) is \(value)")
        }
    }

    private func nanoseconds(of program: Program) throws -> Double {
        let activation = expressions.activation
        return try Repetition.seconds(rounds: 1) { _ in _ = try program.evaluate(activation) } * 1e9
    }
}
