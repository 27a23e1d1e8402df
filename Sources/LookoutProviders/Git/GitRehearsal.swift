import LookoutDeployments
import LookoutModel

/// Carries out a rollback in a throw-away clone of a throw-away remote.
///
/// The remote borrows the commits of a repository of this machine, which is only read; git may speak to folders
/// alone meanwhile, and the clone knows no other remote.
struct GitRehearsal: Sendable {
    /// What the remote allows with its main branch.
    struct Rules: Hashable, Sendable {
        var allowsForcePush: Bool
        /// False where it is locked, or takes nothing but pull requests.
        var takesPushes: Bool
    }

    struct Stage: Sendable {
        var branches: [String: CommitID]
        var main: BranchName
        var rules: Rules
    }

    private static let name = "rehearsal"
    /// Runs in the remote with the name of each branch that is pushed; the name is never part of the script.
    private static let hook = """
        #!/bin/sh
        IFS= read -r protected < protected-branch
        [ "$1" != "$protected" ] || { echo "protected branch: it takes no pushes" >&2; exit 1; }

        """

    let program: GitProgram
    let folder: GitFolder
    let source: GitObjects
    let patience: Duration

    private var remotePath: String { "\(folder.path)/\(Self.name)/remote.git" }
    private var remote: GitCall.Place { .repository(remotePath) }
    private var clone: GitCall.Place { .folder("\(folder.path)/\(Self.name)/clone") }

    /// Throws what would go wrong.
    func run(
        _ commands: [CommandLine],
        on stage: Stage,
        expecting commit: CommitID
    ) async throws(ProviderFailure) {
        var steps: [RehearsedCommand] = []
        for command in commands { steps.append(try RehearsedCommand(command)) }
        guard !steps.isEmpty else { throw .unexpected("there is no git command to rehearse") }
        try await source.refuseIfShallow("whether a rollback would work")
        try await folder.withLock(Self.name, for: patience, timekeeper: program.timekeeper) {
            () async throws(ProviderFailure) in
            // One that was killed left its folder behind.
            folder.remove(Self.name)
            defer { folder.remove(Self.name) }
            let before = try await prepare(stage, commit)
            for step in steps { try await carryOut(step) }
            try await compare(before, stage.main, commit)
        }
    }

    /// Makes the remote and its clone; the branches that the remote begins with.
    private func prepare(
        _ stage: Stage,
        _ commit: CommitID
    ) async throws(ProviderFailure) -> [String: CommitID] {
        let format = commit.text.utf8.count == 64 ? "sha256" : "sha1"
        let options = ["--bare", "--quiet", "--template=", "--object-format=\(format)"]
        try await git(["init"] + options + ["--", remotePath], in: .nowhere)
        let objects = GitCall(
            ["rev-parse", "--path-format=absolute", "--git-path", "objects"],
            in: source.place
        )
        let lender = try await program.answer(to: objects).line
        try folder.write("\(lender)\n", to: "\(Self.name)/remote.git/objects/info/alternates")
        let branches = try await createBranches(stage.branches)
        try await git(["symbolic-ref", "HEAD", stage.main.ref], in: remote)
        try await protect(stage)
        let path = "\(folder.path)/\(Self.name)/clone"
        try await git(["clone", "--quiet", "--shared", "--template=", "--", remotePath, path], in: .nowhere)
        return branches
    }

    /// Those whose commits the lender has; the others cannot be part of a rollback from here.
    private func createBranches(
        _ branches: [String: CommitID]
    ) async throws(ProviderFailure) -> [String: CommitID] {
        let missing = Set(try await source.missing(Array(branches.values)))
        let created = branches.filter { BranchName.isValid($0.key) && !missing.contains($0.value) }
        let lines = created.map { "create refs/heads/\($0.key)\0\($0.value.text)\0" }.joined()
        try await git(["update-ref", "-z", "--stdin"], in: remote, input: lines)
        return created
    }

    private func protect(_ stage: Stage) async throws(ProviderFailure) {
        if !stage.rules.allowsForcePush {
            try await git(["config", "--local", "receive.denyNonFastForwards", "true"], in: remote)
        }
        if !stage.rules.takesPushes {
            try folder.write("\(stage.main.ref)\n", to: "\(Self.name)/remote.git/protected-branch")
            try folder.make("\(Self.name)/remote.git/hooks")
            try folder.write(Self.hook, to: "\(Self.name)/remote.git/hooks/update", isProgram: true)
        }
    }

    private func carryOut(_ step: RehearsedCommand) async throws(ProviderFailure) {
        do throws(ProviderFailure) {
            try await git(step.arguments, in: clone)
        } catch .notConfigured(let text) {
            throw .notConfigured(text)
        } catch .unreachable(let text) {
            throw .unreachable("the rehearsal came to no end: \(text)")
        } catch {
            throw .refused("the rehearsal failed at \"\(step.text)\": \(error.message)")
        }
    }

    /// Whether main is where it should be, or has at least the content of it, and nothing else has changed.
    private func compare(
        _ before: [String: CommitID],
        _ main: BranchName,
        _ expected: CommitID
    ) async throws(ProviderFailure) {
        let after = try await GitBranches(program: program).local(in: remote)
        let touched = Set(before.keys).union(after.keys).filter { $0 != main.text && before[$0] != after[$0] }
        if let first = touched.min() {
            let name = PlainText.line(first, atMost: 80)
            throw .refused("the rehearsal changed the branch \"\(name)\" as well, which it must not")
        }
        guard let tip = after[main.text] else {
            throw .refused("the rehearsal removed the branch \"\(main.text)\"")
        }
        guard tip != expected else { return }
        // A revert gives the content back with a commit of its own.
        let objects = GitObjects(program: program, place: remote)
        guard try await objects.tree(of: tip) != objects.tree(of: expected) else { return }
        throw .refused(
            "the rehearsal left \"\(main.text)\" at \(tip.short), with another content than \(expected.short)"
        )
    }

    private func git(
        _ arguments: [String],
        in place: GitCall.Place,
        input: String = ""
    ) async throws(ProviderFailure) {
        var call = GitCall(arguments, in: place)
        call.reach = .folders
        call.input = Array(input.utf8)
        call.timeout = patience
        _ = try await program.answer(to: call)
    }
}
