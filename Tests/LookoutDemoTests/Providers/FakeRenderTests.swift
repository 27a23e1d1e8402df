import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeRenderBehaviour {
    private let service = "/v1/services/\(StandardNames.production.renderService)"

    private func statuses(_ flaws: Set<DemoFlaw>, preDeploy: Bool = false) throws -> [String] {
        var fixture = CloudFixture()
        fixture.cloud.render.services[0].hasPreDeployCommand = preDeploy
        try fixture.push(flaws: flaws)
        var seen: [String] = []
        for _ in 0..<400 {
            let newest = try fixture.json(.render, "GET", service + "/deploys?limit=1").elements?.first?[
                "deploy"
            ]
            let status = try #require(newest?["status"]?.string)
            if seen.last != status { seen.append(status) }
            fixture.pass(1)
        }
        return seen
    }

    @Test func `a push goes the documented way to live`() throws {
        #expect(
            try statuses([], preDeploy: true) == [
                "created", "queued", "build_in_progress", "pre_deploy_in_progress", "update_in_progress",
                "live",
            ]
        )
    }

    @Test(arguments: [
        (DeployFailure.build, "build_failed"), (.preDeploy, "pre_deploy_failed"), (.update, "update_failed"),
    ])
    func `each step can fail, and users keep what they had`(failure: DeployFailure, word: String) throws {
        var fixture = CloudFixture()
        fixture.cloud.render.services[0].hasPreDeployCommand = true
        let before = try fixture.service.release
        try fixture.push(flaws: [.deploy(.backend, failure)])
        fixture.pass(900)
        let newest = try fixture.json(.render, "GET", service + "/deploys?limit=1").elements?.first
        #expect(newest?["deploy"]?["status"]?.string == word)
        #expect(try fixture.service.release == before)
        #expect(try fixture.service.deploys.filter { $0.status == .live }.map(\.id) == [before?.deploy])
    }

    @Test(arguments: [
        (["src/App.tsx"], 0), (["backend/tests/test_health.py"], 0),
        (["src/App.tsx", "backend/app/main.py"], 1),
    ])
    func `a push outside of the build filter makes no deploy at all`(files: [String], count: Int) throws {
        var fixture = CloudFixture()
        let before = try fixture.service.deploys.count
        try fixture.push(files: files)
        fixture.pass(900)
        #expect(try fixture.service.deploys.count - before == count)
    }

    @Test func `a rollback is a new deploy, and deploys by themselves go on`() throws {
        var fixture = CloudFixture()
        let good = try #require(try fixture.service.release)
        try fixture.push()
        fixture.pass(900)
        let bad = try #require(try fixture.service.release)
        let deploy = try fixture.json(
            .render,
            "POST",
            service + "/rollback",
            ["deployId": .string(good.deploy)],
            status: 201
        )
        #expect(deploy["trigger"] == "rollback")
        #expect(deploy["id"]?.string != good.deploy)
        fixture.pass(120)
        #expect(try fixture.service.release?.revision == good.revision)
        let old = try fixture.json(.render, "GET", service + "/deploys/\(bad.deploy)")
        #expect(old["status"] == "deactivated")
        #expect(try fixture.json(.render, "GET", service)["autoDeploy"] == "yes")
    }

    @Test func `a rollback needs a deploy that was live and whose build is kept`() throws {
        var fixture = CloudFixture()
        let oldest = try #require(try fixture.service.deploys.first?.id)
        try fixture.push(flaws: [.deploy(.backend, .build)])
        fixture.pass(900)
        let failed = try #require(try fixture.service.deploys.last?.id)
        for (id, status) in [(oldest, 400), (failed, 400), ("dep-none", 404)] {
            let reply = fixture.ask(.render, "POST", service + "/rollback", ["deployId": .string(id)])
            #expect(reply.status == status, "\(id): \(reply.body)")
        }
    }

    @Test func `a variable takes effect with the next deploy only`() throws {
        var fixture = CloudFixture()
        _ = try fixture.json(.render, "PUT", service + "/env-vars/DEBUG", ["value": "true"])
        fixture.pass(900)
        #expect(try fixture.service.release?.variables["DEBUG"] == "false")
        _ = try fixture.json(
            .render,
            "POST",
            service + "/deploys",
            ["deployMode": "deploy_only"],
            status: 201
        )
        fixture.pass(120)
        #expect(try fixture.service.release?.variables["DEBUG"] == "true")
    }

    @Test func `a put of the list replaces all, and leaves the group's alone`() throws {
        var fixture = CloudFixture()
        let answer = try fixture.json(
            .render,
            "PUT",
            service + "/env-vars",
            [["key": "ONLY", "value": "1"], ["key": "MADE", "generateValue": true]]
        )
        #expect(answer.elements?.count == 2)
        let list = fixture.ask(.render, "GET", service + "/env-vars")
        #expect(!list.body.contains("APP_URL") && !list.body.contains("REDIS_URL"))
        #expect(try fixture.service.effectiveVariables["REDIS_URL"] != nil)
        #expect(try fixture.service.effectiveVariables["MADE"]?.count == 32)
    }

    @Test func `a deploy that has to wait is answered with nothing, and comes later`() throws {
        var fixture = CloudFixture()
        try fixture.push()
        fixture.pass(5)
        let count = try fixture.service.deploys.count
        let reply = fixture.ask(.render, "POST", service + "/deploys", [:])
        #expect(reply.status == 202 && reply.body.isEmpty)
        #expect(try fixture.service.deploys.count == count + 1)
        fixture.pass(60)
        #expect(try fixture.service.deploys.suffix(2).map(\.status) == [.buildInProgress, .queued])
        fixture.pass(900)
        #expect(try fixture.service.deploys.suffix(2).map(\.status) == [.deactivated, .live])
    }

    @Test func `a deploy that is cancelled ends, and the next begins`() throws {
        var fixture = CloudFixture()
        try fixture.push(message: "feat: one")
        fixture.pass(30)
        let id = try #require(try fixture.service.deploys.last?.id)
        try fixture.push(message: "feat: two")
        fixture.pass(5)
        let answer = try fixture.json(.render, "POST", service + "/deploys/\(id)/cancel")
        #expect(answer["status"] == "canceled")
        fixture.pass(900)
        #expect(try fixture.service.deploys.suffix(2).map(\.status) == [.canceled, .live])
        #expect(fixture.ask(.render, "POST", service + "/deploys/\(id)/cancel").status == 400)
    }

    @Test func `a waiting deploy that is cancelled lets no other one past the one that is under way`() throws
    {
        var fixture = CloudFixture()
        for message in ["feat: one", "feat: two", "feat: three"] { try fixture.push(message: message) }
        fixture.pass(60)
        let waiting = try #require(try fixture.service.deploys.suffix(2).first?.id)
        _ = try fixture.json(.render, "POST", service + "/deploys/\(waiting)/cancel")
        #expect(
            try fixture.service.deploys.suffix(3).map(\.status) == [.buildInProgress, .canceled, .queued]
        )
        let build = try #require(try fixture.site.deploys.suffix(2).first?.id)
        _ = try fixture.json(.netlify, "POST", "/api/v1/deploys/\(build)/cancel", status: 201)
        #expect(try fixture.site.deploys.suffix(3).map(\.state) == [.building, .error, .enqueued])
        fixture.pass(60)
        #expect(try fixture.service.deploys.suffix(1).map(\.status) == [.queued])
        fixture.pass(900)
        #expect(try fixture.service.release?.revision.message == "feat: three")
        #expect(try fixture.site.release?.revision.message == "feat: three")
    }

    @Test func `a suspended service deploys nothing and answers at the edge`() throws {
        var fixture = CloudFixture()
        #expect(fixture.ask(.render, "POST", service + "/suspend").status == 202)
        let count = try fixture.service.deploys.count
        try fixture.push()
        fixture.pass(900)
        #expect(try fixture.service.deploys.count == count)
        #expect(fixture.ask(.render, "POST", service + "/deploys").status == 409)
        guard case .edge(let reply) = fixture.cloud.backend(of: "production", now: fixture.now) else {
            Issue.record("an instance answers although the service is suspended")
            return
        }
        #expect(reply.status == 503)
    }

    @Test func `a list goes on behind its last cursor until nothing is left`() throws {
        var fixture = CloudFixture()
        var keys: [String] = []
        var cursor = ""
        while keys.count < 50 {
            let target = service + "/env-vars?limit=2" + (cursor.isEmpty ? "" : "&cursor=\(cursor)")
            let rows = try #require(try fixture.json(.render, "GET", target).elements)
            guard let last = rows.last?["cursor"]?.string else { break }
            keys += rows.compactMap { $0["envVar"]?["key"]?.string }
            cursor = PercentCoding.encoded(last)
        }
        #expect(keys == (try fixture.service.variables.map(\.key)))
    }

    @Test func `the log says why a backend without its variables does not start`() throws {
        var fixture = CloudFixture()
        #expect(fixture.ask(.render, "DELETE", service + "/env-vars/APP_URL").status == 204)
        _ = try fixture.json(
            .render,
            "POST",
            service + "/deploys",
            ["deployMode": "deploy_only"],
            status: 201
        )
        fixture.pass(120)
        let target =
            "/v1/logs?ownerId=tea-d1wheelsandwins0&resource=\(StandardNames.production.renderService)"
            + "&text=no%20running%20event%20loop&startTime=\(CloudFixture.start.rfc3339)"
        let answer = try fixture.json(.render, "GET", target)
        #expect(answer["logs"]?.elements?.count == 1)
        #expect(answer["hasMore"] == false)
    }
}
