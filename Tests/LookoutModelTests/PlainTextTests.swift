import LookoutModel
import LookoutTestSupport
import Testing

/// Text from outside that is shown to people.
struct PlainTextTests {
    @Test(arguments: [
        ("plain – é 日本", "plain – é 日本"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[31mred", "\\u{1b}[31mred"),
        ("a\u{202E}b", "a\\u{202e}b"), ("a\u{2028}b\0", "a\\u{2028}b\\u{0}"), ("👩\u{200D}👧", "👩\u{200D}👧"),
        ("", ""),
    ])
    func `what could steer a terminal is written out`(text: String, line: String) {
        #expect(PlainText.line(text) == line)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abc…"), ("ééé", 6, "ééé"), ("éééé", 6, "é…"),
        ("\n\n\n", 6, "\\n\\n\\n"),
        ("\n\n\n\n", 6, "\\n\\…"), ("", 6, ""),
    ])
    func `a long line is cut between characters, and that shows`(text: String, limit: Int, line: String) {
        #expect(PlainText.line(text, atMost: limit) == line)
    }

    @Test func `a bounded line is never longer than that, and has nothing harmful in it`() async {
        let pieces = ["a", "é", "日", "👩\u{200D}👧", "\n", "\u{1B}", "\u{301}", "\u{202E}", "…", "\r\n"]
        await checkAll(cases: 300) { generator in
            let count = Int.random(in: 0...60, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let limit = Int.random(in: 3...80, using: &generator)
            let line = PlainText.line(text, atMost: limit)
            try #require(line.utf8.count <= limit)
            try #require(PlainText.line(line) == line)
            try #require(line.hasSuffix("…") || line == PlainText.line(text))
        }
    }
}
