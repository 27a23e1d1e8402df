import LookoutModel
import Testing

@testable import LookoutDemo

/// The standard cloud at a time of its own, with shorthands for requests.
struct CloudFixture {
    static let start = Timestamp(seconds: 1_755_694_148)

    var cloud: DemoCloud
    var now = Self.start
    let production = StandardNames.production
    private var nextCommit = 0

    init() {
        let addresses = [
            "production": DemoAddresses(frontend: "https://wins.example", backend: "https://pam.example"),
            "staging": DemoAddresses(
                frontend: "https://staging.example",
                backend: "https://pam-staging.example"
            ),
        ]
        cloud = StandardCloud(start: Self.start, addresses: addresses).cloud
    }

    mutating func pass(_ seconds: Int) {
        now = now + .seconds(seconds)
        cloud.advance(to: now)
    }

    /// Asks a provider with its own token.
    mutating func ask(
        _ provider: ProviderName,
        _ method: String,
        _ target: String,
        _ body: JSONValue? = nil,
        token: String? = nil
    ) -> DemoReply {
        let own =
            switch provider {
            case .netlify: DemoTokens.netlify
            case .render: DemoTokens.render
            case .github: DemoTokens.github
            case .supabase: DemoTokens.supabase
            case .sentry: DemoTokens.sentry
            case .status: ""
            }
        let request = DemoRequest(
            method: method,
            target: target,
            headers: [("Authorization", "Bearer \(token ?? own)"), ("Host", "api.example")],
            body: body.map { Array($0.jsonText.utf8) } ?? []
        )
        return cloud.reply(of: provider, to: request, now: now)
    }

    /// Asks and reads the answer as JSON.
    mutating func json(
        _ provider: ProviderName,
        _ method: String,
        _ target: String,
        _ body: JSONValue? = nil,
        status: Int = 200
    ) throws -> JSONValue {
        let reply = ask(provider, method, target, body)
        try #require(reply.status == status, "\(method) \(target): \(reply.status) \(reply.body)")
        return reply.body.isEmpty ? .null : try JSONValue(parsing: Array(reply.body.utf8))
    }

    /// Pushes a new commit on top of a branch, and gives it back.
    @discardableResult
    mutating func push(
        _ branch: String = "main",
        message: String = "feat: something new",
        files: [String] = ["src/App.tsx", "backend/app/main.py"],
        version: String = "2.1.0",
        flaws: Set<DemoFlaw> = []
    ) throws -> DemoRevision {
        nextCommit += 1
        let parent = try #require(cloud.github.history.branches[branch])
        let revision = DemoRevision(
            parents: [parent],
            message: message,
            author: "Author \(nextCommit)",
            at: now,
            files: files,
            version: version,
            flaws: flaws
        )
        cloud.push([revision], to: branch, at: now)
        return revision
    }

    var site: NetlifySiteState {
        get throws { try #require(cloud.netlify[site: production.netlifySite]) }
    }

    var service: RenderServiceState {
        get throws { try #require(cloud.render[service: production.renderService]) }
    }
}

extension DemoReply {
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
