import LookoutModel

extension FakeNetlify {
    func site(_ id: String) throws(ProviderRefusal) -> Int {
        guard let index = sites.firstIndex(where: { $0.id == id || $0.name == id }) else { throw .notFound() }
        return index
    }

    /// The site that a deploy belongs to.
    func home(of deploy: String) throws(ProviderRefusal) -> Int {
        guard let index = sites.firstIndex(where: { $0.deploy(deploy) != nil }) else { throw .notFound() }
        return index
    }

    func deploy(_ id: String, in site: Int) throws(ProviderRefusal) -> JSONValue {
        guard let deploy = sites[site].deploy(id) else { throw .notFound() }
        return deploy.document(in: sites[site])
    }

    func deploys(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = sites[try site(call.captures[0])]
        var deploys = Array(site.deploys.reversed())
        if let branch = call.item("branch") { deploys.removeAll { $0.branch != branch } }
        if let state = call.item("state") { deploys.removeAll { $0.state.rawValue != state } }
        if call.item("production") == "true" { deploys.removeAll { $0.context != "production" } }
        if call.item("deploy-previews") == "true" { deploys.removeAll { $0.context != "deploy-preview" } }
        if call.item("latest-published") == "true" { deploys.removeAll { $0.id != site.published } }
        return .page(deploys.map { $0.document(in: site) }, of: call, standardSize: 100)
    }

    mutating func restore(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try site(call.captures[0])
        guard let deploy = sites[site].deploy(call.captures[1]) else { throw .notFound() }
        guard deploy.state == .ready || deploy.state == .old else {
            throw ProviderRefusal(422, "Deploy \(deploy.id) is not ready")
        }
        sites[site].publish(deploy.id, at: call.now)
        return .json(201, try self.deploy(deploy.id, in: site))
    }

    /// One step back in what was published; the answer has no body.
    mutating func rollBack(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try site(call.captures[0])
        let current = sites[site].release
        let earlier = sites[site].releases.last { $0.deploy != current?.deploy }
        guard let earlier else { throw ProviderRefusal(422, "There is no earlier deploy to roll back to") }
        sites[site].publish(earlier.deploy, at: call.now)
        return DemoReply(204)
    }

    mutating func setLocked(_ isLocked: Bool, _ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try home(of: call.captures[0])
        guard sites[site].published == call.captures[0] else {
            throw ProviderRefusal(422, "Only the published deploy can be locked or unlocked")
        }
        sites[site].setLocked(isLocked)
        return .json(200, try deploy(call.captures[0], in: site))
    }

    mutating func cancel(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try home(of: call.captures[0])
        guard sites[site].cancel(call.captures[0], at: call.now) else {
            throw ProviderRefusal(422, "Deploy is not in progress")
        }
        return .json(201, try deploy(call.captures[0], in: site))
    }

    /// Builds the branch's newest known commit again.
    mutating func build(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try site(call.captures[0])
        let newest = sites[site].deploys.last { $0.branch == sites[site].branch }
        guard let newest, !sites[site].buildsAreStopped else {
            throw ProviderRefusal(422, "Builds are stopped for this site")
        }
        sites[site].begin(newest.revision, branch: newest.branch, context: newest.context, at: call.now)
        return .json(200, sites[site].deploys.last?.buildDocument ?? .null)
    }
}
