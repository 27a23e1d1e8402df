import LookoutDemo
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Testing

/// Every question of every client against every way in which a provider can fail.
@Suite struct ProviderFaultTests {
    private static let questions: [(ProviderName, String, @Sendable (FakeCloud) async throws -> Void)] = [
        (.netlify, "access", { _ = try await $0.netlify.access() }),
        (.netlify, "service", { _ = try await $0.netlify.service() }),
        (.netlify, "live", { _ = try await $0.netlify.live() }),
        (.netlify, "deploys", { _ = try await $0.netlify.deploys(limit: 20) }),
        (.netlify, "variables", { _ = try await $0.netlify.variables() }),
        (.render, "access", { _ = try await $0.render.access() }),
        (.render, "service", { _ = try await $0.render.service() }),
        (.render, "live", { _ = try await $0.render.live() }),
        (.render, "deploys", { _ = try await $0.render.deploys(limit: 20) }),
        (.render, "variables", { _ = try await $0.render.variables() }),
        (.render, "logs", { _ = try await $0.render.logLines(containing: "x", since: .epoch, limit: 5) }),
        (.supabase, "access", { _ = try await $0.supabase.access() }),
        (.supabase, "condition", { _ = try await $0.supabase.condition() }),
        (.supabase, "backups", { _ = try await $0.supabase.backups() }),
        (.sentry, "access", { _ = try await $0.sentry.access() }),
        (.sentry, "issues", { _ = try await $0.sentry.issues(since: $0.timekeeper.now.wall - .seconds(60)) }),
        (.sentry, "release", { _ = try await $0.sentry.release() }),
    ]

    /// What a fault may be told as; nothing for one that leaves the answers what they are.
    private static func codes(_ kind: ProviderFaultKind) -> Set<String> {
        switch kind {
        case .unauthorized: ["unauthorized"]
        case .forbidden: ["forbidden"]
        case .notFound: ["not_found"]
        case .rateLimited, .retryAfterSeconds, .retryAfterDate, .resetTime, .resetSeconds, .sentryReset,
            .primaryLimit, .secondaryLimit:
            ["rate_limited"]
        case .down, .serverError, .badGateway, .unavailable, .slow, .hanging, .cut: ["unreachable"]
        case .otherShape, .notJSON, .deep, .huge: ["unexpected"]
        case .hostileText: []
        }
    }

    @Test(arguments: ProviderFaultKind.allCases)
    func `a provider that fails is told as what it is, in safe words`(kind: ProviderFaultKind) async throws {
        let world = Simulation()
        let cloud = FakeCloud(timekeeper: world.timekeeper)
        for (provider, name, question) in Self.questions {
            cloud.change { cloud, _ in cloud.inject(ProviderFault(provider, kind)) }
            let failure = await problem { try await world.run { try await question(cloud) } }
            cloud.change { cloud, _ in cloud.mend(provider) }
            let place = "\(provider) \(name) \(kind)"
            if Self.codes(kind).isEmpty {
                #expect(
                    failure == nil || failure?.code == "unexpected",
                    "\(place): \(String(describing: failure))"
                )
            } else {
                #expect(
                    failure.map { Self.codes(kind).contains($0.code) } == true,
                    "\(place): \(String(describing: failure))"
                )
            }
            if let message = failure?.message {
                #expect(message == PlainText.line(message) && message.utf8.count < 500, "\(place)")
                #expect(!message.contains("demo-\(provider)-token"), "\(place)")
            }
        }
    }

    @Test func `what stood against it is gone when the provider is well again`() async throws {
        let cloud = FakeCloud()
        cloud.change { cloud, _ in cloud.inject(ProviderFault(.netlify, .forbidden)) }
        #expect(await problem { try await cloud.netlify.live() }?.code == "forbidden")
        cloud.change { cloud, _ in cloud.mend(.netlify) }
        #expect(try await cloud.netlify.live() != nil)
    }
}
