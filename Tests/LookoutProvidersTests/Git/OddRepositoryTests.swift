import Foundation
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// Repositories that are not as the workflow has them: a failure in words, never a wrong answer.
@Suite(.withGit)
struct OddRepositoryTests {
    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch let failure as ProviderFailure {
            #expect(!failure.message.isEmpty && !failure.message.contains("\n"))
            return failure.code
        } catch {
            return "\(error)"
        }
    }

    @Test func `a shallow clone knows what it has, and claims nothing about the rest`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let path = workshop.scratch.file("shallow")
        try await workshop.run(["clone", "--quiet", "--depth", "1", "file://\(workshop.remote)", path])
        try await workshop.run(["-C", path, "fetch", "--quiet", "--depth", "1", "origin", "\(story.good)"])
        let repository = try workshop.checkout(path)
        #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
        #expect(try await repository.commit(story.hotfix).subject == "fix: hotfix")
        #expect(try await repository.changedFiles(from: story.good, to: story.hotfix).count == 3)
        #expect(await Self.code { _ = try await repository.commit(story.sync) } == "not_found")
        let (good, hotfix) = (story.good, story.hotfix)
        #expect(await Self.code { _ = try await repository.isAncestor(good, of: hotfix) } == "unexpected")
        #expect(await Self.code { _ = try await repository.mergeBase(good, hotfix) } == "unexpected")
        #expect(await Self.code { _ = try await repository.mainline(of: "main", limit: 5) } == "unexpected")
        #expect(
            await Self.code { _ = try await repository.commits(from: good, to: hotfix, limit: 5) }
                == "unexpected"
        )
        #expect(
            await Self.code {
                try await repository.rehearse([CommandLine("git", ["fetch"])], main: "main", expecting: good)
            } == "unexpected"
        )
        #expect(try await repository.mainline(of: "main", limit: 1).map(\.id) == [story.hotfix])
        #expect(try await repository.isAncestor(story.hotfix, of: story.hotfix))
    }

    @Test func `a repository without the branches has none of them`() async throws {
        let workshop = try await GitWorkshop()
        try await workshop.person(["push", "--quiet", "origin", "main:trunk"])
        try await workshop.run(["--git-dir", workshop.remote, "symbolic-ref", "HEAD", "refs/heads/trunk"])
        try await workshop.person(["push", "--quiet", "origin", ":main"])
        let main = try await workshop.head()
        for repository in [try workshop.mirror(), try workshop.checkout()] {
            try await repository.refresh()
            #expect(try await repository.remoteCommit(of: "main") == nil)
            #expect(try await repository.remoteCommit(of: "staging") == nil)
            #expect(
                await Self.code { _ = try await repository.mainline(of: "main", limit: 1) } == "not_found"
            )
            #expect(
                await Self.code {
                    try await repository.rehearse(
                        [CommandLine("git", ["fetch"])],
                        main: "main",
                        expecting: main
                    )
                } == "not_found"
            )
        }
    }

    @Test func `a repository without a commit is no error`() async throws {
        let workshop = try await GitWorkshop()
        let path = workshop.scratch.file("empty.git")
        try await workshop.run(["init", "--quiet", "--bare", path])
        for repository in [try workshop.mirror(of: path), try workshop.checkout(path)] {
            try await repository.refresh()
            #expect(try await repository.remoteBranches(withPrefix: "").isEmpty)
        }
    }

    @Test func `detached, and behind its remote, a checkout still tells what the remote has`() async throws {
        let workshop = try await GitWorkshop()
        let path = workshop.scratch.file("colleague")
        try await workshop.run(["clone", "--quiet", workshop.remote, path])
        try await workshop.run(["-C", path, "checkout", "--quiet", "--detach"])
        let story = try await workshop.deploy()
        let repository = try workshop.checkout(path)
        #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
        #expect(try await repository.commit(story.good).id == story.good)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await repository.mainline(of: "main", limit: 1)
        }
        #expect(failure?.message.contains("git -C \(path) fetch") == true)
    }

    @Test func `a local main that went its own way is not the remote's`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["reset", "--quiet", "--hard", story.good.text])
        try await workshop.commit("local only", files: ["local": "1"])
        #expect(try await workshop.checkout().remoteCommit(of: "main") == story.hotfix)
    }

    @Test func `what is no repository is said to be none`() async throws {
        let workshop = try await GitWorkshop()
        let inside = "\(workshop.clone)/web"
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        let cases = [
            ("/nowhere/at/all", "not_found"), (workshop.scratch.path, "not_found"),
            // A folder within a checkout is not the checkout.
            (inside, "not_found"), ("relative", "not_configured"),
        ]
        for (path, code) in cases {
            #expect(await Self.code { try await workshop.checkout(path).refresh() } == code, "\(path)")
        }
        #expect(await Self.code { try await workshop.mirror(of: "/nowhere/at/all").refresh() } == "not_found")
    }

    @Test func `reading a checkout changes nothing in it`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        func files() throws -> [String: Date] {
            let keys: [URLResourceKey] = [.contentModificationDateKey]
            let root = URL(filePath: workshop.clone)
            let urls = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys)
            return try (urls?.allObjects as? [URL] ?? []).reduce(into: [:]) { files, url in
                files[url.path] = try url.resourceValues(forKeys: Set(keys)).contentModificationDate
            }
        }
        let before = try files()
        let repository = try workshop.checkout()
        try await repository.refresh()
        _ = try await repository.mainline(of: "main", limit: 10)
        _ = try await repository.changedFiles(from: story.good, to: story.hotfix)
        try await repository.rehearse(
            [CommandLine("git", ["push", "--force-with-lease", "origin", "\(story.good):main"])],
            main: "main",
            expecting: story.good
        )
        #expect(try files() == before)
        #expect(before.count > 20)
    }
}
