import Glibc
import LookoutDeployments
import LookoutModel
import LookoutProcesses
import LookoutProviders
import LookoutTestSupport
import Testing

/// Real repositories of the team, built by a test: a bare remote and a person's clone of it.
final class GitWorkshop: Sendable {
    /// The program; nil where git is not installed (Debian package git), and then the tests of this folder are skipped.
    static let git = TestProgram(named: "git")?.path

    let scratch: ScratchFolder

    var remote: String { scratch.file("remote.git") }
    var clone: String { scratch.file("person") }
    var work: String { scratch.file("lookout") }

    init() async throws {
        scratch = try ScratchFolder("git")
        try await run(["init", "--quiet", "--bare", "--initial-branch=main", remote])
        try await run(["init", "--quiet", "--initial-branch=main", clone])
        try await person(["remote", "add", "origin", remote])
        try await commit("first", files: ["README.md": "one"])
        try await person(["push", "--quiet", "-u", "origin", "main"])
    }

    deinit {
        scratch.remove()
    }

    /// A main and a staging branch, a backup of main, a sync of staging into main, and a hotfix after it.
    struct Story {
        var good: CommitID
        var staging: CommitID
        var sync: CommitID
        var hotfix: CommitID
        var backup = "backup/main-before-sync-20250820-124908"
    }

    func deploy() async throws -> Story {
        let good = try await head()
        try await person(["checkout", "--quiet", "-b", "staging"])
        try await commit(
            "feat: map",
            files: ["web/map.js": "map", "supabase/migrations/20250820_map.sql": "create"]
        )
        let staging = try await head()
        try await person(["push", "--quiet", "origin", "staging"])
        try await person(["push", "--quiet", "origin", "main:backup/main-before-sync-20250820-124908"])
        try await person(["checkout", "--quiet", "main"])
        try await person(["merge", "--quiet", "--no-ff", "-m", "feat: sync staging to production", "staging"])
        let sync = try await head()
        try await commit("fix: hotfix", files: ["backend/app.py": "fixed"])
        let hotfix = try await head()
        try await person(["push", "--quiet", "origin", "main"])
        return Story(good: good, staging: staging, sync: sync, hotfix: hotfix)
    }

    /// What Lookout reads through a copy of its own.
    func mirror(allowsWriting: Bool = false, of address: String? = nil) throws -> GitProgramRepository {
        try repository(.remote(RemoteAddress(address ?? remote), token: nil), allowsWriting: allowsWriting)
    }

    /// What Lookout reads where it is.
    func checkout(_ path: String? = nil, allowsWriting: Bool = false) throws -> GitProgramRepository {
        try repository(.checkout(path ?? clone), allowsWriting: allowsWriting)
    }

    private func repository(
        _ source: GitProgramRepository.Source,
        allowsWriting: Bool
    ) throws -> GitProgramRepository {
        GitProgramRepository(
            source,
            program: GitProgram(path: try #require(Self.git), timekeeper: RealTimekeeper()),
            workFolder: work,
            allowsWriting: allowsWriting
        )
    }

    func commit(_ message: String, files: [String: String]) async throws {
        for (name, content) in files {
            try await write(content, to: name)
        }
        try await person(["add", "--all"])
        try await person(["commit", "--quiet", "--message", message])
    }

    private func write(_ content: String, to name: String) async throws {
        var path = clone
        for folder in name.split(separator: "/").dropLast() {
            path += "/\(folder)"
            mkdir(path, 0o755)
        }
        try scratch.write(content, to: "person/\(name)")
    }

    func head(of branch: String = "HEAD") async throws -> CommitID {
        try #require(CommitID(try await person(["rev-parse", branch])))
    }

    func remoteHead(of branch: String) async throws -> CommitID {
        try #require(CommitID(try await run(["--git-dir", remote, "rev-parse", "refs/heads/\(branch)"])))
    }

    /// Everything that the remote's branches point at.
    func remoteState() async throws -> String {
        try await run(["--git-dir", remote, "for-each-ref"])
    }

    @discardableResult
    func person(_ arguments: [String]) async throws -> String {
        try await run(["-C", clone] + arguments)
    }

    /// Runs git as a person would; throws what it said if it fails.
    @discardableResult
    func run(_ arguments: [String]) async throws -> String {
        let result = await ProgramRunner().run(
            ProgramPlan(
                path: try #require(Self.git),
                arguments: arguments,
                environment: [
                    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
                    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
                    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
                    "GIT_AUTHOR_DATE": "2025-08-20T12:00:00Z", "GIT_COMMITTER_DATE": "2025-08-20T12:00:00Z",
                ],
                timeout: .seconds(600),
                capture: .whole(output: 1 << 20, errors: 1 << 12)
            ),
            timekeeper: RealTimekeeper()
        )
        guard result.ending == .exited(0) else {
            throw Failure(description: "git \(arguments): \(String(decoding: result.errors, as: UTF8.self))")
        }
        return String(
            String(decoding: result.output, as: UTF8.self).reversed().drop(while: \.isNewline).reversed()
        )
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips where git is not installed, and says so.
    static var withGit: Self {
        .enabled(if: GitWorkshop.git != nil, "git is not installed (Debian package git)")
    }
}
