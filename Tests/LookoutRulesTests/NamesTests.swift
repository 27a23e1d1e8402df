import LookoutRules
import Testing

@Suite struct NamesTests {
    @Test(arguments: [
        ("backend", "backend", true), ("backend", "backends", false), ("*", "", true), ("*", "x", true),
        ("back*", "backend", true), ("*end", "backend", true), ("b*e*d", "backend", true),
        ("b*x*d", "backend", false),
        ("*a*a*", "aa", true), ("*a*a*", "a", false), ("aa*aa", "aaa", false), ("**", "any", true),
        ("", "", true),
        ("", "x", false), ("a.c", "abc", false), ("[ab]", "a", false),
    ])
    func `a star stands for any characters and nothing else is special`(
        pattern: String,
        name: String,
        matches: Bool
    ) {
        #expect(GlobPattern(pattern).matches(name) == matches)
    }

    @Test func `many stars take no more than the product of the lengths`() {
        let pattern = GlobPattern(String(repeating: "*a", count: 500) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5000)))
    }

    @Test(arguments: [
        ("2.0.3", "2.0.4"), ("2.0.9", "2.0.10"), ("2.0", "2.0.1"), ("v1.9.9", "v2.0.0"),
        ("2.0.4-rc.1", "2.0.4"),
        ("1.0.0-alpha", "1.0.0-alpha.1"), ("1.0.0-alpha.1", "1.0.0-alpha.beta"),
        ("1.0.0-beta.2", "1.0.0-beta.11"),
        ("1.0.0-1", "1.0.0-alpha"), ("2025.8.20", "2025.11.1"),
    ])
    func `versions are in the order of their numbers`(older: String, newer: String) throws {
        let (older, newer) = (try #require(VersionNumber(older)), try #require(VersionNumber(newer)))
        #expect(older < newer)
        #expect(!(newer < older))
    }

    @Test(arguments: [("2.0", "2.0.0"), ("2.0.3+build5", "2.0.3+build6"), ("v2.0.3", "2.0.3")])
    func `versions that differ only in what does not count are equal`(left: String, right: String) {
        #expect(VersionNumber(left) == VersionNumber(right))
    }

    @Test(arguments: [
        "", "4f1c09", "main", "20251122", "2..3", "2.x", ".", "-1.0", "2.0.99999999999999999999",
    ])
    func `what is no number with dots has no order`(text: String) {
        #expect(VersionNumber(text) == nil)
    }
}
