import CEL
import LookoutModel
import LookoutSettings

extension RuleLint {
    /// Windows that hold more than is kept, or hardly a sample.
    func checkWindows(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        checkLongest(rule, &diagnostics)
        guard let slowest = rule.slowest, rule.definition.objective == nil else { return }
        for expression in rule.expressions {
            for call in expression.program.hostCalls {
                guard let window = call.shortestWindow, window < slowest.interval else { continue }
                diagnostics.warning(
                    "rule \(rule.rule.id): a window of \(window.durationText) holds one sample of \(slowest.id) "
                        + "at most, which is asked every \(slowest.interval.durationText)",
                    at: expression.source.position(call.position),
                    hint: "ask for a longer time, or for a number of samples: \(call.function)(3)"
                )
            }
        }
    }

    private func checkLongest(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        let longest = rule.rule.demand.longestWindow
        if let retention = scope.retention, longest > retention {
            diagnostics.warning(
                "rule \(rule.rule.id) looks back \(longest.durationText), and samples are stored for "
                    + "\(retention.durationText)",
                at: rule.definition.objective?.position ?? rule.rule.condition.source.text.position,
                hint: "raise retention.samples, or ask for less: after a start the rest is not there"
            )
        }
        guard let fastest = rule.fastest, fastest.interval > .zero else { return }
        let age = rule.rule.demand.age
        guard age / fastest.interval > Double(SampleHistory.capacity) else { return }
        diagnostics.warning(
            "rule \(rule.rule.id) looks back \(age.durationText), which at the interval of "
                + "\(fastest.id) is more than the \(SampleHistory.capacity) samples that are kept",
            at: rule.rule.position,
            hint: "the window ends after \(SampleHistory.capacity) samples"
        )
    }

    /// An objective whose windows hold too few samples to say anything.
    func checkObjective(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        guard let objective = rule.definition.objective, let slowest = rule.slowest,
            slowest.interval > .zero
        else { return }
        for row in BurnRateRow.rows(for: objective.value) {
            let samples = Int(row.long / slowest.interval)
            guard samples < objective.value.minimumSamples else { continue }
            diagnostics.warning(
                "rule \(rule.rule.id): \(row.long.durationText) hold \(samples) samples of \(slowest.id), "
                    + "min_samples asks for \(objective.value.minimumSamples)",
                at: objective.position,
                hint: "that window never counts; ask more often, or for fewer samples"
            )
        }
    }
}

extension HostCall {
    /// The window of a call that looks back a time; nil for others.
    fileprivate var shortestWindow: Duration? {
        guard let position = HistoryFunctions.windowArguments[function], arguments.indices.contains(position),
            let argument = arguments[position],
            case .time(let length)? = try? SampleWindow(argument)
        else { return nil }
        return length
    }
}
