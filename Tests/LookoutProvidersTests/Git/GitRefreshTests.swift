import Foundation
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// Lookout's own copy of a remote.
@Suite(.withGit)
struct GitRefreshTests {
    @Test func `nothing is known before the first fetch, and that is said`() async throws {
        let workshop = try await GitWorkshop()
        let repository = try workshop.mirror()
        let failure = await #expect(throws: ProviderFailure.self) {
            try await repository.remoteCommit(of: "main")
        }
        #expect(failure?.code == "unreachable")
    }

    @Test func `a fetch brings new branches, moved ones and the end of others`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.mirror()
        try await repository.refresh()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.good):main", ":staging"])
        try await workshop.person(["push", "--quiet", "origin", "main:release"])
        #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
        try await repository.refresh()
        #expect(try await repository.remoteCommit(of: "main") == story.good)
        #expect(try await repository.remoteCommit(of: "staging") == nil)
        #expect(try await repository.remoteCommit(of: "release") == story.hotfix)
    }

    @Test func `what a rollback has pushed away is still known`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.mirror()
        try await repository.refresh()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.good):main"])
        try await repository.refresh()
        #expect(try await repository.commit(story.hotfix).subject == "fix: hotfix")
    }

    @Test func `a commit that is on no branch is asked for by its name`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.good):main"])
        try await workshop.run([
            "--git-dir", workshop.remote, "config", "uploadpack.allowAnySHA1InWant", "true",
        ])
        let repository = try workshop.mirror()
        try await repository.refresh()
        #expect(try await repository.commit(story.hotfix).subject == "fix: hotfix")
        let unknown = try #require(CommitID(String(repeating: "ab", count: 20)))
        let failure = await #expect(throws: ProviderFailure.self) { try await repository.commit(unknown) }
        #expect(failure?.code == "not_found")
    }

    @Test(arguments: ["packed-refs.lock", "HEAD", "objects", "config", "refs/heads/main"])
    func `a damaged copy is made anew`(part: String) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.mirror()
        try await repository.refresh()
        let file = URL(filePath: workshop.work).appending(path: "mirror.git/\(part)")
        try? FileManager.default.removeItem(at: file)
        try Data("rubbish".utf8).write(to: file)
        try await workshop.person(["push", "--quiet", "origin", "main:release", ":staging"])
        try await repository.refresh()
        #expect(try await repository.remoteCommit(of: "release") == story.hotfix)
        #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
        #expect(try await repository.remoteCommit(of: "staging") == nil)
    }

    @Test func `a copy of another remote is never taken for this one`() async throws {
        let (first, second) = (try await GitWorkshop(), try await GitWorkshop())
        try await first.person(["push", "--quiet", "origin", "main:only-there"])
        try await first.mirror().refresh()
        let moved = try first.mirror(of: second.remote)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await moved.remoteCommit(of: "only-there")
        }
        #expect(failure?.code == "unreachable")
        try await moved.refresh()
        #expect(try await moved.remoteCommit(of: "only-there") == nil)
    }

    @Test func `a remote that has gone leaves what was fetched, and the failure says so`() async throws {
        let workshop = try await GitWorkshop()
        let repository = try workshop.mirror()
        try await repository.refresh()
        let main = try await repository.remoteCommit(of: "main")
        try FileManager.default.removeItem(atPath: workshop.remote)
        let failure = await #expect(throws: ProviderFailure.self) { try await repository.refresh() }
        #expect(failure?.code == "not_found")
        #expect(try await repository.remoteCommit(of: "main") == main)
    }

    @Test func `five that refresh at once do not hurt one another`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await withThrowingTaskGroup(of: CommitID?.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    let repository = try workshop.mirror()
                    try await repository.refresh()
                    return try await repository.remoteCommit(of: "main")
                }
            }
            for try await commit in group { #expect(commit == story.hotfix) }
        }
    }
}
