import LookoutModel

/// A report for people at a terminal: a line a criterion, what was seen, and what to do.
///
/// Reports are read back from the store, so every text in them is made safe again.
package struct GateReportText: Sendable {
    /// How much of what is met is told.
    package enum Detail: Hashable, Sendable {
        /// What was seen is told of what is open, and of what people must know in any case.
        case open
        case all
    }

    private let report: GateReport
    private let detail: Detail
    private let isColored: Bool

    package init(_ report: GateReport, detail: Detail = .open, isColored: Bool = false) {
        self.report = report
        self.detail = detail
        self.isColored = isColored
    }

    /// Lines with a line end behind each.
    package var text: String {
        var lines = [headline] + summary + [""]
        for finding in report.findings { lines += self.lines(of: finding) }
        lines += ["", count]
        lines += advice
        return lines.map { $0 + "\n" }.joined()
    }

    private var headline: String {
        let kind = report.isEmergency ? "Emergency preflight" : "Preflight"
        let word =
            switch report.decision {
            case .go: colored("GO", .green)
            case .noGo: colored("NO-GO", .red)
            case .unknown: colored("UNKNOWN", .yellow)
            }
        return "\(kind) for \(safe(report.environment)): \(word)  (\(report.at.rfc3339Seconds))"
    }

    private var summary: [String] {
        let candidate =
            report.candidate.map { "deploys \($0.short)" } ?? "what would be deployed is not known"
        let main = report.main.map { "live is \($0.short)" } ?? "what is live is not known"
        return ["  \(candidate), \(main), backup: \(report.backupBranch.map(safe) ?? "none")"]
    }

    /// The width of the column of names.
    private var width: Int { min(40, report.findings.map { safe($0.criterion).count }.max() ?? 0) }

    private static let alwaysTold: Set<String> = Set(
        [GateCriterion.productionStatus, .changes, .rollbackPlan].map(\.rawValue)
    )

    private func lines(of finding: GateReport.Finding) -> [String] {
        let override = report.overrides.last { $0.criterion == finding.criterion }
        var mark: String
        var note = ""
        switch finding.verdict {
        case .go: mark = colored("✓", .green)
        case .noGo: mark = colored("✗", .red)
        case .unknown: mark = colored("?", .yellow)
        case .skipped(let reason):
            mark = "–"
            note = "  (\(safe(reason)))"
        }
        if let override {
            mark = colored("!", .yellow)
            note = "  (overridden by \(safe(override.by)): \(safe(override.reason)))"
        }
        let name = safe(finding.criterion)
        let padding = String(repeating: " ", count: max(1, width + 1 - name.count))
        var lines = ["\(mark) \(name)\(padding)\(safe(finding.title))\(note)"]
        let isOpen = finding.verdict == .noGo || finding.verdict == .unknown
        if isOpen || detail == .all || Self.alwaysTold.contains(finding.criterion) {
            lines += finding.evidence.map { "    \(safe($0))" }
        }
        if isOpen, override == nil { lines += finding.remedy.map { "    → \(safe($0))" } }
        return lines
    }

    private var count: String {
        let findings = report.findings
        let met = findings.count { $0.verdict == .go }
        let skipped = findings.count - met - findings.count { $0.verdict == .noGo || $0.verdict == .unknown }
        let overridden = report.overrides.isEmpty ? "" : ", \(report.overrides.count) overridden"
        return "\(met) met, \(report.open(.noGo).count) not met, \(report.open(.unknown).count) unknown,"
            + " \(skipped) not asked\(overridden)"
    }

    private var advice: [String] {
        let open = (report.open(.noGo) + report.open(.unknown)).filter { name in
            let verdict = report.findings.first { $0.criterion == name }?.verdict
            let attempt = GateReport.Override(criterion: name, by: "somebody", reason: "some reason")
            return GateCriterion.refusal(of: attempt, for: verdict) == nil
        }
        guard !open.isEmpty else { return [] }
        return [
            "Who goes on in spite of one of these says so by name and reason: \(open.map(safe).joined(separator: ", "))",
            "  lookout deploy override ID CRITERION --by NAME --reason TEXT",
        ]
    }

    private enum Color: Int {
        case red = 31
        case green = 32
        case yellow = 33
    }

    private func colored(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func safe(_ text: String) -> String { PlainText.line(text, atMost: 800) }
}
