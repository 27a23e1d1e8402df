import CEL
import LookoutModel
import LookoutSettings

extension RuleLint {
    /// Comparisons with what a function of the past can never give, or always does.
    func checkComparisons(_ rule: LintedRule, _ diagnostics: inout Diagnostics) {
        guard rule.definition.objective == nil else { return }
        for (_, expression) in rule.conditions {
            for comparison in expression.program.comparisons {
                guard let range = comparison.range, let constant = comparison.constant.number,
                    let truth = comparison.relation.truth(of: range, beside: constant)
                else { continue }
                diagnostics.warning(
                    "rule \(rule.rule.id): this is \(truth ? "always" : "never") true: \(comparison.function) gives "
                        + range.words,
                    at: expression.source.position(comparison.position)
                )
            }
        }
    }
}

/// From the least to the greatest that a function gives; nil where there is no greatest.
private struct NumberRange {
    let least: Double
    let greatest: Double?

    var words: String {
        let least = NumberRange.text(least)
        return greatest.map { "\(least) to \(NumberRange.text($0))" } ?? "\(least) or more"
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\(number)"
    }
}

extension Comparison {
    /// What the function can give, as its arguments have it; nil if nothing is known of it.
    fileprivate var range: NumberRange? {
        switch function {
        case "count", "failures", "consecutive_failures":
            // A window in samples has so many of them and no more.
            if function != "consecutive_failures", case .int(let samples)?? = arguments.first {
                return NumberRange(
                    least: function == "count" ? Double(samples) : 0,
                    greatest: Double(samples)
                )
            }
            return NumberRange(least: 0, greatest: nil)
        case "success_ratio": return NumberRange(least: 0, greatest: 1)
        case "burn_rate":
            guard let objective = arguments.first??.number, objective < 100 else { return nil }
            let greatest = (100 / (100 - objective) * 1e6).rounded() / 1e6
            return NumberRange(least: 0, greatest: greatest)
        case "avg", "min", "max", "p50", "p95", "p99", "quantile": return NumberRange(least: 0, greatest: nil)
        default: return nil
        }
    }
}

extension Comparison.Relation {
    /// What the comparison of everything in the range comes to; nil if that differs.
    fileprivate func truth(of range: NumberRange, beside constant: Double) -> Bool? {
        let greatest = range.greatest ?? .infinity
        switch self {
        case .less: return greatest < constant ? true : range.least >= constant ? false : nil
        case .lessOrEqual: return greatest <= constant ? true : range.least > constant ? false : nil
        case .greater: return range.least > constant ? true : greatest <= constant ? false : nil
        case .greaterOrEqual: return range.least >= constant ? true : greatest < constant ? false : nil
        case .equal: return constant < range.least || constant > greatest ? false : nil
        case .unequal: return constant < range.least || constant > greatest ? true : nil
        }
    }
}

extension Value {
    /// A number, or the seconds of a duration.
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .uint(let value): Double(value)
        case .double(let value): value
        case .duration(let span): span.duration / .seconds(1)
        default: nil
        }
    }
}
