import LookoutModel
import LookoutSettings

/// What became of tests in the XML that CI systems read (JUnit's).
///
/// It says nothing that differs from run to run, so the file of an unchanged test is the same.
package struct JUnitReport: Sendable {
    private let files: [RuleTestFileResult]

    package init(_ files: [RuleTestFileResult]) {
        self.files = files
    }

    package var text: String {
        let tests = files.reduce(0) { $0 + $1.tests.count }
        let failures = files.reduce(0) { $0 + $1.tests.count { !$0.isPassed } }
        let errors = files.count { !$0.isReadable }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites tests=\"\(tests + errors)\" failures=\"\(failures)\" errors=\"\(errors)\">\n"
        for file in files { xml += suite(file) }
        return xml + "</testsuites>\n"
    }

    private func suite(_ file: RuleTestFileResult) -> String {
        let name = file.path.xmlText
        guard file.isReadable else {
            let message = file.diagnostics.errors.first?.message ?? "the file is wrong"
            let all = file.diagnostics.sorted.map(\.rendered).joined(separator: "\n")
            return "  <testsuite name=\"\(name)\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
                + "    <testcase classname=\"\(name)\" name=\"load\">\n"
                + "      <error message=\"\(message.xmlText)\">\(all.xmlText)</error>\n"
                + "    </testcase>\n  </testsuite>\n"
        }
        let failures = file.tests.count { !$0.isPassed }
        var xml =
            "  <testsuite name=\"\(name)\" tests=\"\(file.tests.count)\" failures=\"\(failures)\" errors=\"0\">\n"
        for test in file.tests { xml += testCase(test, in: name) }
        return xml + "  </testsuite>\n"
    }

    private func testCase(_ test: RuleTestResult, in file: String) -> String {
        let head =
            "    <testcase classname=\"\(file)\" name=\"\(test.name.xmlText)\" line=\"\(test.position.line)\""
        guard !test.isPassed else { return head + "/>\n" }
        var xml = head + ">\n"
        for failure in test.failures {
            var lines = ["\(failure.position): \(failure.message)"]
            if !failure.expected.isEmpty { lines += ["expected:"] + failure.expected.map { "  \($0)" } }
            if !failure.got.isEmpty { lines += ["got:"] + failure.got.map { "  \($0)" } }
            xml += "      <failure message=\"\(failure.message.xmlText)\">"
            xml += lines.joined(separator: "\n").xmlText + "</failure>\n"
        }
        return xml + "    </testcase>\n"
    }
}

extension String {
    /// The text as it may stand in an element or an attribute; what XML 1.0 cannot hold becomes U+FFFD.
    fileprivate var xmlText: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n": text += "&#10;"
            case "\t": text += "&#9;"
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
