import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct ProviderWire {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (1_755_694_148, "Wed, 20 Aug 2025 12:49:08 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    ])
    func `a date of a header is written as RFC 9110 asks`(seconds: Int64, text: String) {
        #expect(HTTPDate.text(Timestamp(seconds: seconds)) == text)
    }

    @Test(arguments: [
        ("backend/**", "backend/app/main.py", true), ("backend/**", "src/main.ts", false),
        ("**/*.py", "main.py", true), ("**/*.py", "a/b/main.py", true), ("*.py", "a/main.py", false),
        ("src/?.ts", "src/a.ts", true), ("src/?.ts", "src//.ts", false), ("a/**/b", "a/b", true),
        ("a/**/b", "a/x/y/b", true), ("backend", "backend/x", false), ("**", "anything/at/all", true),
        ("", "x", false),
    ])
    func `a build filter's glob`(pattern: String, path: String, isMatch: Bool) {
        #expect(PathPattern(pattern).matches(path) == isMatch)
    }

    @Test func `a hostile glob ends in time`() {
        let pattern = PathPattern(String(repeating: "**/*a", count: 40) + "b")
        #expect(!pattern.matches(String(repeating: "a/", count: 400)))
    }

    @Test func `a path is split before its percent signs are decoded`() {
        let call = ProviderCall(
            DemoRequest(target: "/a%2Fb/c?x=1%262&x=3&y[]=p,q&flag"),
            now: .epoch
        )
        #expect(call.segments == ["a/b", "c"])
        #expect(call.item("x") == "1&2")
        #expect(call.items("y") == ["p", "q"])
        #expect(call.item("flag") == "")
        #expect(PercentCoding.decoded("100%") == "100%")
        #expect(PercentCoding.encoded("a/b c") == "a%2Fb%20c")
    }
}
