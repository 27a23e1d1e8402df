import LookoutModel
import Testing

@testable import LookoutProbes

/// Plays recorded server scripts against the pure codec and compares with what Chromium saw.
@Suite struct WebSocketOracleTests {
    /// Where Chromium differs from the standards and Lookout follows the standards.
    private static let standardClasses: Set = [
        "after_close", "lost_message", "reset_after_close", "deflate_tolerant",
    ]

    @Test func `the codec agrees with Chromium in every recorded case`() async throws {
        guard let cases = try await OracleFile.cases("websocket.jsonl") else { return }
        var agreed = 0
        var apart: [String] = []
        var differences: [String] = []
        for value in cases {
            await Task.yield()
            let recorded = try RecordedWebSocketCase(value)
            guard let difference = recorded.difference(from: recorded.replay()) else {
                agreed += 1
                continue
            }
            if WebSocketOracleTests.standardClasses.contains(recorded.deviation ?? "") {
                apart.append("\(recorded.id): \(difference)")
            } else {
                differences.append("\(recorded.id): \(difference)")
            }
        }
        print("websocket oracle: \(agreed) agree, \(differences.count) differ, of \(cases.count)")
        print("  \(apart.count) follow the standard where Chromium does not:")
        for line in apart { print("  \(line)") }
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        #expect(agreed > 400)
    }
}
