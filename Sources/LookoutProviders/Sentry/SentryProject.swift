package import LookoutDeployments
package import LookoutModel

extension ProviderAccount {
    /// Sentry in the name of whose token it is; the base names the region, or one's own server.
    package static func sentry(
        token: Secret?,
        tokenName: String = "SENTRY_TOKEN",
        base: String = "https://sentry.io"
    ) -> ProviderAccount {
        ProviderAccount(name: "Sentry", base: versioned(base, "/api/0"), token: token, tokenName: tokenName)
    }
}

/// Projects of an organization at Sentry, in one environment.
package struct SentryProject: ErrorTracker {
    private let transport: ProviderTransport
    private let organization: String
    /// Numbers or slugs of projects; empty for all that the token may see.
    private let projects: [String]
    /// Sentry's name of the environment; nil for all.
    private let environment: String?

    /// How many issues that came back are asked for the time at which they did.
    private static let maximumHistories = 20
    /// How many issues of a kind are read.
    private static let maximumIssues = 500

    package init(
        organization: String,
        projects: [String],
        environment: String?,
        through transport: ProviderTransport
    ) {
        self.organization = organization
        self.projects = projects
        self.environment = environment
        self.transport = transport
    }

    package var name: String { "sentry" }

    /// Asks for one issue, which needs the scope `event:read`.
    package func access() async throws(ProviderFailure) -> ProviderAccess {
        let request = organizationRequest("the issues", "issues", scope + [.init("limit", "1")])
        _ = try await transport.read(request).objects()
        return ProviderAccess(identity: organization)
    }

    /// What is new by the time at which it was first seen, since a release's name may never change.
    ///
    /// What came back is judged by its history; where that cannot be read, Sentry's word counts.
    package func issues(since time: Timestamp) async throws(ProviderFailure) -> [TrackedIssue] {
        let now = transport.now.wall
        guard time < now else { return [] }
        var found: [String: TrackedIssue] = [:]
        for answer in try await search("firstSeen:>=\(time.rfc3339)", sort: "new", from: time, to: now) {
            let issue = try TrackedIssue(sentry: answer, novelty: .new)
            if issue.firstSeen >= time { found[issue.id] = issue }
        }
        var histories = 0
        for kind in SentryReturn.all {
            for answer in try await search("is:\(kind.word)", sort: "date", from: time, to: now) {
                let issue = try TrackedIssue(sentry: answer, novelty: kind.novelty)
                guard found[issue.id] == nil, issue.lastSeen >= time else { continue }
                histories += 1
                let isAsked = histories <= Self.maximumHistories
                if isAsked, let moment = await moment(of: kind, issue.id), moment < time { continue }
                found[issue.id] = issue
            }
        }
        return found.values.sorted { ($0.firstSeen, $0.id) > ($1.firstSeen, $1.id) }
    }

    /// Sentry lists releases newest first.
    package func release() async throws(ProviderFailure) -> String? {
        let request = organizationRequest("the releases", "releases", scope + [.init("per_page", "1")])
        guard let newest = try await transport.read(request).objects().first else { return nil }
        return try newest.required(try newest.words("version", atMost: 250), "version")
    }

    private var scope: [ProviderRequest.Parameter] {
        projects.map { .init("project", $0) } + (environment.map { [.init("environment", $0)] } ?? [])
    }

    private func search(
        _ query: String,
        sort: String,
        from start: Timestamp,
        to end: Timestamp
    ) async throws(ProviderFailure) -> [AnswerObject] {
        let period: [ProviderRequest.Parameter] = [
            .init("query", query), .init("sort", sort), .init("start", start.rfc3339),
            .init("end", end.rfc3339), .init("limit", "100"),
        ]
        let request = organizationRequest("the issues", "issues", scope + period)
        return try await transport.objects(request, .links, atMost: Self.maximumIssues)
    }

    /// When an issue last came back by its history; nil where it does not say.
    private func moment(of kind: SentryReturn, _ id: String) async -> Timestamp? {
        let request = ProviderRequest(
            "the history of an issue",
            path: ["organizations", organization, "issues", id],
            endsInSlash: true
        )
        guard let issue = try? await transport.read(request).object(),
            let entries = try? issue.objects("activity")
        else { return nil }
        return entries.compactMap { entry in
            guard (try? entry.text("type")) == kind.activity else { return nil }
            return try? entry.time("dateCreated")
        }.max()
    }

    private func organizationRequest(
        _ subject: String,
        _ list: String,
        _ query: [ProviderRequest.Parameter]
    ) -> ProviderRequest {
        ProviderRequest(
            subject,
            path: ["organizations", organization, list],
            endsInSlash: true,
            query: query
        )
    }
}
