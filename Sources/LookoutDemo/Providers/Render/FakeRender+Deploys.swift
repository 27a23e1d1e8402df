import LookoutModel

extension FakeRender {
    func deploys(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        var deploys = Array(services[try service(call.captures[0])].deploys.reversed())
        let statuses = call.items("status")
        if !statuses.isEmpty { deploys.removeAll { !statuses.contains($0.status.rawValue) } }
        deploys.removeAll {
            !call.isWithin("created", $0.createdAt) || !call.isWithin("updated", $0.updatedAt)
        }
        deploys.removeAll { deploy in
            deploy.finishedAt.map { !call.isWithin("finished", $0) } ?? call.asks("finished")
        }
        return .cursorPage(deploys.map { ("c-" + $0.id, $0.document) }, of: call, key: "deploy")
    }

    /// Deploys the newest commit, or the one that is named; with an empty answer where it has to wait.
    mutating func trigger(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let index = try service(call.captures[0])
        let service = services[index]
        guard !service.isSuspended else { throw ProviderRefusal(409, "service is suspended") }
        let revision: DemoRevision?
        if let commit = call.body?["commitId"]?.string {
            let known = service.deploys.map(\.revision) + heads.values
            revision = known.first { $0.id.hasPrefix(commit) && !commit.isEmpty }
        } else if call.body?["deployMode"]?.string == "deploy_only" {
            revision = service.release?.revision
        } else {
            revision = heads[service.branch] ?? service.deploys.last?.revision
        }
        guard let revision else { throw ProviderRefusal(400, "commit not found") }
        let isBusy = service.deploys.contains { $0.status.isRunning }
        let builds = call.body?["deployMode"]?.string != "deploy_only"
        let deploy = services[index].begin(revision, trigger: "api", at: call.now, builds: builds)
        return isBusy ? DemoReply(202) : .json(201, deploy.document)
    }

    /// Starts an earlier build again, as a new deploy; deploys by themselves go on.
    mutating func rollBack(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let index = try service(call.captures[0])
        guard let id = call.body?["deployId"]?.string else {
            throw ProviderRefusal(400, "deployId is required")
        }
        guard let target = services[index].deploys.first(where: { $0.id == id }) else {
            throw .notFound("deploy not found: \(id)")
        }
        guard target.wasLive else { throw ProviderRefusal(400, "deploy \(id) was never live") }
        guard target.hasArtifact else {
            throw ProviderRefusal(400, "the build artifact of deploy \(id) is no longer available")
        }
        let deploy = services[index].begin(target.revision, trigger: "rollback", at: call.now, builds: false)
        return .json(201, deploy.document)
    }

    mutating func cancel(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let (service, deploy) = try deploy(call)
        guard services[service].cancel(deploy, at: call.now) else {
            throw ProviderRefusal(400, "deploy is not in progress")
        }
        return .json(200, services[service].deploys[deploy].document)
    }

    /// Changes a service; `autoDeploy` and `autoDeployTrigger` are two words for one setting.
    mutating func change(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let index = try service(call.captures[0])
        let body = call.body?.members ?? [:]
        switch body["autoDeploy"]?.string {
        case "yes": services[index].autoDeploys = true
        case "no": services[index].autoDeploys = false
        case nil: break
        case let word?: throw ProviderRefusal(400, "autoDeploy: \(word) is not one of yes, no")
        }
        if let trigger = body["autoDeployTrigger"]?.string {
            guard ["commit", "checksPass", "off"].contains(trigger) else {
                throw ProviderRefusal(
                    400,
                    "autoDeployTrigger: \(trigger) is not one of commit, checksPass, off"
                )
            }
            services[index].autoDeploys = trigger != "off"
        }
        if let branch = body["branch"]?.string { services[index].branch = branch }
        if let folder = body["rootDir"]?.string { services[index].rootFolder = folder }
        return .json(200, services[index].document)
    }

    /// A service that is resumed is deployed again.
    mutating func setSuspended(_ isSuspended: Bool, _ call: ProviderCall) throws(ProviderRefusal) -> DemoReply
    {
        let index = try service(call.captures[0])
        if isSuspended {
            services[index].suspenders = ["user"]
            services[index].note("service_suspended", [:], at: call.now)
        } else if services[index].isSuspended {
            services[index].suspenders = []
            services[index].note("service_resumed", [:], at: call.now)
            if let revision = services[index].release?.revision {
                services[index].begin(revision, trigger: "service_resumed", at: call.now, builds: false)
            }
        }
        return DemoReply(202)
    }
}

extension ProviderCall {
    /// Whether a time lies between `<name>After` and `<name>Before`.
    func isWithin(_ name: String, _ time: Timestamp) -> Bool {
        if let after = item(name + "After").flatMap(Timestamp.init(rfc3339:)), time <= after { return false }
        if let before = item(name + "Before").flatMap(Timestamp.init(rfc3339:)), time >= before {
            return false
        }
        return true
    }

    func asks(_ name: String) -> Bool { item(name + "After") != nil || item(name + "Before") != nil }
}
