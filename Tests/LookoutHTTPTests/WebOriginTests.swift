import LookoutHTTP
import Testing

@Suite struct WebOriginTests {
    @Test(arguments: [
        ("https://api.example.org/v1/x?y", "https://api.example.org:443"),
        ("HTTP://API.Example.ORG:8080", "http://api.example.org:8080"),
        ("https://user:secret@api.example.org/", "https://api.example.org:443"),
        ("http://127.0.0.1@evil.example/", "http://evil.example:80"),
        ("http://[::1]:99/", "http://[::1]:99"),
    ])
    func `an origin is scheme, host and port and nothing else`(url: String, origin: String) throws {
        #expect(try #require(WebOrigin(of: url)).description == origin)
    }

    @Test(arguments: ["", "/path", "api.example.org", "ftp://example.org/", "https://", "file:///etc/passwd"])
    func `what is no absolute URL of the web has no origin`(url: String) {
        #expect(WebOrigin(of: url) == nil)
    }

    @Test(arguments: [
        ("http://localhost:8080/", true), ("http://127.0.0.1/", true), ("http://127.8.9.1/", true),
        ("http://[::1]/", true), ("http://0x7f.1/", true), ("http://127.0.0.1.evil.example/", false),
        ("http://localhost.evil.example/", false), ("http://127.evil.0.1/", false),
        ("http://10.0.0.1/", false), ("http://[fe80::1]/", false),
    ])
    func `only this machine is loopback`(url: String, isLoopback: Bool) throws {
        #expect(try #require(WebOrigin(of: url)).isLoopback == isLoopback)
    }
}
