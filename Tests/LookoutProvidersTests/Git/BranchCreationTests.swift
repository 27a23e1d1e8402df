import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// The one thing that Lookout writes to a repository: a new branch.
@Suite(.withGit)
struct BranchCreationTests {
    private static let name = "backup/main-before-sync-20261123-013000"

    @Test(arguments: [true, false])
    func `a backup is made where there is none, and nothing else is touched`(mirrored: Bool) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository =
            mirrored ? try workshop.mirror(allowsWriting: true) : try workshop.checkout(allowsWriting: true)
        try await repository.refresh()
        let before = try await workshop.remoteState()
        try await repository.createRemoteBranch(Self.name, at: story.hotfix)
        #expect(try await workshop.remoteHead(of: Self.name) == story.hotfix)
        try await workshop.run(["--git-dir", workshop.remote, "branch", "--quiet", "-D", Self.name])
        #expect(try await workshop.remoteState() == before)
    }

    @Test(arguments: ["main", "staging", "backup/main-before-sync-20250820-124908"])
    func `a branch that is there is never moved`(name: String) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let before = try await workshop.remoteState()
        for repository in [
            try workshop.checkout(allowsWriting: true),
            try workshop.checkout(workshop.remote, allowsWriting: true),
        ] {
            let failure = await #expect(throws: ProviderFailure.self) {
                try await repository.createRemoteBranch(name, at: story.sync)
            }
            #expect(failure?.code == "refused")
        }
        #expect(try await workshop.remoteState() == before)
    }

    @Test func `one that was made since the last fetch is not moved either`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.mirror(allowsWriting: true)
        try await repository.refresh()
        try await workshop.person(["push", "--quiet", "origin", "\(story.good):refs/heads/\(Self.name)"])
        // A fast-forward, which git would let through by itself.
        let failure = await #expect(throws: ProviderFailure.self) {
            try await repository.createRemoteBranch(Self.name, at: story.hotfix)
        }
        #expect(failure?.code == "refused")
        #expect(try await workshop.remoteHead(of: Self.name) == story.good)
    }

    @Test func `read only makes nothing`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let before = try await workshop.remoteState()
        let failure = await #expect(throws: ProviderFailure.self) {
            try await workshop.checkout().createRemoteBranch(Self.name, at: story.good)
        }
        #expect(failure?.code == "read_only")
        #expect(try await workshop.remoteState() == before)
    }

    @Test func `a remote that declines says why`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.run([
            "--git-dir", workshop.remote, "config", "transfer.hideRefs", "refs/heads/backup",
        ])
        let failure = await #expect(throws: ProviderFailure.self) {
            try await workshop.checkout(allowsWriting: true).createRemoteBranch(Self.name, at: story.good)
        }
        #expect(failure?.code == "refused")
        #expect(failure?.message.contains("hidden ref") == true, "\(failure?.message ?? "")")
    }
}
