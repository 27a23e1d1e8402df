package import LookoutModel

/// Sentry's API for one organization (`/api/0/…`).
package struct FakeSentry: RoutedProvider {
    package static let name = ProviderName.sentry
    static let unauthorizedWords = "Invalid token"
    static let forbiddenWords = "You do not have permission to perform this action."

    package var account: FakeAccount
    package var budget = RequestBudget(limit: 40, window: .seconds(1))
    package var faults: Set<ProviderFaultKind> = []
    package let organization: String
    /// The slugs of its projects, by the side that reports to them.
    package var projects: [DemoSide: String] = [.frontend: "web", .backend: "backend"]
    package var issues: [SentryIssue] = []
    package var releases: [SentryRelease] = []
    /// The release that programs report whatever they are; nil if it follows the commit.
    ///
    /// With a constant release, "first seen in this release" says nothing.
    package var constantRelease: String?
    private var nextNumber = 5400

    package init(account: FakeAccount, organization: String) {
        self.account = account
        self.organization = organization
    }

    package mutating func advance(to now: Timestamp) {}

    /// A release went live on a side of an environment: what it reports begins, what the old one reported ends.
    package mutating func observe(_ release: DemoRelease, side: DemoSide, environment: String) {
        let project = projects[side] ?? side.rawValue
        let version = constantRelease ?? "\(project)@\(release.revision.id.prefix(7))"
        if !releases.contains(where: { $0.version == version && $0.project == project }) {
            releases.append(SentryRelease(version: version, project: project, at: release.since))
        }
        let titles = release.revision.flaws.compactMap { flaw in
            if case .error(side, let title) = flaw { title } else { nil }
        }
        for index in issues.indices where issues[index].isReported(by: project, environment) {
            let isStill = titles.contains(issues[index].title)
            issues[index].change(isStill ? .goesOn : .ends, at: release.since)
        }
        for title in titles.sorted() { begin(title, project, environment, version, at: release.since) }
    }

    private mutating func begin(
        _ title: String,
        _ project: String,
        _ environment: String,
        _ version: String,
        at time: Timestamp
    ) {
        // The first visitor who meets it comes a little later.
        let stretch = SentryIssue.Stretch(from: time + .seconds(20), perMinute: 4)
        let index = issues.firstIndex { $0.title == title && $0.isReported(by: project, environment) }
        if let index {
            if issues[index].stretches.last.map({ $0.until != nil }) ?? true {
                issues[index].stretches.append(stretch)
            }
            return
        }
        nextNumber += 1
        issues.append(
            SentryIssue(
                id: String(nextNumber),
                shortID: "WINS-\(String(nextNumber, radix: 36, uppercase: true))",
                title: title,
                project: project,
                environment: environment,
                firstRelease: version,
                stretches: [stretch]
            )
        )
    }

    static let routes: [ProviderRoute<FakeSentry>] = [
        ProviderRoute("GET", "api/0/organizations/:org") { sentry, call throws(ProviderRefusal) in
            try sentry.check(call, scope: "org:read")
            return .json(200, ["id": "1", "slug": .string(sentry.organization), "name": "Wheels and Wins"])
        },
        ProviderRoute("GET", "api/0/organizations/:org/issues") { sentry, call throws(ProviderRefusal) in
            try sentry.issueList(call)
        },
        ProviderRoute("GET", "api/0/organizations/:org/issues/:issue") {
            sentry,
            call throws(ProviderRefusal) in
            try sentry.issue(call)
        },
        ProviderRoute("GET", "api/0/projects/:org/:project/issues") { sentry, call throws(ProviderRefusal) in
            try sentry.issueList(call, project: call.captures[1])
        },
        ProviderRoute("GET", "api/0/organizations/:org/releases") { sentry, call throws(ProviderRefusal) in
            try sentry.releaseList(call)
        },
        ProviderRoute("GET", "api/0/organizations/:org/releases/:version") {
            sentry,
            call throws(ProviderRefusal) in
            let releases = sentry.releases[try sentry.release(call)]
            return .json(200, sentry.document(of: releases, at: call.now))
        },
        ProviderRoute("GET", "api/0/organizations/:org/releases/:version/deploys") {
            sentry,
            call throws(ProviderRefusal) in
            let release = sentry.releases[try sentry.release(call)]
            return .json(200, .array(release.deploys.reversed().map(\.document)))
        },
        ProviderRoute("POST", "api/0/organizations/:org/releases/:version/deploys") {
            sentry,
            call throws(ProviderRefusal) in
            try sentry.recordDeploy(call)
        },
    ]

    mutating func makeNumber() -> Int {
        nextNumber += 1
        return nextNumber
    }

    /// Throws if a call is about another organization or its token lacks a scope.
    func check(_ call: ProviderCall, scope: String) throws(ProviderRefusal) {
        guard call.captures[0] == organization else {
            throw .notFound("The requested resource does not exist")
        }
        let grant = try account.grant(of: call, words: Self.unauthorizedWords)
        guard grant.scopes.isEmpty || grant.scopes.contains(scope) else {
            throw ProviderRefusal(403, Self.forbiddenWords)
        }
    }

    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply {
        .json(refusal.status, ["detail": .string(refusal.message)])
    }

    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        let reset = (budget.reset(at: now).microseconds + 999_999) / 1_000_000
        return [
            ("x-sentry-rate-limit-limit", String(budget.limit)),
            ("x-sentry-rate-limit-remaining", String(budget.remaining)),
            ("x-sentry-rate-limit-reset", String(reset)), ("x-sentry-rate-limit-concurrentlimit", "25"),
            ("x-sentry-rate-limit-concurrentremaining", "24"),
        ]
    }

    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)] { budgetHeaders(at: now) }
}

extension SentryIssue {
    enum Change { case goesOn, ends }

    func isReported(by project: String, _ environment: String) -> Bool {
        self.project == project && self.environment == environment
    }

    /// Ends the stretch that is open, unless it goes on.
    mutating func change(_ change: Change, at time: Timestamp) {
        guard change == .ends, let last = stretches.indices.last, stretches[last].until == nil else { return }
        stretches[last].until = max(time, stretches[last].from)
    }
}
