import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeNetlifyBehaviour {
    private let site = "/api/v1/sites/\(StandardNames.production.netlifySite)"

    @Test func `a push is built and published, and was not live before`() throws {
        var fixture = CloudFixture()
        let revision = try fixture.push()
        var states: [String] = []
        for _ in 0..<200 {
            let newest = try fixture.json(.netlify, "GET", site + "/deploys?per_page=1")
            let deploy = try #require(newest.elements?.first)
            #expect(deploy["commit_ref"]?.string == revision.id)
            let state = try #require(deploy["state"]?.string)
            if states.last != state { states.append(state) }
            #expect((deploy["published_at"] == .null) == (state != "ready"))
            fixture.pass(1)
        }
        #expect(states == ["new", "enqueued", "building", "uploading", "processing", "ready"])
        let published = try fixture.json(.netlify, "GET", site)["published_deploy"]
        #expect(published?["commit_ref"]?.string == revision.id)
    }

    @Test func `one jump of the clock is worth as much as many small steps`() throws {
        var (jumping, stepping) = (CloudFixture(), CloudFixture())
        try jumping.push()
        try stepping.push()
        jumping.pass(600)
        for _ in 0..<600 { stepping.pass(1) }
        #expect(try jumping.site.deploys == stepping.site.deploys)
        #expect(try jumping.service.deploys == stepping.service.deploys)
        #expect(jumping.cloud.sentry.releases == stepping.cloud.sentry.releases)
    }

    @Test func `a build that fails leaves what was published, with the provider's message`() throws {
        var fixture = CloudFixture()
        let before = try fixture.site.release
        try fixture.push(flaws: [.deploy(.frontend, .build)])
        fixture.pass(600)
        let newest = try fixture.json(.netlify, "GET", site + "/deploys?per_page=1").elements?.first
        #expect(newest?["state"] == "error")
        #expect(newest?["error_message"]?.string?.contains("non-zero exit code") == true)
        #expect(newest?["published_at"] == .null)
        #expect(try fixture.site.release == before)
    }

    @Test func `a commit that asks for no build is skipped`() throws {
        var fixture = CloudFixture()
        try fixture.push(message: "docs: typo [skip ci]")
        fixture.pass(600)
        let newest = try fixture.json(.netlify, "GET", site + "/deploys?per_page=1").elements?.first
        #expect(newest?["state"] == "error")
        #expect(newest?["error_message"] == "Skipped")
        #expect(newest?["skipped"] == true)
    }

    @Test func `what is locked gets ready and is not published until somebody does`() throws {
        var fixture = CloudFixture()
        let old = try #require(try fixture.site.release)
        let locked = try fixture.json(.netlify, "POST", "/api/v1/deploys/\(old.deploy)/lock")
        #expect(locked["locked"] == true)
        let revision = try fixture.push()
        fixture.pass(600)
        let newest = try #require(
            try fixture.json(.netlify, "GET", site + "/deploys?per_page=1").elements?.first
        )
        #expect(newest["state"] == "ready")
        #expect(newest["published_at"] == .null)
        #expect(try fixture.site.release == old)
        let id = try #require(newest["id"]?.string)
        _ = try fixture.json(.netlify, "POST", site + "/deploys/\(id)/restore", status: 201)
        #expect(try fixture.site.release?.revision.id == revision.id)
    }

    @Test func `a restore publishes an old deploy under its old id`() throws {
        var fixture = CloudFixture()
        let good = try #require(try fixture.site.release)
        try fixture.push()
        fixture.pass(600)
        let count = try fixture.site.deploys.count
        let answer = try fixture.json(.netlify, "POST", site + "/deploys/\(good.deploy)/restore", status: 201)
        #expect(answer["id"]?.string == good.deploy)
        let published = try fixture.json(.netlify, "GET", site)["published_deploy"]
        #expect(published?["id"]?.string == good.deploy)
        #expect(try fixture.site.deploys.count == count)
        #expect(try fixture.site.release?.revision == good.revision)
    }

    @Test(arguments: [false, true])
    func `whether a restore renews the time of publication can be chosen`(isRenewed: Bool) throws {
        var fixture = CloudFixture()
        fixture.cloud.netlify.sites[0].restoreRenewsPublication = isRenewed
        let good = try #require(try fixture.site.release)
        try fixture.push()
        fixture.pass(600)
        let answer = try fixture.json(.netlify, "POST", site + "/deploys/\(good.deploy)/restore", status: 201)
        #expect(answer["published_at"]?.string == (isRenewed ? fixture.now : good.since).rfc3339)
    }

    @Test func `a rollback goes one step back and has no body`() throws {
        var fixture = CloudFixture()
        let good = try fixture.site.release
        try fixture.push()
        fixture.pass(600)
        let reply = fixture.ask(.netlify, "PUT", site + "/rollback")
        #expect(reply.status == 204 && reply.body.isEmpty)
        #expect(try fixture.site.release?.deploy == good?.deploy)
    }

    @Test func `the history holds a newer build that was never live`() throws {
        let fixture = CloudFixture()
        let site = try fixture.site
        let newest = try #require(site.release)
        let trap = try #require(site.deploys.last { $0.id != newest.deploy && $0.state == .ready })
        #expect(trap.publishedAt == nil)
        let good = try #require(site.deploys.last { $0.publishedAt != nil && $0.id != newest.deploy })
        #expect(trap.createdAt > good.createdAt)
    }

    @Test func `of two pushes the second waits, and both are built`() throws {
        var fixture = CloudFixture()
        try fixture.push(message: "feat: one")
        fixture.pass(10)
        let second = try fixture.push(message: "feat: two")
        fixture.pass(60)
        #expect(try fixture.site.deploys.suffix(2).map(\.state) == [.building, .enqueued])
        fixture.pass(600)
        #expect(try fixture.site.deploys.suffix(2).map(\.state) == [.ready, .ready])
        #expect(try fixture.site.release?.revision == second)
    }

    @Test func `where builds are stopped, or the branch is another, nothing happens at all`() throws {
        var fixture = CloudFixture()
        let count = try fixture.site.deploys.count
        fixture.cloud.netlify.sites[0].buildsAreStopped = true
        try fixture.push()
        fixture.cloud.netlify.sites[0].buildsAreStopped = false
        fixture.cloud.netlify.sites[0].branch = "production"
        try fixture.push(message: "feat: another")
        fixture.pass(600)
        #expect(try fixture.site.deploys.count == count)
    }

    @Test func `a secret's value cannot be read back, and a build takes the values of its start`() throws {
        var fixture = CloudFixture()
        let path = "/api/v1/accounts/wheels-and-wins/env"
        let query = "?site_id=\(StandardNames.production.netlifySite)"
        let secret = fixture.ask(.netlify, "GET", path + "/SENTRY_AUTH_TOKEN" + query)
        #expect(secret.body.contains("\"is_secret\":true"))
        #expect(!secret.body.contains("sntrys_demo"))
        try fixture.push()
        fixture.pass(60)
        _ = try fixture.json(
            .netlify,
            "PATCH",
            path + "/VITE_BACKEND_URL" + query,
            ["context": "production", "value": "https://other.example"],
            status: 201
        )
        fixture.pass(600)
        #expect(try fixture.site.release?.variables["VITE_BACKEND_URL"] == "https://pam.example")
        _ = try fixture.json(.netlify, "POST", site + "/builds")
        fixture.pass(600)
        #expect(try fixture.site.release?.variables["VITE_BACKEND_URL"] == "https://other.example")
    }

    @Test func `a list has pages with links`() throws {
        var fixture = CloudFixture()
        var ids: [String] = []
        var target: String? = site + "/deploys?per_page=2"
        while let page = target, ids.count < 50 {
            let reply = fixture.ask(.netlify, "GET", page)
            let deploys = try JSONValue(parsing: Array(reply.body.utf8)).elements ?? []
            ids += deploys.compactMap { $0["id"]?.string }
            let next = reply.header("link")?.split(separator: ",").first { $0.contains("rel=\"next\"") }
            target = next.map { link in
                let address = link.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
                return String(address.dropFirst("http://api.example".count))
            }
        }
        #expect(ids == (try fixture.site.deploys.reversed().map(\.id)))
    }
}
