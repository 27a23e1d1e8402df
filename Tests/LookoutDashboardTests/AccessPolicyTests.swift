import LookoutModel
import Testing

@testable import LookoutDashboard

@Suite struct Access {
    private static let policy = AccessPolicy(token: Secret("s3cret"), hosts: ["Lookout.Internal"])

    private func refusal(_ method: APIRequest.Method, _ headers: [String: String]) -> String? {
        Self.policy.refusal(of: APIRequest(method, path: [], headers: headers))?.slug
    }

    @Test(arguments: [
        ("127.0.0.1:9831", nil), ("localhost", nil), ("LOCALHOST:9831", nil), ("[::1]:9831", nil),
        ("192.168.1.20:9831", nil), ("lookout.internal", nil), ("lookout.internal:9831", nil),
        ("evil.example", "foreign-host"), ("127.0.0.1.evil.example", "foreign-host"), ("", "foreign-host"),
        ("localhost:", "foreign-host"), ("localhost:99999", "foreign-host"), ("[::1", "foreign-host"),
        ("[evil.example]", "foreign-host"), ("127.0.0.1:9831:1", "foreign-host"), ("1.2.3", "foreign-host"),
        ("256.1.1.1", "foreign-host"), ("localhost@evil.example", "foreign-host"),
    ])
    func `only names that cannot be made to point here are taken`(host: String, expected: String?) {
        #expect(refusal(.get, ["host": host]) == expected)
    }

    @Test(arguments: [
        ("http://localhost:9831", nil), ("https://localhost:9831", nil),
        ("http://localhost:9832", "foreign-origin"), ("http://localhost", "foreign-origin"),
        ("http://evil.example", "foreign-origin"), ("null", "foreign-origin"), ("", "foreign-origin"),
        ("file://localhost:9831", "foreign-origin"),
    ])
    func `a page of another origin is refused, also where it only looks`(origin: String, expected: String?) {
        #expect(refusal(.get, ["host": "localhost:9831", "origin": origin]) == expected)
    }

    @Test(arguments: [
        ("Bearer s3cret", nil), ("bearer s3cret", nil), ("Bearer s3cre", "no-token"),
        ("Bearer s3crets", "no-token"), ("Bearer ", "no-token"), ("Basic s3cret", "no-token"),
        ("s3cret", "no-token"), ("", "no-token"),
    ])
    func `who changes something shows the token`(authorization: String, expected: String?) {
        for method in [APIRequest.Method.post, .delete, .other] {
            #expect(refusal(method, ["host": "localhost", "authorization": authorization]) == expected)
        }
        #expect(refusal(.get, ["host": "localhost", "authorization": authorization]) == nil)
    }

    @Test(arguments: [
        ("https://Lookout.example.org", "lookout.example.org", nil),
        ("https://lookout.example.org:8443/status", "lookout.example.org:8443", nil),
        ("https://lookout.example.org/status", "lookout.example.org:443", nil),
        ("http://somebody@lookout.example.org", "lookout.example.org", nil),
        ("https://lookout.example.org", "example.org", "foreign-host"),
        ("https://lookout.example.org", "www.lookout.example.org", "foreign-host"),
        ("https://lookout.example.org?evil.example", "evil.example", "foreign-host"),
        ("lookout.example.org", "lookout.example.org", "foreign-host"),
        ("ftp://lookout.example.org", "lookout.example.org", "foreign-host"),
        ("", "lookout.example.org", "foreign-host"),
    ])
    func `the host of the external URL is ours, and no other for it`(
        url: String,
        host: String,
        expected: String?
    ) {
        let policy = AccessPolicy(token: Secret("s3cret"), externalURL: url)
        let request = APIRequest(.get, path: [], headers: ["host": host])
        #expect(policy.refusal(of: request)?.slug == expected)
    }

    @Test func `an empty token opens nothing`() {
        let open = AccessPolicy(token: Secret(""))
        let request = APIRequest(.post, path: [], headers: ["host": "localhost", "authorization": "Bearer "])
        #expect(open.refusal(of: request)?.slug == "no-token")
    }

    @Test func `no problem says the token`() {
        let request = APIRequest(.post, path: [], headers: ["host": "localhost"])
        #expect(Self.policy.refusal(of: request)?.response.body.contains("s3cret") == false)
    }
}
