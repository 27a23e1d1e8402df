import LookoutModel
import Testing

@testable import LookoutCommands

/// Times in the past as they are typed.
@Suite struct PastTimeTests {
    private static let now = Timestamp(seconds: 1_000_000)

    @Test(arguments: [
        ("14d", 1_000_000 - 14 * 86_400), ("2h30m", 1_000_000 - 9000), ("2h ago", 1_000_000 - 7200),
        ("now", 1_000_000), ("1970-01-02T00:00:00Z", 86_400), ("1970-01-02T02:00:00+02:00", 86_400),
    ])
    func `a time is exact, or as long ago as it says`(text: String, seconds: Int) {
        #expect(PastTime(argument: text)?.time(before: Self.now) == Timestamp(seconds: Int64(seconds)))
    }

    @Test(arguments: ["", "yesterday", "ago", "2h before", "now ago", "-2h", "1970-01-02", "14"])
    func `anything else is refused`(text: String) {
        #expect(PastTime(argument: text) == nil)
    }
}
