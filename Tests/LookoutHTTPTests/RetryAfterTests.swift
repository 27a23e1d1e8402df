import LookoutHTTP
import LookoutModel
import Testing

@Suite struct RetryAfterTests {
    private static let now = Timestamp(seconds: 1_795_348_800)

    @Test(arguments: [
        // Now is 2026-11-22T12:00:00Z.
        ("0", 0), ("120", 120), (" 120 ", 120), ("007", 7), ("99999999999999999999999", 3_155_760_000),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90), ("Sunday, 22-Nov-26 12:01:30 GMT", 90),
        ("Sun Nov 22 12:01:30 2026", 90), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0), ("Sun Nov  6 08:49:37 1994", 0),
    ])
    func `Retry-After has four forms`(value: String, seconds: Int64) {
        #expect(RetryAfter.wait(value, at: Self.now) == .seconds(seconds))
    }

    @Test(arguments: [
        "", " ", "-1", "+5", "1.5", "1e3", "soon", "12s", "Sun, 22 Nov 2026 12:01:30",
        "22 Nov 2026 12:01:30 GMT",
        "Sun, 31 Feb 2026 12:01:30 GMT", "Sun, 22 Nov 2026 25:01:30 GMT", "Sun, 22 Foo 2026 12:01:30 GMT",
        "٣",
    ])
    func `any other Retry-After means nothing`(value: String) {
        #expect(RetryAfter.wait(value, at: Self.now) == nil)
    }
}
