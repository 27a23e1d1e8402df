import LookoutDeployments
import LookoutModel

/// Lookout's own copy of a remote: a repository without a checkout that nothing but `refresh` changes.
struct GitMirror: Sendable {
    private static let name = "mirror.git"
    private static let addressKey = "lookout.address"
    /// What a rollback has pushed away stays known for so long.
    private static let retention = "90.days.ago"

    let program: GitProgram
    let address: RemoteAddress
    let token: Secret?
    let folder: GitFolder
    let patience: Duration

    var place: GitCall.Place { .repository("\(folder.path)/\(Self.name)") }

    /// Brings all branches; makes the copy where there is none, or a damaged one, or one of another remote.
    func refresh() async throws(ProviderFailure) {
        try await folder.withLock("mirror", for: patience, timekeeper: program.timekeeper) {
            () async throws(ProviderFailure) in
            if try await !isOurs() { try await begin() }
            do throws(ProviderFailure) {
                try await fetchBranches()
            } catch {
                guard Self.speaksOfDamage(error) else { throw error }
                try await begin()
                try await fetchBranches()
            }
            await tidy()
        }
    }

    /// Brings a commit that is on no branch any more, where the remote still gives it.
    func fetch(_ commit: CommitID) async throws(ProviderFailure) {
        try await folder.withLock("mirror", for: patience, timekeeper: program.timekeeper) {
            () async throws(ProviderFailure) in
            try await fetch("+\(commit.text):refs/lookout/\(commit.text)")
        }
    }

    /// Throws if nothing was ever brought.
    func requireContent() async throws(ProviderFailure) {
        guard try await isOurs() else {
            throw .unreachable("git: nothing has been fetched from \(address.text) yet")
        }
    }

    private func isOurs() async throws(ProviderFailure) -> Bool {
        var call = GitCall(["config", "--local", "--get", Self.addressKey], in: place)
        // No such key, no such repository.
        call.accepted = [0, 1, 128]
        let answer = try await program.answer(to: call)
        return answer.status == 0 && answer.line == address.text
    }

    private func begin() async throws(ProviderFailure) {
        folder.remove(Self.name)
        let path = "\(folder.path)/\(Self.name)"
        _ = try await program.answer(
            to: GitCall(["init", "--bare", "--quiet", "--template=", "--", path], in: .nowhere)
        )
        _ = try await program.answer(
            to: GitCall(["config", "--local", "gc.pruneExpire", Self.retention], in: place)
        )
    }

    private func fetchBranches() async throws(ProviderFailure) {
        let branches = GitBranches(program: program)
        if address.isWeb { _ = try await branches.remote(address, token: token) }
        try await fetch("+refs/heads/*:refs/heads/*", ["--prune"])
        if address.isWeb, try await branches.local(in: place).isEmpty {
            try await begin()
            throw GitBranches.emptiness(of: address)
        }
        // Only what was brought at least once counts as a copy of this remote.
        _ = try await program.answer(
            to: GitCall(["config", "--local", Self.addressKey, address.text], in: place)
        )
    }

    private func fetch(_ reference: String, _ more: [String] = []) async throws(ProviderFailure) {
        let options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"] + more
        var call = GitCall(["fetch"] + options + ["--", address.text, reference], in: place)
        call.reach = .remote(address, token: token)
        // The first time it is the whole history.
        call.timeout = patience
        _ = try await program.answer(to: call)
    }

    private func tidy() async {
        var call = GitCall(["gc", "--auto", "--quiet"], in: place)
        call.timeout = patience
        do throws(ProviderFailure) {
            _ = try await program.answer(to: call)
        } catch {
            // What cannot be tidied now is tidied another time; the branches are here.
        }
    }

    /// Whether the copy is to blame: an end in the middle of writing leaves locks and halves behind.
    private static func speaksOfDamage(_ failure: ProviderFailure) -> Bool {
        let words = failure.message.lowercased()
        return [
            ".lock': file exists", "not a git repository", "bad object", "corrupt", "missing blob",
            "missing tree",
            "unable to read", "bad pack", "invalid sha1 pointer", "did not send all necessary objects",
        ].contains(where: words.contains)
    }
}
