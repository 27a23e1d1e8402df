package import LookoutModel
import LookoutStatistics

extension CheckAnalysis {
    /// All but the looks: every number that the verdict rests on.
    package var json: JSONValue {
        [
            "check": .string(check),
            "verdict": .string(word.rawValue),
            "reasons": .array(reasons),
            "policy": findings.policy.document,
            "alarm_ln_e": .number(findings.policy.alarmThreshold),
            "suspicion_ln_e": .number(findings.policy.suspicionThreshold),
            "alarms": .array(findings.alarms.map(Self.json)),
            "suspects": .array(findings.suspects.map { .string($0.rawValue) }),
            "ignored": .count(findings.ignored),
            "latency": latency,
            "failures": failures,
            "tail": tail,
            "percentile_95": percentile.map(Self.json) ?? .null,
            "brunner_munzel": brunnerMunzel.map(Self.json) ?? .null,
            "yesterday": yesterday.map(Self.json) ?? .null,
            "cautions": .array(cautions.map { .string($0) }),
        ]
    }

    private var reasons: [JSONValue] {
        switch findings.verdict {
        case .pass: []
        case .regressed(let tests):
            tests.map { ["code": .string($0.rawValue), "text": .string("\($0.words) has become worse")] }
        case .inconclusive(let reasons):
            reasons.map { ["code": .string($0.code), "text": .string($0.text)] }
        }
    }

    private var latency: JSONValue {
        let found = findings.latency
        return [
            "n": .count(found.count),
            "m": .count(found.baselineCount),
            "autocorrelation": .number(found.autocorrelation),
            "variance_inflation": .number(found.varianceInflation),
            "margin": .number(found.margin),
            "prior": .number(found.prior),
            "doubled_rank_sum": .count(found.doubledRankSum),
            "effect": .number(found.effect),
            "information": .number(found.information),
            "ln_e": .number(found.logEvidence),
            "peak_ln_e": .number(found.peak),
            "judged": .bool(found.isJudgeable),
            "ratio": found.ratio.map(Self.json) ?? .null,
            "smallest_detectable_ratio": .number(found.smallestDetectableRatio),
        ]
    }

    private var failures: JSONValue {
        let found = findings.failures
        return [
            "n": .count(found.count),
            "x": .count(found.failures),
            "m": .count(found.baselineCount),
            "x_before": .count(found.baselineFailures),
            "p0": .number(found.nullRatio),
            "ln_e": .number(found.logEvidence),
            "peak_ln_e": .number(found.peak),
            "upper_bound": .number(found.upperBound),
            "minutes_with_failures": .count(found.minutesWithFailures),
            "failing_now": .bool(found.isFailingNow),
            "more_than_a_burst": .bool(found.isMoreThanABurst),
            "smallest_detectable_ratio": .number(found.smallestDetectableRatio),
        ]
    }

    private var tail: JSONValue {
        let found = findings.tail
        return [
            "n": .count(found.count),
            "x": .count(found.exceedances),
            "m": .count(found.baselineCount),
            "threshold_seconds": .number(found.threshold),
            "margin": .number(found.margin),
            "variance_inflation": .number(found.varianceInflation),
            "p0": .number(found.discountedNullRatio),
            "p0_independent": .number(found.nullRatio),
            "ln_e": .number(found.discountedLogEvidence),
            "ln_e_independent": .number(found.logEvidence),
            "peak_ln_e": .number(found.peak),
            "judged": .bool(found.isJudgeable),
            "smallest_detectable_ratio": .number(found.smallestDetectableRatio),
        ]
    }

    private static func json(_ alarm: ComparisonAlarm) -> JSONValue {
        [
            "test": .string(alarm.test.rawValue), "run": .count(alarm.run), "time": .number(alarm.time),
            "ln_e": .number(alarm.logEvidence),
        ]
    }

    private static func json(_ ratio: LatencyRatio) -> JSONValue {
        [
            "n": .count(ratio.count), "m": .count(ratio.baselineCount), "estimate": .number(ratio.estimate),
            "lower": .number(ratio.lower), "upper": .number(ratio.upper),
        ]
    }

    private static func json(_ percentile: PercentileRatio) -> JSONValue {
        [
            "before_seconds": .number(percentile.before), "after_seconds": .number(percentile.after),
            "ratio": .number(percentile.estimate), "lower": .number(percentile.lower),
            "upper": .number(percentile.upper), "resamples": .count(PercentileRatio.resamples),
        ]
    }

    private static func json(_ test: BrunnerMunzel) -> JSONValue {
        [
            "n": .count(test.count), "m": .count(test.baselineCount), "effect": .number(test.effect),
            "statistic": .number(test.statistic), "degrees_of_freedom": .number(test.degreesOfFreedom),
            "p": .number(test.probability),
        ]
    }

    private static func json(_ yesterday: SecondBaseline) -> JSONValue {
        [
            "m": .count(yesterday.runs), "x_before": .count(yesterday.failures),
            "ratio": yesterday.ratio.map(json) ?? .null,
        ]
    }
}

extension AnalysisSummary {
    package var json: JSONValue {
        [
            "verdict": .string(word.rawValue),
            "checks": .object(
                Dictionary(uniqueKeysWithValues: words.map { ($0.key.rawValue, .count($0.value)) })
            ),
            "ln_e_together": .number(togetherLogEvidence),
        ]
    }
}
