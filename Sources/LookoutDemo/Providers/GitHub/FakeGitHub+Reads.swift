import LookoutModel

extension FakeGitHub {
    static let readRoutes: [ProviderRoute<FakeGitHub>] = [
        ProviderRoute("GET", "user") { github, _ in .json(200, github.user("lookout-bot")) },
        ProviderRoute("GET", "rate_limit") { github, call in .json(200, github.rateLimit(at: call.now)) },
        ProviderRoute("GET", "repos/:owner/:repo") { github, call throws(ProviderRefusal) in
            try github.check(call)
            return .json(200, github.repositoryDocument)
        },
        ProviderRoute("GET", "repos/:owner/:repo/branches") { github, call throws(ProviderRefusal) in
            try github.branches(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/branches/:branch/protection") {
            github,
            call throws(ProviderRefusal) in
            try github.check(call)
            guard let protection = github.protections[call.captures[2]] else {
                throw .notFound("Branch not protected")
            }
            return .json(200, github.document(of: protection))
        },
        ProviderRoute("GET", "repos/:owner/:repo/branches/*branch") { github, call throws(ProviderRefusal) in
            try github.branch(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/git/matching-refs/*ref") {
            github,
            call throws(ProviderRefusal) in
            try github.matchingReferences(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/git/ref/*ref") { github, call throws(ProviderRefusal) in
            try github.reference(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/compare/*range") { github, call throws(ProviderRefusal) in
            try github.compare(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/commits/:ref") { github, call throws(ProviderRefusal) in
            try github.check(call)
            return .json(200, github.document(of: try github.revision(call.captures[2])))
        },
        ProviderRoute("GET", "repos/:owner/:repo/commits/:ref/status") {
            github,
            call throws(ProviderRefusal) in
            try github.combinedStatus(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/commits/:ref/check-runs") {
            github,
            call throws(ProviderRefusal) in
            try github.checkRuns(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/commits/:ref/pulls") {
            github,
            call throws(ProviderRefusal) in
            try github.check(call)
            let id = try github.revision(call.captures[2]).id
            let found = github.pulls.filter { $0.commits.contains(id) }
            return .page(found.map(github.document), of: call, standardSize: 30)
        },
        ProviderRoute("GET", "repos/:owner/:repo/pulls/:number") { github, call throws(ProviderRefusal) in
            .json(200, github.document(of: try github.pull(call)))
        },
        ProviderRoute("GET", "repos/:owner/:repo/pulls/:number/reviews") {
            github,
            call throws(ProviderRefusal) in
            let pull = try github.pull(call)
            let reviews = pull.reviews.enumerated().map { github.document(of: $1, $0, in: pull) }
            return .page(reviews, of: call, standardSize: 30)
        },
        ProviderRoute("GET", "repos/:owner/:repo/deployments") { github, call throws(ProviderRefusal) in
            try github.deploymentList(call)
        },
        ProviderRoute("GET", "repos/:owner/:repo/deployments/:id/statuses") {
            github,
            call throws(ProviderRefusal) in
            let deployment = github.deployments[try github.deploymentIndex(call)]
            let statuses = deployment.statuses.reversed().map { github.document(of: $0, in: deployment) }
            return .page(statuses, of: call, standardSize: 30)
        },
    ]

    private func branches(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        var names = history.branches.keys.sorted()
        if let isProtected = call.item("protected") {
            names.removeAll { (protections[$0] != nil) != (isProtected == "true") }
        }
        return .page(names.map(shortBranch), of: call, standardSize: 30)
    }

    private func branch(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        guard let head = history.head(of: call.captures[2]) else { throw .notFound("Branch not found") }
        return .json(200, branch(call.captures[2], head))
    }

    private func matchingReferences(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let found = history.branches.filter { "heads/\($0.key)".hasPrefix(call.captures[2]) }
        let sorted = found.sorted { $0.key < $1.key }
        return .page(sorted.map { reference($0.key, $0.value) }, of: call, standardSize: 30)
    }

    private func reference(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let name = call.captures[2]
        guard name.hasPrefix("heads/") else { throw .notFound() }
        let branch = String(name.dropFirst("heads/".count))
        guard let id = history.branches[branch] else { throw .notFound() }
        return .json(200, reference(branch, id))
    }

    private func compare(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let range = call.captures[2]
        guard let dots = range.firstRange(of: "...") else { throw .notFound() }
        guard let base = history.resolve(String(range[..<dots.lowerBound])),
            let head = history.resolve(String(range[dots.upperBound...]))
        else { throw .notFound() }
        guard let mergeBase = history.mergeBase(base.id, head.id) else {
            throw .notFound("No common ancestor between \(base.id) and \(head.id).")
        }
        return .json(200, comparison(from: base, to: head, mergeBase: mergeBase, call))
    }

    private func combinedStatus(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let id = try revision(call.captures[2]).id
        var newest: [String: GitHubStatus] = [:]
        for status in statuses[id] ?? [] { newest[status.context] = status }
        let all = newest.values.sorted { $0.context < $1.context }
        return .page(all.map { document(of: $0, at: id) }, of: call, standardSize: 30) { page in
            combined(all, page, of: id)
        }
    }

    private func checkRuns(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let id = try revision(call.captures[2]).id
        var found = checks[id] ?? []
        if let name = call.item("check_name") { found.removeAll { $0.name != name } }
        if let status = call.item("status") { found.removeAll { $0.status != status } }
        return .page(found.map { document(of: $0, at: id) }, of: call, standardSize: 30) { page in
            ["total_count": JSONValue(found.count), "check_runs": page]
        }
    }

    private func pull(_ call: ProviderCall) throws(ProviderRefusal) -> GitHubPull {
        try check(call)
        guard let pull = pulls.first(where: { String($0.number) == call.captures[2] }) else {
            throw .notFound()
        }
        return pull
    }

    private func deploymentList(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        var found = Array(deployments.reversed())
        if let sha = call.item("sha") { found.removeAll { $0.sha != sha } }
        if let ref = call.item("ref") { found.removeAll { $0.ref != ref } }
        if let task = call.item("task") { found.removeAll { $0.task != task } }
        if let environment = call.item("environment") { found.removeAll { $0.environment != environment } }
        return .page(found.map(document), of: call, standardSize: 30)
    }
}
