import LookoutDemo
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Testing

/// The clients of Supabase, Sentry and the status pages against their fakes.
@Suite struct DatabaseAndErrorsTests {
    @Test func `a database that is well, down behind its login, paused`() async throws {
        let cloud = FakeCloud()
        #expect(try await cloud.supabase.condition().isHealthy)
        cloud.change { cloud, _ in
            for index in cloud.supabase.projects.indices {
                cloud.supabase.projects[index].unhealthy["db"] = "refused"
            }
        }
        let condition = try await cloud.supabase.condition()
        #expect(!condition.isHealthy && !condition.isPaused)
        #expect(condition.unhealthyServices.contains { $0.hasPrefix("db: UNHEALTHY") })
        cloud.change { cloud, _ in
            for index in cloud.supabase.projects.indices {
                cloud.supabase.projects[index].status = "INACTIVE"
            }
        }
        #expect(try await cloud.supabase.condition().isPaused)
    }

    @Test func `backups come newest first, and migrations are for partners`() async throws {
        let cloud = FakeCloud()
        let backups = try await cloud.supabase.backups()
        #expect(backups.count >= 7 && backups.allSatisfy(\.isComplete))
        #expect(backups.map(\.at) == backups.map(\.at).sorted(by: >))
        #expect(await problem { try await cloud.supabase.migrations() }?.code == "forbidden")
    }

    @Test func `an error that came with a deployment is new, and an old one is not`() async throws {
        let cloud = FakeCloud()
        let before = cloud.timekeeper.now.wall
        cloud.push(flaws: [.error(.frontend, title: "TypeError: Failed to fetch")])
        cloud.pass(.seconds(1200))
        _ = try await cloud.netlify.live()
        cloud.pass(.seconds(300))
        let issues = try await cloud.sentry.issues(since: before)
        #expect(issues.map(\.title) == ["TypeError: Failed to fetch"])
        #expect(issues.map(\.novelty) == [.new])
        #expect(issues.allSatisfy { $0.count > 0 && $0.firstSeen >= before })
        #expect(try await cloud.sentry.issues(since: cloud.timekeeper.now.wall - .seconds(60)) == [])
    }

    @Test func `the status page of a provider with an incident says so`() async throws {
        let cloud = FakeCloud()
        cloud.change { cloud, _ in
            cloud.statusPages.incidents[.render] = .init(
                indicator: "major",
                description: "Deploys are delayed"
            )
        }
        let pages = ProviderStatusPages(
            ["render": "https://status.example/render", "github": "https://status.example/github"],
            over: cloud,
            by: cloud.timekeeper
        )
        let incidents = await pages.incidents()
        #expect(
            incidents["render"]?.value
                == ProviderIncident(provider: "render", impact: .major, description: "Deploys are delayed")
        )
        #expect(incidents["github"]?.value?.impact == ProviderIncident.Impact.none)
    }
}
