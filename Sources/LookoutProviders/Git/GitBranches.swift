import LookoutDeployments
import LookoutModel

/// The branches of a repository, by name.
struct GitBranches: Sendable {
    private static let folder = "refs/heads/"

    let program: GitProgram

    /// Those that a repository on this machine has itself.
    func local(in place: GitCall.Place) async throws(ProviderFailure) -> [String: CommitID] {
        let format = "--format=%(objectname) %(refname)"
        let call = GitCall(["for-each-ref", format, "refs/heads/"], in: place)
        return Self.branches(try await program.answer(to: call), separator: " ")
    }

    /// Those that the remote has at this moment, but perhaps for some that do not match the pattern.
    ///
    /// Throws `unexpected` where a web server names none at all: git takes any page for a repository without
    /// branches, such as one of a proxy that wants somebody to log in.
    func remote(
        _ address: RemoteAddress,
        token: Secret?,
        matching pattern: String = ""
    ) async throws(ProviderFailure) -> [String: CommitID] {
        let patterns = pattern.isEmpty || address.isWeb ? [] : [Self.folder + pattern]
        var call = GitCall(["ls-remote", "--heads", "--refs", "--", address.text] + patterns, in: .nowhere)
        call.reach = .remote(address, token: token)
        let branches = Self.branches(try await program.answer(to: call), separator: "\t")
        guard !branches.isEmpty || !address.isWeb else { throw Self.emptiness(of: address) }
        return branches
    }

    /// That a web server names no branch, which proves nothing.
    static func emptiness(of address: RemoteAddress) -> ProviderFailure {
        .unexpected(
            "git: \(address.text) names no branch at all: either it is not a repository, or something answers "
                + "in its place; check the address"
        )
    }

    private static func branches(_ answer: GitAnswer, separator: Character) -> [String: CommitID] {
        var branches: [String: CommitID] = [:]
        for line in answer.text.split(separator: "\n") {
            let fields = line.split(separator: separator, maxSplits: 1)
            guard fields.count == 2, let id = CommitID(fields[0]), fields[1].hasPrefix(folder) else {
                continue
            }
            branches[String(fields[1].dropFirst(folder.count))] = id
        }
        return branches
    }
}
