import LookoutModel
import LookoutSettings

/// Makes the expressions of a rule from its objective: one alert whose severity follows the fastest row,
/// not an alert a row.
///
/// The expressions are ordinary CEL over the same functions that any rule has.
struct ObjectiveExpansion {
    let rows: [BurnRateRow]
    private let objective: ServiceLevelObjective
    private let position: SourcePosition

    init(_ objective: Located<ServiceLevelObjective>) {
        self.objective = objective.value
        position = objective.position
        rows = BurnRateRow.rows(for: objective.value)
    }

    /// True if any row is; no data if none is and one cannot be told.
    var condition: SourceText { text(rows.map { "(\(condition(of: $0)))" }.joined(separator: " || ")) }

    /// The page's severity if one of its rows is certainly true, else the ticket's.
    var severity: RuleSeverity {
        let pages = rows.filter(\.isPage).map { "(\(certainly($0)))" }
        if pages.isEmpty || objective.page == objective.ticket { return .constant(objective.ticket) }
        if pages.count == rows.count { return .constant(objective.page) }
        return .expression(
            text(
                "\(pages.joined(separator: " || ")) ? \(objective.page.rawValue) : \(objective.ticket.rawValue)"
            )
        )
    }

    /// Names the check and the fastest row.
    var summary: SourceText {
        let row = rows.dropLast().reversed().reduce("\"\(rows.last.map(words) ?? "")\"") { others, row in
            "\(certainly(row)) ? \"\(words(row))\" : (\(others))"
        }
        return text(
            "{{ environment.name }}: {{ probe.name }} spends its error budget too fast: {{ \(row) }}"
        )
    }

    /// Says what is promised, and how fast the budget is spent in each window.
    var description: SourceText {
        let rates = rows.map {
            "\(rate($0.long)) in \($0.long.durationText), \(rate($0.short)) in \($0.short.durationText)"
        }
        return text(
            "Of the checks \(Self.number(objective.objective)) % must succeed over "
                + "\(objective.period.durationText); the rest is the error budget, and 1 is the rate at which it "
                + "lasts so long. Burn rates: \(rates.joined(separator: "; "))."
        )
    }

    private func condition(of row: BurnRateRow) -> String {
        let failures =
            objective.minimumFailures > 1
            ? " && failures(\"\(row.long.durationText)\") >= \(objective.minimumFailures)" : ""
        return "\(burnRate(row.long)) > \(row.factor) && \(burnRate(row.short)) > \(row.factor)" + failures
    }

    /// The row's condition, where no data is false: what is not known of one row must not hide another.
    private func certainly(_ row: BurnRateRow) -> String {
        "\(hasData(row.long)) && \(hasData(row.short)) && \(condition(of: row))"
    }

    private func hasData(_ window: Duration) -> String {
        "count(\"\(window.durationText)\") >= \(leastSamples(in: window))"
    }

    private func burnRate(_ window: Duration) -> String {
        "burn_rate(\(objective.objective), \"\(window.durationText)\", \(leastSamples(in: window)))"
    }

    /// A short window needs the same density of samples as a long one.
    private func leastSamples(in window: Duration) -> Int {
        let isLong = rows.contains { $0.long == window }
        return isLong ? objective.minimumSamples : max(1, objective.minimumSamples / 12)
    }

    private func rate(_ window: Duration) -> String {
        "{{ \(hasData(window)) ? dyn(\(burnRate(window))) : dyn(\"unknown\") }}"
    }

    private func words(_ row: BurnRateRow) -> String {
        "more than \(Self.number(row.factor)) times in \(row.long.durationText) and in \(row.short.durationText), "
            + "so that all of it is gone within \(row.exhaustion.durationText)"
    }

    /// All of it stands at the objective: there is nothing else in the file to point at.
    private func text(_ expression: String) -> SourceText { SourceText(expression, at: position) }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
}
