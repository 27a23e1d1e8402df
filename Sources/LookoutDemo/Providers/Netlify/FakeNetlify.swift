package import LookoutModel

/// Netlify's API for a handful of sites (`/api/v1/…`).
package struct FakeNetlify: RoutedProvider {
    package static let name = ProviderName.netlify
    static let unauthorizedWords = "Access Denied"
    static let forbiddenWords = "Forbidden"

    package var account: FakeAccount
    package var budget = RequestBudget(limit: 500, window: .seconds(60))
    package var faults: Set<ProviderFaultKind> = []
    package var sites: [NetlifySiteState]

    package init(account: FakeAccount, sites: [NetlifySiteState]) {
        self.account = account
        self.sites = sites
    }

    package mutating func advance(to now: Timestamp) {
        for index in sites.indices { sites[index].advance(to: now) }
    }

    /// Hears of a push to the repository.
    mutating func hear(_ push: DemoPush, at now: Timestamp) {
        for index in sites.indices { sites[index].hear(push, at: now) }
    }

    package subscript(site id: String) -> NetlifySiteState? {
        sites.first { $0.id == id || $0.name == id }
    }

    static let routes: [ProviderRoute<FakeNetlify>] =
        [
            ProviderRoute("GET", "api/v1/user") { netlify, _ in .json(200, netlify.user) },
            ProviderRoute("GET", "api/v1/sites") { netlify, call in
                .page(netlify.sites.map(\.document), of: call, standardSize: 100)
            },
            ProviderRoute("GET", "api/v1/sites/:site") { netlify, call throws(ProviderRefusal) in
                .json(200, netlify.sites[try netlify.site(call.captures[0])].document)
            },
            ProviderRoute("GET", "api/v1/sites/:site/deploys") { netlify, call throws(ProviderRefusal) in
                try netlify.deploys(call)
            },
            ProviderRoute("GET", "api/v1/sites/:site/deploys/:deploy") {
                netlify,
                call throws(ProviderRefusal) in
                let site = try netlify.site(call.captures[0])
                return .json(200, try netlify.deploy(call.captures[1], in: site))
            },
            ProviderRoute("GET", "api/v1/deploys/:deploy") { netlify, call throws(ProviderRefusal) in
                .json(200, try netlify.deploy(call.captures[0], in: try netlify.home(of: call.captures[0])))
            },
            ProviderRoute("POST", "api/v1/sites/:site/deploys/:deploy/restore") {
                netlify,
                call throws(ProviderRefusal) in
                try netlify.restore(call)
            },
            ProviderRoute("PUT", "api/v1/sites/:site/rollback") { netlify, call throws(ProviderRefusal) in
                try netlify.rollBack(call)
            },
            ProviderRoute("POST", "api/v1/deploys/:deploy/lock") { netlify, call throws(ProviderRefusal) in
                try netlify.setLocked(true, call)
            },
            ProviderRoute("POST", "api/v1/deploys/:deploy/unlock") { netlify, call throws(ProviderRefusal) in
                try netlify.setLocked(false, call)
            },
            ProviderRoute("POST", "api/v1/deploys/:deploy/cancel") { netlify, call throws(ProviderRefusal) in
                try netlify.cancel(call)
            },
            ProviderRoute("GET", "api/v1/sites/:site/builds") { netlify, call throws(ProviderRefusal) in
                let site = netlify.sites[try netlify.site(call.captures[0])]
                return .page(site.deploys.reversed().map(\.buildDocument), of: call, standardSize: 100)
            },
            ProviderRoute("POST", "api/v1/sites/:site/builds") { netlify, call throws(ProviderRefusal) in
                try netlify.build(call)
            },
        ] + variableRoutes

    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply {
        .json(refusal.status, ["code": JSONValue(refusal.status), "message": .string(refusal.message)])
    }

    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        [
            ("x-ratelimit-limit", String(budget.limit)), ("x-ratelimit-remaining", String(budget.remaining)),
            ("x-ratelimit-reset", String(budget.reset(at: now).microseconds / 1_000_000)),
        ]
    }

    /// Netlify sends no `Retry-After`.
    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)] { budgetHeaders(at: now) }
}
