import LookoutModel
import LookoutSettings

/// What became of tests, as text for people: per file SUCCESS or FAILED, and each failure at its place.
package struct RuleTestReport: Sendable {
    /// Whether what was expected and what came is shown as a difference.
    private let showsDifference: Bool
    /// Whether all that happened is shown.
    private let showsTimeline: Bool
    private let style: ReportStyle

    package init(showsDifference: Bool = false, showsTimeline: Bool = false, usesColor: Bool = false) {
        self.showsDifference = showsDifference
        self.showsTimeline = showsTimeline
        style = ReportStyle(usesColor: usesColor)
    }

    /// One file's part of the report.
    package func text(_ file: RuleTestFileResult) -> String {
        var text = "Rule tests: \(file.path)\n"
        for diagnostic in file.diagnostics.sorted { text += diagnostic.rendered.indented(by: 2) + "\n" }
        for test in file.tests {
            if showsTimeline { text += timeline(test) }
            for failure in test.failures { text += self.text(failure, of: test) }
        }
        let passed = file.tests.count { $0.isPassed }
        let skipped = file.skipped > 0 ? ", \(file.skipped) not chosen" : ""
        if !file.isReadable {
            text += "  \(style.bad("FAILED"))  the file or its rules are wrong; nothing was run\n"
        } else if file.tests.isEmpty {
            text += "  SKIPPED  \(file.skipped) not chosen\n"
        } else if file.isPassed {
            text += "  \(style.good("SUCCESS"))  \(passed) passed\(skipped)\n"
        } else {
            text +=
                "  \(style.bad("FAILED"))  \(file.tests.count - passed) failed, \(passed) passed\(skipped)\n"
        }
        return text
    }

    /// The last line: all files together.
    package func summary(_ files: [RuleTestFileResult]) -> String {
        let tests = files.flatMap(\.tests)
        let failed = tests.count { !$0.isPassed }
        let unreadable = files.count { !$0.isReadable }
        let samples = tests.reduce(0) { $0 + $1.sampleCount }
        let time = tests.reduce(Duration.zero) { $0 + $1.length }
        var text =
            "\(tests.count) tests in \(files.count) files: \(tests.count - failed) passed, \(failed) failed"
        if unreadable > 0 { text += ", \(unreadable) of the files wrong" }
        return text + "; \(samples) samples in \(time.durationText) of virtual time\n"
    }

    private func timeline(_ test: RuleTestResult) -> String {
        var text = "  \(test.name): \(test.sampleCount) samples in \(test.length.durationText)\n"
        for line in test.timeline { text += "    \(line)\n" }
        return text
    }

    // MARK: One failure

    private func text(_ failure: RuleTestFailure, of test: RuleTestResult) -> String {
        var text = "  \(failure.position): \(style.bad("FAIL")) \(test.name): \(failure.message)\n"
        if !failure.expected.isEmpty || !failure.got.isEmpty {
            text += showsDifference ? difference(failure) : sides(failure)
        }
        if !failure.context.isEmpty {
            text += "      around that time:\n"
            for line in failure.context { text += "        \(style.faint(line))\n" }
        }
        return text
    }

    private func sides(_ failure: RuleTestFailure) -> String {
        var text = ""
        for (name, lines) in [("expected", failure.expected), ("got", failure.got)] where !lines.isEmpty {
            text += "      \(name):\n"
            for line in lines { text += "        \(line)\n" }
        }
        return text
    }

    private func difference(_ failure: RuleTestFailure) -> String {
        var text = "      \(style.bad("- expected"))  \(style.good("+ got"))\n"
        for line in LineDifference(from: failure.expected, to: failure.got).lines {
            switch line {
            case .both(let words): text += "        \(words)\n"
            case .first(let words): text += "      \(style.bad("- " + words))\n"
            case .second(let words): text += "      \(style.good("+ " + words))\n"
            }
        }
        return text
    }
}

/// Colours of a report, or none.
struct ReportStyle: Sendable {
    let usesColor: Bool

    func good(_ text: String) -> String { paint(text, "32") }
    func bad(_ text: String) -> String { paint(text, "31") }
    func faint(_ text: String) -> String { paint(text, "2") }

    private func paint(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// Each of its lines with so many blanks before it.
    fileprivate func indented(by count: Int) -> String {
        let blanks = String(repeating: " ", count: count)
        return split(separator: "\n", omittingEmptySubsequences: false).map { blanks + $0 }
            .joined(separator: "\n")
    }
}
