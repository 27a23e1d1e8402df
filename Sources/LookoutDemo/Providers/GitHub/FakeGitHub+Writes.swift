import LookoutModel

extension FakeGitHub {
    static let writeRoutes: [ProviderRoute<FakeGitHub>] = [
        ProviderRoute("POST", "repos/:owner/:repo/git/refs") { github, call throws(ProviderRefusal) in
            try github.createReference(call)
        },
        ProviderRoute("PATCH", "repos/:owner/:repo/git/refs/*ref") { github, call throws(ProviderRefusal) in
            try github.moveReference(call)
        },
        ProviderRoute("DELETE", "repos/:owner/:repo/git/refs/*ref") { github, call throws(ProviderRefusal) in
            try github.check(call)
            let branch = try github.branchName(call.captures[2])
            guard github.history.branches[branch] != nil else {
                throw ProviderRefusal(422, "Reference does not exist")
            }
            github.move(branch, to: nil, at: call.now)
            return DemoReply(204)
        },
        ProviderRoute("POST", "repos/:owner/:repo/statuses/:sha") { github, call throws(ProviderRefusal) in
            try github.postStatus(call)
        },
        ProviderRoute("POST", "repos/:owner/:repo/deployments") { github, call throws(ProviderRefusal) in
            try github.createDeployment(call)
        },
        ProviderRoute("POST", "repos/:owner/:repo/deployments/:id/statuses") {
            github,
            call throws(ProviderRefusal) in
            try github.postDeploymentStatus(call)
        },
    ]

    private func branchName(_ reference: String) throws(ProviderRefusal) -> String {
        for prefix in ["refs/heads/", "heads/"] where reference.hasPrefix(prefix) {
            let name = String(reference.dropFirst(prefix.count))
            if !name.isEmpty { return name }
        }
        throw ProviderRefusal(422, "Reference name must be a branch", code: "invalid")
    }

    private mutating func createReference(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        guard let name = call.body?["ref"]?.string, let id = call.body?["sha"]?.string else {
            throw ProviderRefusal(
                422,
                "Invalid request. \"ref\" and \"sha\" weren't supplied.",
                code: "missing"
            )
        }
        let branch = try branchName(name)
        guard history.revisions[id] != nil else { throw ProviderRefusal(422, "Object does not exist") }
        guard history.branches[branch] == nil else {
            throw ProviderRefusal(422, "Reference already exists", code: "already_exists")
        }
        move(branch, to: id, at: call.now)
        return .json(201, reference(branch, id))
    }

    private mutating func moveReference(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let branch = try branchName(call.captures[2])
        guard let id = call.body?["sha"]?.string else {
            throw ProviderRefusal(422, "Invalid request. \"sha\" wasn't supplied.", code: "missing")
        }
        guard let old = history.branches[branch] else {
            throw ProviderRefusal(422, "Reference does not exist")
        }
        guard history.revisions[id] != nil else { throw ProviderRefusal(422, "Object does not exist") }
        let isForced = call.body?["force"]?.isTrue ?? false
        if let protection = protections[branch] {
            guard !protection.isLocked else { throw ProviderRefusal(422, "Branch \(branch) is locked") }
            if !history.isAncestor(old, of: id), !protection.allowsForcePush {
                throw ProviderRefusal(422, "Cannot force-push to this branch")
            }
        }
        guard isForced || history.isAncestor(old, of: id) else {
            throw ProviderRefusal(422, "Update is not a fast forward")
        }
        move(branch, to: id, at: call.now)
        return .json(200, reference(branch, id))
    }

    private mutating func postStatus(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let id = call.captures[2]
        guard history.revisions[id] != nil else {
            throw ProviderRefusal(422, "No commit found for SHA: \(id)")
        }
        let body = call.body ?? .null
        guard let state = body["state"]?.string, ["error", "failure", "pending", "success"].contains(state)
        else {
            throw ProviderRefusal(422, "Validation Failed", code: "custom")
        }
        let description = body["description"]?.string
        guard (description?.count ?? 0) <= 140 else {
            throw ProviderRefusal(
                422,
                "Validation Failed: description is too long (maximum is 140 characters)"
            )
        }
        let status = GitHubStatus(
            id: makeNumber(),
            state: state,
            context: body["context"]?.string ?? "default",
            description: description,
            targetURL: body["target_url"]?.string,
            at: call.now
        )
        statuses[id, default: []].append(status)
        return .json(201, document(of: status, at: id).with(["creator": user("lookout-bot")]))
    }

    private mutating func createDeployment(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call)
        let body = call.body ?? .null
        guard let ref = body["ref"]?.string, let revision = history.resolve(ref) else {
            throw ProviderRefusal(422, "No ref found", code: "missing")
        }
        let required = body["required_contexts"]?.elements?.compactMap(\.string)
        let contexts = required ?? Set((statuses[revision.id] ?? []).map(\.context)).sorted()
        for context in contexts where postedStatuses(of: revision.id, context: context).last != "success" {
            throw ProviderRefusal(409, "Conflict: Commit status checks failed for \(ref).")
        }
        let deployment = GitHubDeployment(
            id: makeNumber(),
            ref: ref,
            sha: revision.id,
            task: body["task"]?.string ?? "deploy",
            environment: body["environment"]?.string ?? "production",
            description: body["description"]?.string,
            at: call.now
        )
        deployments.append(deployment)
        return .json(201, document(of: deployment))
    }

    func deploymentIndex(_ call: ProviderCall) throws(ProviderRefusal) -> Int {
        try check(call)
        guard let index = deployments.firstIndex(where: { String($0.id) == call.captures[2] }) else {
            throw .notFound()
        }
        return index
    }

    private mutating func postDeploymentStatus(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let index = try deploymentIndex(call)
        let states = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]
        guard let state = call.body?["state"]?.string, states.contains(state) else {
            throw ProviderRefusal(422, "Validation Failed", code: "invalid")
        }
        let description = call.body?["description"]?.string ?? ""
        guard description.count <= 140 else { throw ProviderRefusal(422, "description is too long") }
        let status = GitHubDeployment.Status(
            id: makeNumber(),
            state: state,
            description: description,
            environmentURL: call.body?["environment_url"]?.string ?? "",
            logURL: call.body?["log_url"]?.string ?? "",
            at: call.now
        )
        deployments[index].statuses.append(status)
        return .json(201, document(of: status, in: deployments[index]))
    }
}
