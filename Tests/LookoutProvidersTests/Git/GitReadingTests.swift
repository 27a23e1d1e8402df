import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// What is read of a repository; the same through a copy of the remote and in a person's checkout.
@Suite(.withGit)
struct GitReadingTests {
    enum Way: CaseIterable {
        case mirror, checkout, bare
    }

    private static func repository(_ workshop: GitWorkshop, _ way: Way) async throws -> GitProgramRepository {
        let repository =
            switch way {
            case .mirror: try workshop.mirror()
            case .checkout: try workshop.checkout()
            case .bare: try workshop.checkout(workshop.remote)
            }
        try await repository.refresh()
        return repository
    }

    @Test(arguments: Way.allCases)
    func `branches point where the remote says`(way: Way) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try await Self.repository(workshop, way)
        #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
        #expect(try await repository.remoteCommit(of: "staging") == story.staging)
        #expect(try await repository.remoteCommit(of: "release") == nil)
        // A pattern of a glob would take this for a branch.
        #expect(try await repository.remoteCommit(of: "sync-20250820-124908") == nil)
    }

    @Test(arguments: Way.allCases)
    func `backups are found by their beginning, and told by their commit and not by their name`(
        way: Way
    ) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        // Pushed later, with an earlier name: the clock of a laptop stood elsewhere.
        let earlier = "backup/main-before-sync-20240101-000000"
        try await workshop.person(["push", "--quiet", "origin", "\(story.sync):refs/heads/\(earlier)"])
        try await workshop.person(["push", "--quiet", "origin", "main:backups/other"])
        let repository = try await Self.repository(workshop, way)
        #expect(
            try await repository.remoteBranches(withPrefix: "backup/main-before-sync-")
                == [story.backup: story.good, earlier: story.sync]
        )
        #expect(try await repository.remoteBranches(withPrefix: "").count == 5)
        #expect(try await repository.remoteBranches(withPrefix: "nothing/").isEmpty)
    }

    @Test(arguments: Way.allCases)
    func `the mainline is what main pointed at, one after another`(way: Way) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try await Self.repository(workshop, way)
        let line = try await repository.mainline(of: "main", limit: 10)
        #expect(line.map(\.id) == [story.hotfix, story.sync, story.good])
        #expect(line[1].parents == [story.good, story.staging])
        #expect(line[1].subject == "feat: sync staging to production")
        #expect(line[1].author == "Ada")
        #expect(line[1].at == Timestamp(rfc3339: "2025-08-20T12:00:00Z"))
        #expect(try await repository.mainline(of: "main", limit: 1).map(\.id) == [story.hotfix])
        #expect(try await repository.commit(story.sync) == line[1])
    }

    @Test(arguments: Way.allCases)
    func `what one commit has over another`(way: Way) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try await Self.repository(workshop, way)
        let new = try await repository.commits(from: story.good, to: story.sync, limit: 10)
        #expect(new.map(\.id) == [story.sync, story.staging])
        #expect(try await repository.commits(from: story.sync, to: story.good, limit: 10).isEmpty)
        #expect(try await repository.commits(from: story.good, to: story.hotfix, limit: 2).count == 2)
        #expect(try await repository.isAncestor(story.good, of: story.hotfix))
        #expect(try await !repository.isAncestor(story.hotfix, of: story.good))
        #expect(try await repository.mergeBase(story.staging, story.hotfix) == story.staging)
        #expect(
            try await repository.changedFiles(from: story.good, to: story.hotfix).sorted()
                == ["backend/app.py", "supabase/migrations/20250820_map.sql", "web/map.js"]
        )
    }

    @Test(arguments: ["supabase/migrations", "/supabase/migrations/", "./supabase/migrations"])
    func `files are named relative to their folder`(folder: String) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.checkout()
        #expect(try await repository.files(under: folder, at: story.sync) == ["20250820_map.sql"])
    }

    @Test(arguments: ["supabase/migrations", "README.md", "../person", ":(top)", "a\nb"])
    func `no folder is something else than an empty one`(folder: String) async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let repository = try workshop.checkout()
        await #expect(throws: ProviderFailure.self) {
            try await repository.files(under: folder, at: story.good)
        }
    }

    @Test func `two histories with nothing in common have no base`() async throws {
        let workshop = try await GitWorkshop()
        let main = try await workshop.head()
        try await workshop.person(["checkout", "--quiet", "--orphan", "other"])
        try await workshop.commit("other", files: ["other": "1"])
        let other = try await workshop.head()
        let repository = try workshop.checkout()
        #expect(try await repository.mergeBase(main, other) == nil)
        #expect(try await !repository.isAncestor(main, of: other))
    }

    @Test func `names and messages may hold anything`() async throws {
        let workshop = try await GitWorkshop()
        let message = "feat: \u{1B}[31m$(id) `id` \"quoted\" ; rm -rf / \\ é\n\nsecond\tparagraph"
        try await workshop.commit(message, files: ["a file with $(id) and \"quotes\"": "1", "é\u{1B}": "2"])
        try await workshop.person(["push", "--quiet", "origin", "main"])
        for name in ["$(id)", "`id`", "a;b", "x|y", "a'b\"c", "é", "-", "&&"] {
            try await workshop.person(["push", "--quiet", "origin", "main:refs/heads/odd/\(name)"])
        }
        let repository = try workshop.mirror()
        try await repository.refresh()
        let tip = try #require(try await repository.remoteCommit(of: "main"))
        let commit = try await repository.commit(tip)
        #expect(commit.subject == "feat: \u{1B}[31m$(id) `id` \"quoted\" ; rm -rf / \\ é")
        let parent = try #require(commit.parents.first)
        #expect(
            try await repository.changedFiles(from: parent, to: tip).sorted()
                == ["a file with $(id) and \"quotes\"", "é\u{1B}"]
        )
        let odd = try await repository.remoteBranches(withPrefix: "odd/")
        #expect(odd.count == 8)
        for name in odd.keys { #expect(try await repository.remoteCommit(of: name) == tip) }
    }
}
