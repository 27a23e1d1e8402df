import LookoutHTTP
import LookoutModel
import Testing

@testable import LookoutProbes

/// Replays recorded exchanges through the pure decision and compares with what Chromium did.
@Suite struct CORSOracleTests {
    /// Differences of Chromium's HTTP parser, which are not the decision's matter.
    private static let parserClasses: Set = ["lenient_http", "strict_http"]

    @Test func `the decision agrees with Chromium in every recorded case`() async throws {
        guard let cases = try await OracleFile.cases("cors.jsonl") else { return }
        var agreed = 0
        var skipped = 0
        var sameCode = 0
        var differences: [String] = []
        for value in cases {
            await Task.yield()
            let recorded = try RecordedCORSCase(value)
            if recorded.needsParser || CORSOracleTests.parserClasses.contains(recorded.deviation ?? "") {
                skipped += 1
                continue
            }
            let replay = recorded.replay()
            if let difference = recorded.difference(from: replay) {
                differences.append("\(recorded.id): \(difference)")
            } else {
                agreed += 1
                if replay.verdict.reasonCode == recorded.reasonCode { sameCode += 1 }
            }
        }
        print("cors oracle: \(agreed) agree (\(sameCode) with the same code), \(differences.count) differ,")
        print("  \(skipped) hang on the HTTP parser, of \(cases.count)")
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        #expect(agreed > 1200)
    }
}
