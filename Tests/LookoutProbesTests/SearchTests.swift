import LookoutModel
import LookoutSettings
import LookoutTestSupport
import Testing

@testable import LookoutProbes

@Suite struct SearchTests {
    @Test(
        arguments: [
            ("abc", "xxabcx", 2), ("abc", "ababc", 2), ("a", "bca", 2), ("aa", "abaab", 2), ("", "x", 0),
            ("abc", "ab", nil), ("abc", "", nil), ("ABC", "xABC", 1), ("ABC", "xabc", nil),
        ] as [(String, String, Int?)]
    )
    func `a pattern is found where it first begins`(needle: String, text: String, offset: Int?) {
        #expect(BytePattern(needle, ignoringCase: false).firstOffset(in: Array(text.utf8)) == offset)
    }

    @Test func `case is ignored for ASCII letters only`() {
        let pattern = BytePattern("Mode \u{E4}", ignoringCase: true)
        #expect(pattern.isFound(in: Array("EMERGENCY MODE \u{E4}".utf8)))
        #expect(!pattern.isFound(in: Array("EMERGENCY MODE \u{C4}".utf8)))
    }

    @Test func `a pattern is found in bytes that are not UTF-8`() {
        #expect(
            BytePattern("mode", ignoringCase: false).isFound(in: [0xFF, 0xC3] + Array("mode".utf8) + [0x80])
        )
    }

    @Test func `the search agrees with a plain one`() async {
        await checkAll(cases: 2000) { random in
            let text = random.bytes(upTo: 12, from: [97, 98])
            let needle = [97] + random.bytes(upTo: 3, from: [97, 98])
            let plain = text.indices.first { text[$0...].starts(with: needle) }
            let pattern = BytePattern(String(decoding: needle, as: UTF8.self), ignoringCase: false)
            try #require(pattern.firstOffset(in: text) == plain, "\(needle) in \(text)")
        }
    }

    @Test(arguments: [
        ("https://staging.example/x", true), ("\"staging.example\"", true),
        ("wss://api.staging.example:443", true),
        ("STAGING.EXAMPLE", true), ("at staging.example.", true), ("staging.example.org", false),
        ("mystaging.example", false), ("my-staging.example", false), ("staging.examples", false),
        ("xstaging.example, staging.example", true),
    ])
    func `a host is found as a host and not inside of another`(text: String, isFound: Bool) {
        #expect(HostPattern("staging.example").isFound(in: Array(text.utf8)) == isFound)
    }

    @Test(arguments: [
        ("version", "2"), ("services.database", "up"), ("items[1].name", "b"), ("[\"a.b\"].c", "d"),
    ])
    func `a JSON path leads to its value`(path: String, expected: JSONValue) throws {
        let json: JSONValue = [
            "version": "2", "services": ["database": "up"], "items": [["name": "a"], ["name": "b"]],
            "a.b": ["c": "d"],
        ]
        #expect(try #require(JSONPath(path)).value(in: json) == expected)
    }

    @Test(arguments: ["services.redis", "items[9]", "items.name", "version.x", "none", "items[0].name.first"])
    func `a path that leads nowhere is nil, not null`(path: String) throws {
        let json: JSONValue = ["version": "2", "services": ["database": "up"], "items": [["name": "a"]]]
        #expect(try #require(JSONPath(path)).value(in: json) == Optional.none)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a]b["])
    func `what is no path is refused`(path: String) {
        #expect(JSONPath(path) == nil)
    }

    @Test(
        arguments: [
            ("200", [200], [199, 201]), ("200-299", [200, 299], [300]),
            (["200", "404-405"], [200, 405], [406]),
        ] as [(JSONValue, [Int], [Int])]
    )
    func `status codes and ranges are read`(setting: JSONValue, inside: [Int], outside: [Int]) throws {
        var context = SettingsContext()
        let ranges = try #require(StatusRanges(SettingsNode(setting), &context))
        #expect(inside.allSatisfy(ranges.contains) && !outside.contains(where: ranges.contains))
    }

    @Test(arguments: ["299-200", "20", "1000", "2xx", "200-", "-200", "200-299-300", ""])
    func `what is no status code is refused`(text: String) {
        var context = SettingsContext()
        #expect(StatusRanges(SettingsNode(.string(text)), &context) == nil)
        #expect(context.diagnostics.hasErrors)
    }

    @Test(arguments: [("4096", 4096), ("64KiB", 65_536), ("2 MiB", 2_097_152), ("1B", 1)])
    func `a size is read with its unit`(text: String, bytes: Int) {
        var context = SettingsContext()
        #expect(ByteCount(SettingsNode(.string(text)), &context)?.bytes == bytes)
    }

    @Test(arguments: ["0", "65MiB", "-1", "MiB", "99999999999999999999", "9223372036854775807MiB", "1.5MiB"])
    func `a size that is none or too large is refused`(text: String) {
        var context = SettingsContext()
        #expect(ByteCount(SettingsNode(.string(text)), &context) == nil)
        #expect(context.diagnostics.hasErrors)
    }

    @Test(arguments: [
        (Duration.milliseconds(250), "0.25 s"), (.seconds(3), "3 s"), (.microseconds(1500), "0.002 s"),
        (.zero, "0 s"),
        (.milliseconds(10_050), "10.05 s"),
    ])
    func `durations in messages are seconds`(duration: Duration, text: String) {
        #expect(duration.seconds == text)
    }

    @Test func `an excerpt is short and shows control characters`() {
        #expect("a\r\nb".excerpt == "a\\r\\nb")
        #expect(String(repeating: "x", count: 500).excerpt.count == 201)
    }
}
