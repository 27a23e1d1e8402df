import LookoutDemo
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Testing

/// The clients of the hosting providers against their fakes: what is seen of a deployment from push to rollback.
@Suite struct DeployFollowingTests {
    /// What was seen of the newest deploy until nothing more came of it, without repeats.
    private func course(
        of host: any HostingProvider,
        _ cloud: FakeCloud
    ) async throws -> [ProviderDeploy.State] {
        var states: [ProviderDeploy.State] = []
        for _ in 0..<200 {
            let newest = try #require(try await host.deploys(limit: 5).first)
            let deploy = try await host.deploy(newest.id)
            if states.last != deploy.state { states.append(deploy.state) }
            if deploy.isFinal { return states }
            cloud.pass(.seconds(5))
        }
        return states
    }

    @Test func `a push is followed to what users get, on both sides`() async throws {
        let cloud = FakeCloud()
        let commit = cloud.push()
        let frontend = try await course(of: try cloud.netlify, cloud)
        #expect(frontend == [.queued, .building, .releasing, .live])
        let live = try #require(try await cloud.netlify.live())
        #expect(live.commit?.text == commit && live.cause == .commit && live.liveAt != nil)
        let backend = try await cloud.render.deploys(limit: 1)
        #expect(backend.first?.commit?.text == commit)
        _ = try await course(of: try cloud.render, cloud)
        #expect(try await cloud.render.live()?.commit?.text == commit)
    }

    @Test func `Render is followed through its own steps`() async throws {
        let cloud = FakeCloud()
        cloud.push()
        let states = try await course(of: try cloud.render, cloud)
        #expect(states.first == .queued && states.last == .live)
        #expect(states.contains(.building) && states.contains(.releasing))
    }

    @Test(arguments: DeployFailure.allCases)
    func `a deploy that fails says why`(failure: DeployFailure) async throws {
        let cloud = FakeCloud()
        let before = try #require(try await cloud.render.live())
        cloud.change { cloud, _ in
            for index in cloud.render.services.indices {
                cloud.render.services[index].hasPreDeployCommand = true
            }
        }
        cloud.push(flaws: [.deploy(.backend, failure)])
        guard case .failed(let reason)? = try await course(of: try cloud.render, cloud).last else {
            Issue.record("not a failure")
            return
        }
        #expect(!reason.isEmpty)
        #expect(try await cloud.render.live()?.id == before.id)
    }

    @Test func `a build of Netlify that fails has Netlify's words`() async throws {
        let cloud = FakeCloud()
        cloud.push(flaws: [.deploy(.frontend, .build)])
        guard case .failed(let reason)? = try await course(of: try cloud.netlify, cloud).last else {
            Issue.record("not a failure")
            return
        }
        #expect(!reason.contains("gives no message"))
    }

    @Test func `a deploy that never was live is no target, on either side`() async throws {
        let cloud = FakeCloud()
        let deploys = try await cloud.netlify.deploys(limit: 50)
        let live = try #require(deploys.first { $0.state == .live })
        let never = try #require(deploys.first { $0.liveAt == nil })
        #expect(never.createdAt < live.createdAt, "the fake has one that is older than the live one")
        #expect(deploys.filter { $0.liveAt != nil }.count > 1)
        for deploy in try await cloud.render.deploys(limit: 50) {
            #expect((deploy.liveAt != nil) == (deploy.state == .live || deploy.state == .superseded))
        }
    }

    @Test func `a restored and locked site shows the old deploy, and holds the next`() async throws {
        let cloud = FakeCloud()
        let old = try #require(try await cloud.netlify.live())
        cloud.push()
        _ = try await course(of: try cloud.netlify, cloud)
        let bad = try #require(try await cloud.netlify.live())
        let site = "/api/v1/sites/\(StandardNames.production.netlifySite)"
        cloud.pass(.seconds(60))
        #expect(cloud.order(.netlify, "POST", "\(site)/deploys/\(old.id)/restore") == 201)
        #expect(cloud.order(.netlify, "POST", "/api/v1/deploys/\(old.id)/lock") == 200)
        #expect(try await cloud.netlify.live()?.id == old.id)
        #expect(try await cloud.netlify.live()?.isLocked == true)
        #expect(try await cloud.netlify.service().obstacles == [.locked(deploy: old.id)])
        #expect(try await cloud.netlify.deploy(bad.id).state != .live)
        cloud.push()
        cloud.pass(.seconds(600))
        let held = try #require(try await cloud.netlify.deploys(limit: 5).first)
        #expect(held.state == .held(reason: "built, and the site is locked to deploy \(old.id)"))
        #expect(held.liveAt == nil)
    }

    @Test func `a rollback at Render is a new deploy of an old commit`() async throws {
        let cloud = FakeCloud()
        let old = try #require(try await cloud.render.live())
        cloud.push()
        _ = try await course(of: try cloud.render, cloud)
        let bad = try #require(try await cloud.render.live())
        let service = "/v1/services/\(StandardNames.production.renderService)"
        #expect(
            cloud.order(.render, "POST", "\(service)/rollback", body: #"{"deployId":"\#(old.id)"}"#) == 201
        )
        _ = try await course(of: try cloud.render, cloud)
        let live = try #require(try await cloud.render.live())
        #expect(live.cause == .rollback && live.commit == old.commit && live.id != old.id)
        #expect(try await cloud.render.deploy(bad.id).state == .superseded)
        #expect(try await cloud.render.service().deploysByItself == true, "Render leaves it on")
    }

    @Test func `a push that touches no backend file makes no deploy at Render`() async throws {
        let cloud = FakeCloud()
        let before = try await cloud.render.deploys(limit: 1)
        cloud.push(files: ["src/App.tsx"])
        cloud.pass(.seconds(600))
        #expect(try await cloud.render.deploys(limit: 1) == before)
        #expect(try await cloud.render.service().buildPaths == ["backend/**"])
    }

    @Test func `variables are those of the service and of the site, and what is secret stays so`()
        async throws
    {
        let cloud = FakeCloud()
        let backend = try await cloud.render.variables()
        #expect(backend.contains { $0.name == "CORS_ORIGINS" && $0.value != nil })
        #expect(!backend.contains { $0.name == "REDIS_URL" }, "a group's variables are not in the list")
        let frontend = try await cloud.netlify.variables()
        #expect(frontend.contains(ProviderVariable("VITE_BACKEND_URL", value: Secret("https://pam.example"))))
        #expect(frontend.contains(ProviderVariable("SENTRY_AUTH_TOKEN", value: nil)))
    }
}
