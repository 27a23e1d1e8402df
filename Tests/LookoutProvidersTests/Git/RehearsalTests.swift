import Foundation
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// Rollbacks that are really carried out, where they can do no harm.
@Suite(.withGit)
struct RehearsalTests {
    /// The workflow's own form, as a colleague's clone needs it.
    private static func reset(to backup: String) -> [CommandLine] {
        [
            CommandLine("git", ["fetch", "origin"]),
            CommandLine("git", ["branch", "--force", backup, "origin/\(backup)"]),
            CommandLine("git", ["checkout", "main"]),
            CommandLine("git", ["reset", "--hard", backup]),
            CommandLine("git", ["push", "--force-with-lease", "origin", "main"]),
        ]
    }

    static func pinned(_ bad: CommitID, _ good: CommitID) -> [CommandLine] {
        [
            CommandLine("git", ["fetch", "origin"]),
            CommandLine("git", ["push", "--force-with-lease=main:\(bad)", "origin", "\(good):main"]),
        ]
    }

    private static func revert(_ merge: CommitID) -> [CommandLine] {
        [
            CommandLine("git", ["fetch", "origin"]),
            CommandLine("git", ["checkout", "main"]),
            CommandLine("git", ["revert", "--no-edit", "-m", "1", merge.text]),
            CommandLine("git", ["push", "origin", "main"]),
        ]
    }

    /// Rehearses through each way of reading, and checks that the real remote stays as it is.
    static func rehearse(
        _ workshop: GitWorkshop,
        _ commands: [CommandLine],
        expecting commit: CommitID,
        protection: BranchProtection? = nil
    ) async throws -> [ProviderFailure?] {
        let before = try await workshop.remoteState()
        var failures: [ProviderFailure?] = []
        for repository in [
            try workshop.mirror(), try workshop.checkout(), try workshop.checkout(workshop.remote),
        ] {
            try await repository.refresh()
            do throws(ProviderFailure) {
                try await repository.rehearse(
                    commands,
                    main: "main",
                    expecting: commit,
                    protection: protection
                )
                failures.append(nil)
            } catch {
                failures.append(error)
            }
        }
        #expect(try await workshop.remoteState() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(workshop.work)/rehearsal"))
        return failures
    }

    @Test func `the workflow's form brings main back to its backup`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let failures = try await Self.rehearse(workshop, Self.reset(to: story.backup), expecting: story.good)
        #expect(failures == [nil, nil, nil])
    }

    @Test func `a reset to a backup that the clone does not have is found out`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let commands = Self.reset(to: story.backup).filter { $0.arguments.first != "branch" }
        for failure in try await Self.rehearse(workshop, commands, expecting: story.good) {
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains("git reset --hard \(story.backup)") == true)
        }
    }

    @Test func `the pinned form brings main to the first parent of the bad merge`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let failures = try await Self.rehearse(
            workshop,
            Self.pinned(story.hotfix, story.good),
            expecting: story.good
        )
        #expect(failures == [nil, nil, nil])
    }

    @Test func `a lease on a commit that main has left is lost`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        for failure in try await Self.rehearse(
            workshop,
            Self.pinned(story.sync, story.good),
            expecting: story.good
        ) {
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains("stale info") == true)
        }
    }

    @Test func `a rollback after a hotfix that would take the hotfix away is not what was expected`()
        async throws
    {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        // The latest backup is older than the good state before the hotfix.
        for failure in try await Self.rehearse(workshop, Self.reset(to: story.backup), expecting: story.sync)
        {
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains(story.good.short) == true)
            #expect(failure?.message.contains(story.sync.short) == true)
        }
    }

    @Test func `a revert gives the content back with a commit of its own`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.sync):main"])
        let failures = try await Self.rehearse(workshop, Self.revert(story.sync), expecting: story.good)
        #expect(failures == [nil, nil, nil])
    }

    @Test func `a remote that refuses force takes a revert and not a reset`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.sync):main"])
        try await workshop.run([
            "--git-dir", workshop.remote, "config", "receive.denyNonFastForwards", "true",
        ])
        for failure in try await Self.rehearse(workshop, Self.reset(to: story.backup), expecting: story.good)
        {
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains("non-fast-forward") == true)
        }
        let failures = try await Self.rehearse(workshop, Self.revert(story.sync), expecting: story.good)
        #expect(failures == [nil, nil, nil])
    }

    @Test func `what the code host protects is protected in the rehearsal`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let forms = [Self.pinned(story.hotfix, story.good), Self.reset(to: story.backup)]
        let protections = [
            BranchProtection(allowsForcePush: false, requiresPullRequest: false, isLocked: false),
            BranchProtection(allowsForcePush: true, requiresPullRequest: true, isLocked: false),
            BranchProtection(allowsForcePush: true, requiresPullRequest: false, isLocked: true),
        ]
        for (commands, protection) in forms.flatMap({ form in protections.map { (form, $0) } }) {
            for failure in try await Self.rehearse(
                workshop,
                commands,
                expecting: story.good,
                protection: protection
            ) {
                #expect(failure?.code == "refused")
            }
        }
        let open = BranchProtection(allowsForcePush: true, requiresPullRequest: false, isLocked: false)
        for commands in forms {
            #expect(
                try await Self.rehearse(workshop, commands, expecting: story.good, protection: open)
                    == [nil, nil, nil]
            )
        }
    }

    @Test func `commands that touch another branch as well do not pass`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let more = [
            ["push", "origin", "main:refs/heads/release"], ["push", "origin", ":staging"],
            ["push", "-f", "origin", "\(story.good):staging"],
        ]
        for arguments in more {
            let commands = Self.reset(to: story.backup) + [CommandLine("git", arguments)]
            for failure in try await Self.rehearse(workshop, commands, expecting: story.good) {
                #expect(failure?.code == "refused")
                #expect(failure?.message.contains("must not") == true)
            }
        }
    }

    @Test func `a merge that is to come is rehearsed together with the way back`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["push", "--quiet", "--force", "origin", "\(story.good):main"])
        let merge = [
            CommandLine("git", ["fetch", "origin"]), CommandLine("git", ["checkout", "main"]),
            CommandLine("git", ["merge", "--no-ff", "-m", "rehearsal", story.staging.text]),
            CommandLine("git", ["push", "origin", "main"]),
        ]
        let revert = [
            CommandLine("git", ["revert", "--no-edit", "-m", "1", "HEAD"]),
            CommandLine("git", ["push", "origin", "main"]),
        ]
        for commands in [merge + Self.reset(to: story.backup), merge + revert] {
            #expect(try await Self.rehearse(workshop, commands, expecting: story.good) == [nil, nil, nil])
        }
    }

    @Test func `a merge that conflicts is found out, with the file`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.person(["checkout", "--quiet", "-b", "rival", story.good.text])
        try await workshop.commit("rival", files: ["web/map.js": "another map"])
        try await workshop.person(["push", "--quiet", "origin", "rival"])
        let merge = CommandLine("git", ["merge", "--no-ff", "-m", "x", "origin/rival"])
        for failure in try await Self.rehearse(workshop, [merge], expecting: story.hotfix) {
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains("Merge conflict in web/map.js") == true)
        }
    }
}
