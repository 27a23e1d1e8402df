import LookoutDeployments
import LookoutModel

extension GitProgramRepository {
    /// For messages.
    var title: String {
        switch source {
        case .remote(let address, _): address.text
        case .checkout(let path, _, _): PlainText.line(path, atMost: 200)
        }
    }

    var mirror: GitMirror? {
        guard case .remote(let address, let token) = source else { return nil }
        return GitMirror(
            program: program,
            address: address,
            token: token,
            folder: folder,
            patience: patience
        )
    }

    /// The branches of the remote, those that match the pattern and perhaps others; all for an empty pattern.
    func branches(matching pattern: String) async throws(ProviderFailure) -> [String: CommitID] {
        let branches = GitBranches(program: program)
        if let mirror {
            try await mirror.requireContent()
            return try await branches.local(in: mirror.place)
        }
        guard let remote = try await checkoutRemote() else { return try await branches.local(in: place) }
        return try await branches.remote(remote.address, token: remote.token, matching: pattern)
    }

    /// What knows the commits; throws `notFound` for one that is not here.
    func objects(with ids: [CommitID]) async throws(ProviderFailure) -> GitObjects {
        try await mirror?.requireContent()
        let objects = GitObjects(program: program, place: place)
        let missing = try await objects.missing(ids)
        guard let first = missing.first else { return objects }
        guard let mirror else {
            throw .notFound(
                "git: commit \(first.short) is not in \(title); run: git -C \(title) fetch"
            )
        }
        for id in missing {
            do throws(ProviderFailure) {
                try await mirror.fetch(id)
            } catch .unexpected, .notFound, .refused {
                throw .notFound("git: \(title) has no commit \(id.short)")
            } catch {
                throw error
            }
        }
        return objects
    }

    /// Where a branch is pushed to, and from which repository.
    func pushTarget() async throws(ProviderFailure) -> PushTarget {
        if case .remote(let address, let token) = source {
            return PushTarget(place: place, address: address.text, reach: .remote(address, token: token))
        }
        if let remote = try await checkoutRemote() {
            let reach = GitCall.Reach.remote(remote.address, token: remote.token)
            return PushTarget(place: place, address: remote.address.text, reach: reach)
        }
        return PushTarget(place: place, address: checkoutPath, reach: .folders)
    }

    /// What the remote allows: as the code host says, or as the remote's own settings say if it is a folder here.
    func rules(_ protection: BranchProtection?) async throws(ProviderFailure) -> GitRehearsal.Rules {
        var rules = GitRehearsal.Rules(
            allowsForcePush: protection?.allowsForcePush ?? true,
            takesPushes: protection.map { !$0.isLocked && !$0.requiresPullRequest } ?? true
        )
        let target = try await pushTarget()
        guard target.address.hasPrefix("/") else { return rules }
        var call = GitCall(
            ["config", "--type=bool", "--get", "receive.denyNonFastForwards"],
            in: .folder(target.address)
        )
        call.accepted = [0, 1]
        if try await program.answer(to: call).line == "true" { rules.allowsForcePush = false }
        return rules
    }

    private var place: GitCall.Place { mirror?.place ?? .folder(checkoutPath) }

    private var checkoutPath: String {
        if case .checkout(let path, _, _) = source { path } else { "" }
    }

    /// The address that the checkout has of its remote; nil if it has no such remote.
    private func checkoutRemote() async throws(ProviderFailure) -> (address: RemoteAddress, token: Secret?)? {
        guard case .checkout(let path, let name, let token) = source else { return nil }
        guard path.hasPrefix("/") else {
            throw .notConfigured("git: \"\(title)\" is not an absolute path")
        }
        guard BranchName.isValid(name) else { throw BranchName.refusal(name) }
        var call = GitCall(["config", "--get", "remote.\(name).url"], in: place)
        call.accepted = [0, 1]
        let answer = try await program.answer(to: call)
        guard answer.status == 0, !answer.line.isEmpty else { return nil }
        return (try RemoteAddress(answer.line), token)
    }
}

/// Where a branch is pushed to.
struct PushTarget {
    let place: GitCall.Place
    let address: String
    let reach: GitCall.Reach
}
