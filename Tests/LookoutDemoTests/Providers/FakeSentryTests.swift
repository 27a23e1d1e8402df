import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeSentryBehaviour {
    private let issues = "/api/0/organizations/wheels-and-wins/issues/"
    private let title = "TypeError: Failed to fetch"

    private func list(_ fixture: inout CloudFixture, _ query: String) throws -> [JSONValue] {
        let target = issues + "?query=" + PercentCoding.encoded(query) + "&sort=new"
        return try fixture.json(.sentry, "GET", target).elements ?? []
    }

    @Test func `a bad release brings an issue, and a good one ends it`() throws {
        var fixture = CloudFixture()
        let good = try #require(try fixture.site.release)
        try fixture.push(flaws: [.error(.frontend, title: title)])
        fixture.pass(100)
        #expect(try list(&fixture, "is:unresolved firstSeen:-30m") == [])
        fixture.pass(500)
        let issue = try #require(try list(&fixture, "is:unresolved firstSeen:-30m").first)
        #expect(issue["title"]?.string == title)
        #expect(issue["substatus"] == "new")
        let count = try #require(issue["count"]?.string.flatMap { Int($0) }, "the count is a string")
        #expect(count > 10)
        let site = "/api/v1/sites/\(StandardNames.production.netlifySite)"
        _ = try fixture.json(.netlify, "POST", site + "/deploys/\(good.deploy)/restore", status: 201)
        let ended = try list(&fixture, "is:unresolved").first?["count"]
        fixture.pass(600)
        #expect(try list(&fixture, "is:unresolved").first?["count"] == ended)
    }

    @Test func `an issue that was resolved comes back as regressed`() throws {
        var fixture = CloudFixture()
        let old = "TypeError: Cannot read properties of undefined (reading 'map')"
        #expect(try list(&fixture, "is:unresolved") == [])
        try fixture.push(flaws: [.error(.frontend, title: old)])
        fixture.pass(600)
        let issue = try #require(try list(&fixture, "is:regressed").first)
        #expect(issue["shortId"] == "WINS-12B")
        #expect(try list(&fixture, "firstSeen:-30m") == [], "it was first seen weeks ago")
        let id = try #require(issue["id"]?.string)
        let activity = try fixture.json(.sentry, "GET", issues + id + "/")["activity"]
        #expect(activity?.elements?.first?["type"] == "set_regression")
    }

    @Test func `a constant release hides what is new in it`() throws {
        var fixture = CloudFixture()
        fixture.cloud.sentry.constantRelease = "wheels-and-wins@production"
        try fixture.push(flaws: [.error(.frontend, title: title)])
        fixture.pass(600)
        let releases = try fixture.json(.sentry, "GET", "/api/0/organizations/wheels-and-wins/releases/")
        #expect(releases.elements?.first?["version"] == "wheels-and-wins@production")
        #expect(try list(&fixture, "firstRelease:\"wheels-and-wins@production\"").count == 1)
    }

    @Test func `pages end with results false`() throws {
        var fixture = CloudFixture()
        let flaws = (0..<5).map { DemoFlaw.error(.frontend, title: "Error \($0)") }
        try fixture.push(flaws: Set(flaws))
        fixture.pass(600)
        var titles: [String] = []
        var cursor: String? = "0:0:0"
        while let place = cursor, titles.count < 20 {
            let reply = fixture.ask(.sentry, "GET", issues + "?limit=2&cursor=\(place)")
            titles +=
                try JSONValue(parsing: Array(reply.body.utf8)).elements?.compactMap { $0["title"]?.string }
                ?? []
            let next = try #require(reply.header("link")?.split(separator: ",").last)
            let offset = next.split(separator: "\"").last { $0.contains(":") }
            cursor = next.contains("results=\"true\"") ? offset.map(String.init) : nil
        }
        #expect(titles.sorted() == (0..<5).map { "Error \($0)" })
    }

    @Test func `a token without the scope is refused`() throws {
        var fixture = CloudFixture()
        fixture.cloud.sentry.account = FakeAccount(token: DemoTokens.sentry, scopes: ["org:read"])
        #expect(fixture.ask(.sentry, "GET", issues).status == 403)
    }

    @Test(arguments: [
        "is:nonsense", "colour:red", "firstSeen:yesterday", "firstSeen:>=2025-13-01T00:00:00Z",
    ])
    func `a query that Sentry would not take is refused`(query: String) {
        var fixture = CloudFixture()
        let target = issues + "?query=" + PercentCoding.encoded(query)
        #expect(fixture.ask(.sentry, "GET", target).status == 400)
    }
}
