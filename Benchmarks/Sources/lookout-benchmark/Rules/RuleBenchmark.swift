import Foundation
import LookoutRules

/// What it costs to judge a sample: by the shipped rules as it comes from the probe, and by a few rules as
/// it comes from the store.
///
/// In processor time of the one thread that does it, everything included: the history, binding, evaluation,
/// the judgements.
struct RuleBenchmark {
    /// What a rule may cost on average over one sample, in seconds.
    private static let ruleLimit = 5e-6
    /// What a stored sample may cost, so that 30 days of 100 checks every 30 s are replayed in a minute by two
    /// cores.
    private static let replayLimit = 7e-6

    private let folder: String
    private let rounds: Int

    init(_ options: Options) throws {
        folder = try options.text("rules")
        rounds = try options.number("rounds", default: 9)
    }

    func run() throws -> Bool {
        let shipped = try RuleTrial.compile(folder: folder)
        print("RuleEngine.observe over Rules/ (\(shipped.rules.count) rules), with 100 samples of history")
        var table = TextTable("sample of", "rules", "µs/sample", "ns/rule")
        var isMet = true
        for isStored in [false, true] {
            for example in RuleExample.all {
                let seconds = measure(example, shipped, isStored, &table)
                if seconds > Self.ruleLimit { isMet = false }
            }
        }
        table.show()
        isMet = try replay() && isMet
        let compilation = try Repetition.seconds(rounds: rounds) { _ in
            _ = try RuleTrial.compile(folder: folder)
        }
        print("Reading, checking and compiling all rule files: \((compilation * 1e3).short) ms.\n")
        return isMet
    }

    /// Judges samples and adds a row; what a rule costs.
    private func measure(
        _ example: RuleExample,
        _ rules: RuleSet,
        _ isStored: Bool,
        _ table: inout TextTable
    ) -> Double {
        var trial = RuleTrial(example, rules, isStored: isStored)
        let count = trial.judgementCount
        let seconds = Repetition.seconds(rounds: rounds) { _ in trial.observeNext() }
        let perRule = seconds / Double(max(count, 1))
        table.add(
            example.name + (isStored ? ", stored" : ""),
            "\(count)",
            (seconds * 1e6).short,
            count > 0 ? (perRule * 1e9).short : "–"
        )
        return perRule
    }

    private func replay() throws -> Bool {
        let rules = try RuleTrial.compile(text: Self.handful)
        var isMet = true
        var table = TextTable("sample of, by five rules on what is stored", "µs/sample")
        for example in RuleExample.all where example.probe == "backend-health" {
            var trial = RuleTrial(example, rules, isStored: true)
            let seconds = Repetition.seconds(rounds: rounds) { _ in trial.observeNext() }
            if seconds > Self.replayLimit { isMet = false }
            table.add(example.name, (seconds * 1e6).short)
        }
        table.show()
        return isMet
    }

    private static let handful = """
        groups:
          - name: what a backtest replays
            rules:
              - {id: failing, expr: sample.failed, for: 1m, severity: 2, summary: failing}
              - {id: slow, expr: 'sample.ok && sample.duration > duration("2s")', severity: 3, summary: slow}
              - {id: slower, expr: 'p95("10m") > duration("2s")', severity: 3, summary: slower}
              - {id: unreliable, expr: 'success_ratio("1h", 10) < 0.9', severity: 2, summary: unreliable}
              - {id: down, expr: 'consecutive_failures() >= 3', severity: 2, summary: down}

        """
}
