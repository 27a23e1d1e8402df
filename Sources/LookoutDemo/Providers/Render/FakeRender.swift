package import LookoutModel

/// Render's API for a handful of web services (`/v1/…`).
package struct FakeRender: RoutedProvider {
    package static let name = ProviderName.render
    static let unauthorizedWords = "Unauthorized"
    static let forbiddenWords = "You do not have permission to access this resource"

    package var account: FakeAccount
    package var budget = RequestBudget(limit: 400, window: .seconds(60))
    package var faults: Set<ProviderFaultKind> = []
    package var services: [RenderServiceState]
    /// The commit that a branch points at, for deploys that nobody pushed.
    var heads: [String: DemoRevision] = [:]

    package init(account: FakeAccount, services: [RenderServiceState]) {
        self.account = account
        self.services = services
    }

    package mutating func advance(to now: Timestamp) {
        for index in services.indices { services[index].advance(to: now) }
    }

    /// Hears of a push to the repository.
    mutating func hear(_ push: DemoPush, at now: Timestamp) {
        heads[push.branch] = push.revision
        for index in services.indices { services[index].hear(push, at: now) }
    }

    package subscript(service id: String) -> RenderServiceState? {
        services.first { $0.id == id || $0.name == id }
    }

    static let routes: [ProviderRoute<FakeRender>] =
        [
            ProviderRoute("GET", "v1/owners") { render, call in
                .cursorPage(
                    render.owners.map { ($0, ["id": .string($0), "name": "Wheels and Wins"]) },
                    of: call,
                    key: "owner"
                )
            },
            ProviderRoute("GET", "v1/services") { render, call in
                let found = render.services.filter { $0.isWanted(by: call) }
                return .cursorPage(found.map { ("c-" + $0.id, $0.document) }, of: call, key: "service")
            },
            ProviderRoute("GET", "v1/services/:service") { render, call throws(ProviderRefusal) in
                .json(200, render.services[try render.service(call.captures[0])].document)
            },
            ProviderRoute("PATCH", "v1/services/:service") { render, call throws(ProviderRefusal) in
                try render.change(call)
            },
            ProviderRoute("GET", "v1/services/:service/deploys") { render, call throws(ProviderRefusal) in
                try render.deploys(call)
            },
            ProviderRoute("POST", "v1/services/:service/deploys") { render, call throws(ProviderRefusal) in
                try render.trigger(call)
            },
            ProviderRoute("GET", "v1/services/:service/deploys/:deploy") {
                render,
                call throws(ProviderRefusal) in
                let (service, deploy) = try render.deploy(call)
                return .json(200, render.services[service].deploys[deploy].document)
            },
            ProviderRoute("POST", "v1/services/:service/deploys/:deploy/cancel") {
                render,
                call throws(ProviderRefusal) in
                try render.cancel(call)
            },
            ProviderRoute("POST", "v1/services/:service/rollback") { render, call throws(ProviderRefusal) in
                try render.rollBack(call)
            },
            ProviderRoute("POST", "v1/services/:service/suspend") { render, call throws(ProviderRefusal) in
                try render.setSuspended(true, call)
            },
            ProviderRoute("POST", "v1/services/:service/resume") { render, call throws(ProviderRefusal) in
                try render.setSuspended(false, call)
            },
            ProviderRoute("GET", "v1/services/:service/events") { render, call throws(ProviderRefusal) in
                try render.events(call)
            },
            ProviderRoute("GET", "v1/logs") { render, call throws(ProviderRefusal) in try render.logs(call) },
        ] + variableRoutes

    private var owners: [String] { Set(services.map(\.owner)).sorted() }

    func service(_ id: String) throws(ProviderRefusal) -> Int {
        guard let index = services.firstIndex(where: { $0.id == id }) else {
            throw .notFound("service not found: \(id)")
        }
        return index
    }

    func deploy(_ call: ProviderCall) throws(ProviderRefusal) -> (service: Int, deploy: Int) {
        let service = try service(call.captures[0])
        guard let deploy = services[service].index(of: call.captures[1]) else {
            throw .notFound("deploy not found: \(call.captures[1])")
        }
        return (service, deploy)
    }

    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply {
        var identifiers = Identifiers(seed: call.path)
        return .json(
            refusal.status,
            ["id": .string("req-" + identifiers.letters(20)), "message": .string(refusal.message)]
        )
    }

    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        [
            ("ratelimit-limit", String(budget.limit)), ("ratelimit-remaining", String(budget.remaining)),
            ("ratelimit-reset", String(wait(at: now))),
        ]
    }

    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        budgetHeaders(at: now) + [("retry-after", String(wait(at: now)))]
    }

    /// Whole seconds until the next window, rounded up.
    private func wait(at now: Timestamp) -> Int64 {
        ((budget.reset(at: now) - now).microseconds + 999_999) / 1_000_000
    }
}
