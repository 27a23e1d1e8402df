import LookoutDeployments
import LookoutModel

/// What a repository on this machine knows of commits, asked without changing anything in it.
struct GitObjects: Sendable {
    let program: GitProgram
    let place: GitCall.Place

    /// Which of the commits it does not have.
    func missing(_ ids: [CommitID]) async throws(ProviderFailure) -> [CommitID] {
        var call = GitCall(["cat-file", "--batch-check=%(objecttype)"], in: place)
        call.input = Array(ids.map { "\($0.text)\n" }.joined().utf8)
        let kinds = try await program.answer(to: call).text.split(separator: "\n")
        guard kinds.count == ids.count else { throw .unexpected("git cat-file answered something else") }
        return zip(ids, kinds).filter { $1 != "commit" }.map(\.0)
    }

    /// The commits that can be reached from the second and not from the first, newest first.
    func commits(
        reachableFrom new: CommitID,
        except old: CommitID? = nil,
        limit: Int,
        _ options: [String] = []
    ) async throws(ProviderFailure) -> [Commit] {
        guard limit > 0 else { return [] }
        let arguments =
            ["rev-list", "--max-count=\(limit)", "--no-commit-header", "--encoding=UTF-8", CommitLine.format]
            + options + [new.text] + (old.map { ["^\($0.text)"] } ?? []) + ["--"]
        let answer = try await program.answer(to: GitCall(arguments, in: place))
        return try CommitLine.commits(in: answer.output)
    }

    func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool {
        var call = GitCall(["merge-base", "--is-ancestor", old.text, new.text], in: place)
        call.accepted = [0, 1]
        if try await program.answer(to: call).status == 0 { return true }
        try await refuseIfShallow("whether \(old.short) is part of \(new.short)")
        return false
    }

    func mergeBase(_ one: CommitID, _ other: CommitID) async throws(ProviderFailure) -> CommitID? {
        var call = GitCall(["merge-base", one.text, other.text], in: place)
        call.accepted = [0, 1]
        let answer = try await program.answer(to: call)
        let base = CommitID(answer.line)
        guard answer.status == 1 || base != nil else {
            throw .unexpected("git merge-base answered something else")
        }
        // Where one is part of the other, nothing that was cut off can be nearer.
        if base != one, base != other {
            try await refuseIfShallow("where \(one.short) and \(other.short) part")
        }
        return base
    }

    /// The paths that differ; a moved file counts twice, where it was and where it is.
    func changedFiles(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [String] {
        let arguments = [
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv",
            old.text,
            new.text, "--",
        ]
        return try await program.answer(to: GitCall(arguments, in: place)).parts
    }

    /// The files under a folder, relative to it; `notFound` if there is no such folder.
    func files(under folder: String, at commit: CommitID) async throws(ProviderFailure) -> [String] {
        let parts = folder.split(separator: "/").filter { $0 != "." }
        guard !parts.contains(".."), !folder.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw .notConfigured(
                "git: \"\(PlainText.line(folder, atMost: 100))\" is no path inside a repository"
            )
        }
        let tree = "\(commit.text):\(parts.joined(separator: "/"))"
        var check = GitCall(["cat-file", "--batch-check=%(objecttype)"], in: place)
        check.input = Array("\(tree)\n".utf8)
        guard try await program.answer(to: check).line == "tree" else {
            let name = PlainText.line(folder, atMost: 100)
            throw .notFound("git: there is no folder \"\(name)\" in commit \(commit.short); check the path")
        }
        let list = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree]
        return try await program.answer(to: GitCall(list, in: place)).parts
    }

    /// The content of the tree of a commit, by name: two commits with the same content have the same.
    func tree(of commit: CommitID) async throws(ProviderFailure) -> String {
        let call = GitCall(["rev-parse", "--verify", "--quiet", "\(commit.text)^{tree}"], in: place)
        return try await program.answer(to: call).line
    }

    func isShallow() async throws(ProviderFailure) -> Bool {
        let call = GitCall(["rev-parse", "--is-shallow-repository"], in: place)
        return try await program.answer(to: call).line != "false"
    }

    /// A history that was cut off proves no absence.
    func refuseIfShallow(_ question: String) async throws(ProviderFailure) {
        guard try await isShallow() else { return }
        throw .unexpected(
            "git: the history is cut off (a shallow clone), so nobody can say \(question); "
                + "run: git fetch --unshallow"
        )
    }
}
