import LookoutDeployments
import LookoutModel

/// What a comparison of one check came to, from the document of `CheckAnalysis`.
struct CheckAnalysisPage {
    private let analysis: AnswerRow

    init(_ document: JSONValue) {
        analysis = AnswerRow(document)
    }

    var text: String {
        tests + "\n" + (figures + reasons).map { PlainText.line($0) + "\n" }.joined()
    }

    // MARK: The tests

    private var tests: String {
        var table = TextTable(header: ["TEST", "N", "X", "M", "P0*", "LN E", "PEAK", "ALARM"])
        for (name, title) in [("latency", "latency level"), ("failures", "failures"), ("tail", "slow tail")] {
            let test = analysis.member(name)
            table.add([
                title, test["n"], test["x"], test["m"], figure(test, "p0", digits: 4),
                figure(test, "ln_e"), figure(test, "peak_ln_e"),
                alarm(name),
            ])
        }
        return table.text
    }

    private func alarm(_ test: String) -> String {
        let alarm = AnswerRow.rows(analysis.value["alarms"]).first { $0["test"] == test }
        if let alarm { return "at run \(alarm["run"]), ln E \(figure(alarm, "ln_e"))" }
        if analysis.texts("suspects").contains(test) { return "suspect" }
        return analysis.member(test).value["judged"] == .bool(false) ? "too little to judge" : "no"
    }

    // MARK: Figures

    private var figures: [String] {
        let failures = analysis.member("failures")
        return [
            "alarm at ln E \(figure(analysis, "alarm_ln_e")), "
                + "suspect from \(figure(analysis, "suspicion_ln_e")) on",
            "latency ratio \(interval(analysis.member("latency").member("ratio"), "estimate")) "
                + "(Hodges-Lehmann, 95 %)",
            percentile, brunnerMunzel,
            "failures \(failures["x"]) of \(failures["n"]) runs, before \(failures["x_before"]) of "
                + "\(failures["m"]); at most \(percent(failures, "upper_bound")) (95 %)",
            yesterday, detectable, ignored,
        ]
        .compactMap { $0 }
    }

    private var percentile: String? {
        let percentile = analysis.member("percentile_95")
        guard percentile.value["ratio"] != nil else { return nil }
        return "95th percentile \(seconds(percentile, "before_seconds")) before, "
            + "\(seconds(percentile, "after_seconds")) after: ratio \(interval(percentile, "ratio")) "
            + "(bootstrap, \(percentile["resamples"]) resamples)"
    }

    private var brunnerMunzel: String? {
        let test = analysis.member("brunner_munzel")
        guard test.value["effect"] != nil else { return nil }
        let effect = "a run after takes longer than one before in \(percent(test, "effect"))"
        guard let p = test.value["p"]?.measured else { return "\(effect) of the pairs" }
        let probability = p < 0.0001 ? "p < 0.0001" : "p = \(Figures.text(p, digits: 4))"
        return "\(effect) of the pairs, \(probability) (Brunner-Munzel, one look, two-sided)"
    }

    private var yesterday: String? {
        let yesterday = analysis.member("yesterday")
        guard yesterday.value["m"] != nil else { return nil }
        return
            "against the same hour yesterday: latency ratio \(interval(yesterday.member("ratio"), "estimate")), "
            + "\(yesterday["x_before"]) of \(yesterday["m"]) runs failed then"
    }

    /// What the comparison could not have missed; in words where it could have missed anything.
    private var detectable: String {
        let effects = [
            effect("latency") { "latencies ×\(Figures.text($0, digits: 2))" },
            effect("failures") { "failures of \(Figures.percent($0))" },
            effect("tail") { "\(Figures.percent($0)) slow runs" },
        ]
        let power = percent(analysis.member("policy"), "power")
        let seen = effects.compactMap(\.self)
        guard !seen.isEmpty else { return "no change, however great, would have been seen with so few runs" }
        return "smallest change that would have been seen with \(power): \(seen.joined(separator: ", "))"
            + (seen.count < effects.count ? "; of the rest nothing would have been" : "")
    }

    private func effect(_ test: String, _ words: (Double) -> String) -> String? {
        analysis.member(test).value["smallest_detectable_ratio"]?.measured.map(words)
    }

    private var ignored: String? {
        guard let count = analysis.number("ignored"), count > 0 else { return nil }
        return "\(count) runs have no duration that could be used"
    }

    // MARK: The verdict

    private var reasons: [String] {
        analysis.texts("cautions").map { "caution: \($0)" } + ["verdict: \(analysis["verdict"])"]
            + AnswerRow.rows(analysis.value["reasons"]).map { "  \($0["text"])" }
    }

    /// The last lines, of all checks.
    static func summary(_ document: JSONValue) -> String {
        let summary = AnswerRow(document)
        let counts = summary.member("checks")
        let words = ["regressed", "inconclusive", "pass"].compactMap { word in
            counts.number(word).map { "\($0) \(word)" }
        }
        let together = document["ln_e_together"]?.measured.map { Figures.text($0, digits: 2) } ?? "-"
        return "Verdict: \(summary["verdict"]) (\(words.joined(separator: ", ")); "
            + "all tests together ln E \(together))\n"
    }

    private func figure(_ row: AnswerRow, _ key: String, digits: Int = 2) -> String {
        row.value[key]?.measured.map { Figures.text($0, digits: digits) } ?? "-"
    }

    private func percent(_ row: AnswerRow, _ key: String) -> String {
        row.value[key]?.measured.map(Figures.percent) ?? "-"
    }

    private func seconds(_ row: AnswerRow, _ key: String) -> String {
        row.value[key]?.measured == .infinity ? "a timeout" : "\(figure(row, key, digits: 3)) s"
    }

    private func interval(_ row: AnswerRow, _ key: String) -> String {
        guard row.value[key] != nil else { return "unknown" }
        let bounds = [key, "lower", "upper"].map { figure(row, $0, digits: 3) }
        return "\(bounds[0]) (\(bounds[1]) to \(bounds[2]))"
    }
}
