import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct TextUnitTests {
    @Test(arguments: [
        ("", 0, ""), ("abc", 3, "abc"), ("abcd", 4, "abcd"), ("abcdef", 5, "ab…"),
        ("ab cdef", 6, "ab…"), ("ää", 4, "ää"), ("äää", 5, "ä…"), ("👩‍👩‍👧x", 10, "👩…"), ("abc", 0, ""),
        ("abc", -1, ""),
    ])
    func `bytes are cut between characters`(text: String, limit: Int, expected: String) {
        #expect(text.shortened(to: limit, .bytes) == expected)
    }

    @Test(arguments: TextUnit.allCases)
    func `a character without end is cut between its code points`(unit: TextUnit) {
        for text in [
            "a" + String(repeating: "\u{301}", count: 20_000), String(repeating: "\u{301}", count: 20_000),
        ] {
            let cut = text.shortened(to: 100, unit)
            #expect(!cut.isEmpty && unit.length(of: cut) <= 100)
        }
    }

    @Test(arguments: [
        (TextUnit.bytes, "e\u{301}🔴", 7), (.codePoints, "e\u{301}🔴", 3), (.utf16Units, "e\u{301}🔴", 4),
    ])
    func `each unit counts its own way`(unit: TextUnit, text: String, length: Int) {
        #expect(unit.length(of: text) == length)
    }

    @Test func `whatever is cut fits and is a beginning, whole or rendered`() async {
        let alphabet = ["a", " ", "ä", "é̂", "👩‍👩‍👧", "🔴", "<", "&", "\n", "🇩🇪"]
        await checkAll(cases: 2000) { generator in
            let text = (0..<Int.random(in: 0...30, using: &generator))
                .compactMap { _ in alphabet.randomElement(using: &generator) }.joined()
            let unit = TextUnit.allCases.randomElement(using: &generator) ?? .bytes
            let limit = Int.random(in: 26...60, using: &generator)
            let cut = text.shortened(to: limit, unit)
            #expect(unit.length(of: cut) <= limit)
            guard cut != text else { return }
            #expect(cut.hasSuffix("…"))
            #expect(text.hasPrefix(String(cut.dropLast())))
            let rendered = text.shortened(to: limit, unit, rendered: Markup.escapedHTML)
            #expect(unit.length(of: rendered) <= limit)
            // No reference is cut in two: each ampersand has its semicolon.
            #expect(rendered.count { $0 == "&" } == rendered.count { $0 == ";" })
        }
    }

    @Test(arguments: [
        ("https://example.org/a?b=c&d=%20", "https://example.org/a?b=c&d=%20"),
        ("HTTPS://example.org/ä", "https://example.org/%C3%A4"),
        ("http://example.org/a|b>c\"d`e)f", "http://example.org/a%7Cb%3Ec%22d%60e%29f"),
    ])
    func `a link holds nothing that is markup`(text: String, address: String) {
        #expect(WebLink(text)?.address == address)
    }

    @Test(arguments: [
        "", "example.org", "javascript:alert(1)", "https://", "https:///x", "https://a b",
        "ftp://example.org",
        "https://a\nb", "file:///etc/passwd",
    ])
    func `anything else is no link`(text: String) {
        #expect(WebLink(text) == nil)
    }

    @Test(arguments: [
        ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a``b`c", "```a``b`c```"),
    ])
    func `code has a fence that it does not hold`(text: String, code: String) {
        #expect(Markup.commonMark.code(text) == code)
    }
}
