import LookoutModel
import LookoutSettings

extension RuleLint {
    /// Hold times that no sample falls into, and counts that the hold times outdo.
    func checkHolds(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        guard let slowest = rule.slowest else { return }
        let definition = rule.definition
        checkTime(definition.pending, "for", "fires", rule.rule, slowest, &diagnostics)
        checkTime(definition.keepFiring, "keep_firing_for", "resolves", rule.rule, slowest, &diagnostics)
        checkCount(
            definition.minimumFailures,
            ("min_failures", "for"),
            definition.pending,
            rule,
            &diagnostics
        )
        checkCount(
            definition.minimumSuccesses,
            ("min_successes", "keep_firing_for"),
            definition.keepFiring,
            rule,
            &diagnostics
        )
    }

    private func checkTime(
        _ time: Located<Duration>?,
        _ key: String,
        _ does: String,
        _ rule: CompiledRule,
        _ slowest: Check,
        _ diagnostics: inout Diagnostics
    ) {
        guard let time, time.value > .zero, time.value < slowest.interval else { return }
        diagnostics.warning(
            "rule \(rule.id): \(key): \(time.value.durationText) is shorter than the interval of "
                + "\(slowest.id), \(slowest.interval.durationText)",
            at: time.position,
            hint: "it \(does) at the second sample in any case; use 0s or a multiple of the interval"
        )
    }

    /// A time spans so many judgements anyway; a rule about an environment is judged too often to tell.
    private func checkCount(
        _ count: Located<RepeatCount>?,
        _ keys: (count: String, time: String),
        _ time: Located<Duration>?,
        _ rule: LintedRule,
        _ diagnostics: inout Diagnostics
    ) {
        guard let count, count.value.count > 1, let time, let slowest = rule.slowest,
            slowest.interval > .zero, rule.rule.scope == .check
        else { return }
        let spanned = Int((time.value / slowest.interval).rounded(.up)) + 1
        guard count.value.count <= spanned else { return }
        diagnostics.warning(
            "rule \(rule.rule.id): \(keys.count): \(count.value.count) has no effect beside "
                + "\(keys.time): \(time.value.durationText)",
            at: count.position,
            hint:
                "at an interval of \(slowest.interval.durationText) that takes \(spanned) judgements already"
        )
    }
}
