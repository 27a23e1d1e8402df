import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeGitHubBehaviour {
    private let repository = "/repos/wheels/wins"
    private let backup = "refs/heads/backup/main-before-sync-20250820-124908"

    @Test func `a backup branch is created once, on a commit that is there`() throws {
        var fixture = CloudFixture()
        let main = try #require(fixture.cloud.github.history.branches["main"])
        let body: JSONValue = ["ref": .string(backup), "sha": .string(main)]
        let answer = try fixture.json(.github, "POST", repository + "/git/refs", body, status: 201)
        #expect(answer["object"]?["sha"]?.string == main)
        let again = fixture.ask(.github, "POST", repository + "/git/refs", body)
        #expect(again.status == 422 && again.body.contains("already exists"))
        let nowhere = fixture.ask(
            .github,
            "POST",
            repository + "/git/refs",
            ["ref": "refs/heads/x", "sha": .string(String(repeating: "0", count: 40))]
        )
        #expect(nowhere.status == 422)
    }

    @Test func `the backup branches are listed by what their names begin with`() throws {
        var fixture = CloudFixture()
        let path = repository + "/git/matching-refs/heads/"
        let found = try fixture.json(.github, "GET", path + "backup/main-before-sync-").elements
        #expect(found?.count == 3)
        #expect(try fixture.json(.github, "GET", path + "backup/none-") == [])
    }

    @Test func `main goes back by force only, and not at all where it is protected`() throws {
        var fixture = CloudFixture()
        let main = try #require(fixture.cloud.github.history.head(of: "main"))
        let target = repository + "/git/refs/heads/main"
        let body: JSONValue = ["sha": .string(main.parents[0])]
        #expect(fixture.ask(.github, "PATCH", target, body).body.contains("not a fast forward"))
        fixture.cloud.github.protections["main"] = GitHubProtection(allowsForcePush: false)
        let forced: JSONValue = ["sha": .string(main.parents[0]), "force": true]
        #expect(fixture.ask(.github, "PATCH", target, forced).body.contains("Cannot force-push"))
        fixture.cloud.github.protections["main"] = GitHubProtection(allowsForcePush: true)
        _ = try fixture.json(.github, "PATCH", target, forced)
        #expect(fixture.cloud.github.history.branches["main"] == main.parents[0])
        // The hosting providers hear of it like of any push.
        fixture.pass(900)
        #expect(try fixture.site.release?.revision.id == main.parents[0])
        #expect(try fixture.service.release?.revision.id == main.parents[0])
    }

    @Test func `two branches that went apart are diverged`() throws {
        var fixture = CloudFixture()
        func compare(_ range: String) throws -> JSONValue {
            try fixture.json(.github, "GET", repository + "/compare/" + range)
        }
        #expect(try compare("main...main")["status"] == "identical")
        let standard = try compare("main...staging")
        #expect(standard["status"] == "diverged")
        #expect(standard["ahead_by"] == 2)
        let behind = try #require(fixture.cloud.github.history.head(of: "main")?.parents[0])
        #expect(try compare("main...\(behind)")["status"] == "behind")
        #expect(try compare("\(behind)...main")["status"] == "ahead")
        try fixture.push("main", message: "fix: hotfix")
        #expect(
            try fixture.json(.github, "GET", repository + "/compare/main...staging")["status"] == "diverged"
        )
    }

    @Test func `without statuses the combined one is pending, and the newest of a context counts`() throws {
        var fixture = CloudFixture()
        let main = try #require(fixture.cloud.github.history.branches["main"])
        func combined() throws -> JSONValue? {
            try fixture.json(.github, "GET", repository + "/commits/main/status")["state"]
        }
        #expect(try combined() == "pending")
        for (state, expected) in [("failure", "failure"), ("success", "success"), ("pending", "pending")] {
            _ = try fixture.json(
                .github,
                "POST",
                repository + "/statuses/\(main)",
                ["state": .string(state), "context": "lookout/preflight"],
                status: 201
            )
            #expect(try combined()?.string == expected)
        }
        #expect(
            fixture.cloud.github.postedStatuses(of: main, context: "lookout/preflight")
                == ["failure", "success", "pending"]
        )
    }

    @Test func `a description of more than 140 characters is refused`() throws {
        var fixture = CloudFixture()
        let main = try #require(fixture.cloud.github.history.branches["main"])
        let reply = fixture.ask(
            .github,
            "POST",
            repository + "/statuses/\(main)",
            ["state": "success", "description": .string(String(repeating: "x", count: 141))]
        )
        #expect(reply.status == 422)
    }

    @Test func `a token for reading changes nothing`() throws {
        var fixture = CloudFixture()
        let main = try #require(fixture.cloud.github.history.branches["main"])
        let body: JSONValue = ["ref": .string(backup), "sha": .string(main)]
        let reply = fixture.ask(
            .github,
            "POST",
            repository + "/git/refs",
            body,
            token: DemoTokens.readOnly
        )
        #expect(reply.status == 403)
        #expect(fixture.ask(.github, "GET", repository, token: DemoTokens.readOnly).status == 200)
        #expect(fixture.ask(.github, "GET", repository, token: "another").status == 401)
    }

    @Test func `the pull requests of a commit and who approved them`() throws {
        var fixture = CloudFixture()
        let pulls = try fixture.json(.github, "GET", repository + "/commits/main/pulls").elements
        let number = try #require(pulls?.first?["number"])
        let reviews = try fixture.json(.github, "GET", repository + "/pulls/\(number.jsonText)/reviews")
            .elements
        #expect(reviews?.first?["state"] == "APPROVED")
    }
}
