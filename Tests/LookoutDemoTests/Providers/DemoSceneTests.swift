import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct DemoSceneCoupling {
    /// What a monitor sees of production, in a few words.
    private struct Sight: Equatable {
        var page: String
        var health: String
        var version: String
        var allowsOrigin: Bool
    }

    private func scene() -> (DemoScene, Timestamp) {
        let fixture = CloudFixture()
        let addresses = fixture.cloud.places.mapValues {
            DemoAddresses(frontend: $0.frontendURL, backend: $0.backendURL)
        }
        return (DemoScene(addresses: addresses, cloud: fixture.cloud), fixture.now)
    }

    private func look(_ scene: inout DemoScene, at now: Timestamp) throws -> Sight {
        let page = scene.reply(to: DemoRequest(target: "/"), at: .frontend("production"), now: now)
        let version = page.body.firstRange(of: "name=\"version\" content=\"").map {
            String(page.body[$0.upperBound...].prefix { $0 != "\"" })
        }
        let health = scene.reply(to: DemoRequest(target: "/health"), at: .backend("production"), now: now)
        let body = try? JSONValue(parsing: Array(health.body.utf8))
        let profile = scene.reply(
            to: DemoRequest(target: "/api/v1/profile", headers: [("Origin", "https://wins.example")]),
            at: .backend("production"),
            now: now
        )
        return Sight(
            page: version ?? "\(page.status)",
            health: "\(health.status) \(body?["status"]?.string ?? "")",
            version: body?["version"]?.string ?? "",
            allowsOrigin: profile.header("access-control-allow-origin") == "https://wins.example"
        )
    }

    private let good = Sight(page: "2.0.4", health: "200 healthy", version: "2.0.4", allowsOrigin: true)

    @Test func `production begins well, and a sync changes both sides`() throws {
        var (scene, now) = scene()
        #expect(try look(&scene, at: now) == good)
        let made = scene.sync(DemoChange(message: "feat: sync"), makesBackup: true, at: now)
        let sync = try #require(made)
        #expect(sync.backup == "backup/main-before-sync-20250820-124908")
        let branches = try #require(scene.cloud?.github.history.branches)
        #expect(branches[try #require(sync.backup)] == sync.merge.parents[0])
        now = now + .seconds(900)
        #expect(
            try look(&scene, at: now)
                == Sight(page: "2.0.5", health: "200 healthy", version: "2.0.5", allowsOrigin: true)
        )
    }

    private static func ask(
        _ scene: inout DemoScene,
        _ call: (ProviderName, String, String, JSONValue?),
        _ now: Timestamp
    ) -> DemoReply {
        let token =
            call.0 == .netlify
            ? DemoTokens.netlify : call.0 == .render ? DemoTokens.render : DemoTokens.github
        let request = DemoRequest(
            method: call.1,
            target: call.2,
            headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")],
            body: call.3.map { Array($0.jsonText.utf8) } ?? []
        )
        return scene.reply(to: request, at: .provider(call.0), now: now)
    }

    private static let site = "/api/v1/sites/\(StandardNames.production.netlifySite)"
    private static let service = "/v1/services/\(StandardNames.production.renderService)"

    @Test func `a bad frontend is brought back by a restore and a lock, also against the next push`() throws {
        var (scene, now) = scene()
        let old = try #require(scene.cloud?.netlify.sites[0].release?.deploy)
        let bad: Set<DemoFlaw> = [.fault(.frontend, .stagingHost)]
        scene.push(DemoChange(files: ["src/App.tsx"], flaws: bad), to: "main", at: now)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now).version == "2.0.4", "the backend's filter keeps it as it was")
        let asset = try #require(scene.cloud?.netlify.sites[0].release?.revision.id.prefix(6))
        let script = scene.reply(
            to: DemoRequest(target: "/assets/index-\(asset).js"),
            at: .frontend("production"),
            now: now
        )
        #expect(script.body.contains("https://pam-staging.example"))
        let restore = (ProviderName.netlify, "POST", Self.site + "/deploys/\(old)/restore", JSONValue?.none)
        #expect(Self.ask(&scene, restore, now).status == 201)
        #expect(Self.ask(&scene, (.netlify, "POST", "/api/v1/deploys/\(old)/lock", nil), now).status == 200)
        #expect(try look(&scene, at: now) == good)
        scene.push(DemoChange(message: "fix: not quite", flaws: bad), to: "main", at: now)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now).page == "2.0.4")
    }

    @Test func `a bad backend is brought back by a rollback at Render`() throws {
        var (scene, now) = scene()
        let old = try #require(scene.cloud?.render.services[0].release?.deploy)
        scene.push(DemoChange(flaws: [.fault(.backend, .unavailable)]), to: "main", at: now)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now).health.hasPrefix("503"))
        let calls: [(ProviderName, String, String, JSONValue?)] = [
            (.render, "PATCH", Self.service, ["autoDeploy": "no"]),
            (.render, "POST", Self.service + "/rollback", ["deployId": .string(old)]),
        ]
        for call in calls { #expect(Self.ask(&scene, call, now).status < 300) }
        now = now + .seconds(200)
        let sight = try look(&scene, at: now)
        #expect(sight.health == "200 healthy" && sight.version == "2.0.4")
    }

    @Test(arguments: [
        ("APP_URL", String?.none), ("CORS_ORIGINS", "https://elsewhere.example"), ("SUPABASE_URL", nil),
        ("VITE_USE_AI_SDK_PAM", "false"), ("ENVIRONMENT", "staging"),
    ])
    func `a wrong variable breaks the next deploy, and the old value with a deploy mends it`(
        name: String,
        value: String?
    ) throws {
        var (scene, now) = scene()
        let service = Self.service
        func seen(_ scene: inout DemoScene) throws -> (Sight, String) {
            let health = scene.reply(to: DemoRequest(target: "/health"), at: .backend("production"), now: now)
            return (try look(&scene, at: now), health.body.replacing(now.rfc3339, with: "now"))
        }
        let before = try seen(&scene)
        let old = try #require(scene.cloud?.render.services[0].effectiveVariables[name])
        let path = service + "/env-vars/" + name
        let change: (ProviderName, String, String, JSONValue?) =
            value.map { (.render, "PUT", path, ["value": .string($0)]) } ?? (.render, "DELETE", path, nil)
        #expect(Self.ask(&scene, change, now).status < 300)
        now = now + .seconds(900)
        #expect(try seen(&scene) == before, "a variable alone changes nothing")
        let deploy: (ProviderName, String, String, JSONValue?) =
            (.render, "POST", service + "/deploys", ["deployMode": "deploy_only"])
        #expect(Self.ask(&scene, deploy, now).status == 201)
        now = now + .seconds(200)
        #expect(try seen(&scene) != before)
        #expect(Self.ask(&scene, (.render, "PUT", path, ["value": .string(old)]), now).status == 200)
        #expect(Self.ask(&scene, deploy, now).status == 201)
        now = now + .seconds(200)
        #expect(try seen(&scene) == before)
    }

    @Test func `main set back on GitHub rebuilds both sides from the old commit`() throws {
        var (scene, now) = scene()
        let old = try #require(scene.cloud?.github.history.branches["main"])
        scene.sync(DemoChange(flaws: [.fault(.backend, .unavailable)]), makesBackup: true, at: now)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now).health.hasPrefix("503"))
        let call: (ProviderName, String, String, JSONValue?) =
            (
                .github, "PATCH", "/repos/wheels/wins/git/refs/heads/main",
                ["sha": .string(old), "force": true]
            )
        #expect(Self.ask(&scene, call, now).status == 200)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now) == good)
    }

    @Test func `after a hotfix the newest backup is older than the last good state`() throws {
        var (scene, now) = scene()
        scene.sync(DemoChange(), makesBackup: true, at: now)
        now = now + .seconds(3600)
        let lastGood = try #require(scene.cloud?.github.history.branches["main"])
        let made = scene.hotfix(DemoChange(), name: "login", at: now)
        let merge = try #require(made)
        let branches = try #require(scene.cloud?.github.history.branches)
        let newest = branches.filter { $0.key.hasPrefix("backup/") }.max { $0.key < $1.key }
        #expect(merge.parents[0] == lastGood)
        #expect(newest?.value != lastGood)
        #expect(scene.cloud?.github.history.isAncestor(newest?.value ?? "", of: lastGood) == true)
    }

    @Test func `an unpublished build is served at its permalink only`() throws {
        var (scene, now) = scene()
        let old = try #require(scene.cloud?.netlify.sites[0].release?.deploy)
        _ = Self.ask(&scene, (.netlify, "POST", "/api/v1/deploys/\(old)/lock", nil), now)
        scene.push(DemoChange(version: "9.9.9"), to: "main", at: now)
        now = now + .seconds(900)
        #expect(try look(&scene, at: now).page == "2.0.4")
        let list = Self.ask(&scene, (.netlify, "GET", Self.site + "/deploys?per_page=1", nil), now)
        let newest = try JSONValue(parsing: Array(list.body.utf8)).elements?.first
        let link = try #require(newest?["deploy_ssl_url"]?.string)
        let path = String(link.dropFirst("https://wins.example".count))
        let page = scene.reply(to: DemoRequest(target: path), at: .frontend("production"), now: now)
        #expect(page.body.contains("9.9.9"))
    }

    @Test func `injected faults come on top, and without a cloud the stack is as it was`() throws {
        var (scene, now) = scene()
        scene.inject(try DemoFault(parsing: "production.backend=database-unhealthy"))
        #expect(try look(&scene, at: now).health == "200 degraded")
        scene.mend(environment: "production", part: .backend)
        #expect(try look(&scene, at: now) == good)
        scene.inject(try DemoFault(parsing: "production.backend=down"))
        #expect(!scene.isListening(.backend("production")) && scene.isListening(.frontend("production")))
        var plain = DemoScene(addresses: scene.addresses)
        #expect(try look(&plain, at: now) == good)
        #expect(!plain.isListening(.provider(.netlify)))
    }
}
