import Testing

@testable import LookoutProbes

@Suite struct URLTests {
    @Test(arguments: [
        ("https://a.example/b/c?d#e", "https://a.example/b/c?d#e"),
        ("HTTP://A.Example:80", "http://a.example/"),
        ("https://a.example:8443/x/../y/./z", "https://a.example:8443/y/z"),
        ("wss://a.example:443/chat", "wss://a.example/chat"),
        ("http://[::1]:9000/x", "http://[::1]:9000/x"),
        ("  https:\\\\a.example\\b c ", "https://a.example/b%20c"),
    ])
    func `an absolute URL is normalized`(text: String, expected: String) {
        #expect(WebURL(text)?.description == expected)
    }

    @Test(arguments: [
        ("hop/1", "http://h.example/a/b/hop/1"),
        ("./hop", "http://h.example/a/b/hop"),
        ("../hop", "http://h.example/a/hop"),
        ("../../../hop", "http://h.example/hop"),
        ("/x/../y", "http://h.example/y"),
        ("//other.example/z", "http://other.example/z"),
        ("?q=1", "http://h.example/a/b/c?q=1"),
        ("", "http://h.example/a/b/c?k=v"),
        ("https://x.example", "https://x.example/"),
        ("http:d", "http://h.example/a/b/d"),
        (".", "http://h.example/a/b/"),
        ("..", "http://h.example/a/"),
        ("a:b", "a:b"),
        ("data:text/plain,ok", "data:text/plain,ok"),
    ])
    func `a reference is resolved as RFC 3986 says`(reference: String, expected: String) throws {
        let base = try #require(WebURL("http://h.example/a/b/c?k=v"))
        #expect(WebURL(reference, relativeTo: base)?.description == expected)
    }

    @Test(arguments: [
        "", "a", "http://", "http://a b/", "http://h:99999/", "http://h:1x/", "//h", "1http://h",
    ])
    func `what a browser calls invalid is nil`(text: String) {
        #expect(WebURL(text) == nil)
    }

    @Test(arguments: ["https://a.example", "http://a.example:8080", "null"])
    func `an origin reads back as it is written`(text: String) {
        #expect(Origin(text)?.description == text)
    }

    @Test(arguments: [
        "https://a.example/", "https://a.example/x", "a.example", "https://u@a.example", "*", "",
    ])
    func `anything more or less than an origin is none`(text: String) {
        #expect(Origin(text) == nil)
    }
}
