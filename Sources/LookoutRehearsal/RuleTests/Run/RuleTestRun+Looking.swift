import LookoutModel
import LookoutPipeline
import LookoutRules
import LookoutSimulation

extension RuleTestRun {
    /// What the test looks at at a time.
    func snapshot(at time: Duration) throws -> Snapshot {
        let store = surroundings.alerts
        var snapshot = Snapshot(alerts: try world.answer { try await store.alerts() })
        for (index, expectation) in test.expectations.expressions.enumerated() where expectation.time == time
        {
            snapshot.expressions[index] = try outcome(of: expectation)
        }
        return snapshot
    }

    private func outcome(of expectation: ExpressionExpectation) throws -> ExpressionOutcome {
        switch expectation.vocabulary {
        case .variables(let variables):
            return ExpressionTrial(expression: expectation.expression, variables: variables).outcome
        case .check(let check):
            guard let pipeline = agent?.pipeline else { return .error("Lookout is down then") }
            let expression = expectation.expression
            let now = world.now
            return try world.answer {
                guard let sample = await pipeline.newestSamples[check] else {
                    return .error("\(check) has had no sample yet")
                }
                do {
                    let engine = await pipeline.currentEngine
                    return .value(try engine.evaluate(expression, on: sample, of: check, at: now))
                } catch {
                    return .error(ExpressionTrial.words(error))
                }
            }
        }
    }
}
