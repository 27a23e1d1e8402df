package import LookoutModel

/// The five providers together, coupled as they are in the world.
///
/// A push reaches the hosting providers, and what they make live reaches the error tracker.
package struct DemoCloud: Sendable {
    /// Where an environment is at its providers.
    package struct Place: Hashable, Sendable {
        /// The branch that is deployed.
        package let branch: String
        package let netlifySite: String
        package let renderService: String
        package let supabaseProject: String
        package let frontendURL: String
        package let backendURL: String
    }

    package var netlify: FakeNetlify
    package var render: FakeRender
    package var github: FakeGitHub
    package var supabase: FakeSupabase
    package var sentry: FakeSentry
    package var statusPages = FakeStatusPages()
    /// By environment.
    package let places: [String: Place]
    /// How many releases of each side the error tracker has been told of.
    private var told: [String: Int] = [:]

    package init(
        netlify: FakeNetlify,
        render: FakeRender,
        github: FakeGitHub,
        supabase: FakeSupabase,
        sentry: FakeSentry,
        places: [String: Place]
    ) {
        self.netlify = netlify
        self.render = render
        self.github = github
        self.supabase = supabase
        self.sentry = sentry
        self.places = places
    }

    /// The answer of a provider, after everything that was due has happened.
    package mutating func reply(
        of provider: ProviderName,
        to request: DemoRequest,
        now: Timestamp
    ) -> DemoReply {
        advance(to: now)
        let reply =
            switch provider {
            case .netlify: netlify.reply(to: request, now: now)
            case .render: render.reply(to: request, now: now)
            case .github: github.reply(to: request, now: now)
            case .supabase: supabase.reply(to: request, now: now)
            case .sentry: sentry.reply(to: request, now: now)
            case .status: statusPages.reply(to: request, now: now)
            }
        // A request may have moved a branch or published something.
        advance(to: now)
        return reply
    }

    /// Lets everything happen that was due until now.
    package mutating func advance(to now: Timestamp) {
        for (push, time) in github.takePushes() {
            netlify.advance(to: time)
            render.advance(to: time)
            netlify.hear(push, at: time)
            render.hear(push, at: time)
        }
        netlify.advance(to: now)
        render.advance(to: now)
        for (environment, place) in places.sorted(by: { $0.key < $1.key }) {
            let frontend = netlify[site: place.netlifySite]?.releases ?? []
            tell(frontend, side: .frontend, environment)
            let backend = render[service: place.renderService]?.releases ?? []
            tell(backend, side: .backend, environment)
        }
    }

    private mutating func tell(_ releases: [DemoRelease], side: DemoSide, _ environment: String) {
        let key = "\(environment).\(side.rawValue)"
        for release in releases.dropFirst(told[key] ?? 0) {
            sentry.observe(release, side: side, environment: environment)
        }
        told[key] = releases.count
    }

    /// Adds commits and points a branch at the last of them, as `git push` does.
    package mutating func push(_ revisions: [DemoRevision], to branch: String, at now: Timestamp) {
        for revision in revisions { github.add(revision) }
        guard let last = revisions.last else { return }
        github.move(branch, to: last.id, at: now)
        advance(to: now)
    }

    /// What is broken at the providers, in the order of its text.
    package var faults: [ProviderFault] {
        let all: [(ProviderName, Set<ProviderFaultKind>)] = [
            (.netlify, netlify.faults), (.render, render.faults), (.github, github.faults),
            (.supabase, supabase.faults), (.sentry, sentry.faults), (.status, statusPages.faults),
        ]
        return all.flatMap { name, kinds in kinds.map { ProviderFault(name, $0) } }
            .sorted { $0.description < $1.description }
    }

    /// Breaks something at a provider.
    package mutating func inject(_ fault: ProviderFault) {
        change(fault.provider) { $0.insert(fault.kind) }
    }

    /// Mends a provider, or one fault of it.
    package mutating func mend(_ provider: ProviderName, _ kind: ProviderFaultKind? = nil) {
        change(provider) { faults in
            if let kind { faults.remove(kind) } else { faults = [] }
        }
    }

    private mutating func change(_ provider: ProviderName, _ body: (inout Set<ProviderFaultKind>) -> Void) {
        switch provider {
        case .netlify: body(&netlify.faults)
        case .render: body(&render.faults)
        case .github: body(&github.faults)
        case .supabase: body(&supabase.faults)
        case .sentry: body(&sentry.faults)
        case .status: body(&statusPages.faults)
        }
    }
}
