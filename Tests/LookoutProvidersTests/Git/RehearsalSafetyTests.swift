import Foundation
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// What a rehearsal does not do, whatever it is given.
@Suite(.withGit)
struct RehearsalSafetyTests {
    @Test(arguments: [
        [], ["-c", "alias.x=!touch trap", "x"], ["push", "--receive-pack=touch trap", "origin", "main"],
        ["push", "https://example.org/x", "main"], ["push", "/srv/real.git", "main"], ["clone", "origin"],
        ["fetch", "--upload-pack", "touch trap", "origin"], ["config", "core.hooksPath", "x"],
        ["log", "--output=trap"], ["push", "--repo=/srv/real.git"], ["remote", "add", "x", "/srv/real.git"],
        ["--git-dir=/srv/real.git", "update-ref", "-d", "refs/heads/main"],
        ["fetch", "--upload-p=x", "origin"],
        ["-C", "/srv", "status"], ["rebase", "--exec", "touch trap", "main"],
        ["submodule", "foreach", "touch trap"],
    ])
    func `a command that could leave the clone is not carried out`(arguments: [String]) async throws {
        let workshop = try await GitWorkshop()
        let main = try await workshop.head()
        for failure in try await RehearsalTests.rehearse(
            workshop,
            [CommandLine("git", arguments)],
            expecting: main
        ) {
            #expect(failure?.code == "unexpected")
        }
    }

    @Test func `other programs, variables and nothing at all are not rehearsed`() async throws {
        let workshop = try await GitWorkshop()
        let main = try await workshop.head()
        let plans = [
            [CommandLine("curl", ["https://example.org"])], [CommandLine("sh", ["-c", "git status"])], [],
            [CommandLine("git", ["push", "origin", "$BRANCH"], variables: ["BRANCH"])],
        ]
        for plan in plans {
            for failure in try await RehearsalTests.rehearse(workshop, plan, expecting: main) {
                #expect(failure?.code == "unexpected")
            }
        }
    }

    @Test func `what a killed rehearsal left behind is no obstacle`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let folder = "\(workshop.work)/rehearsal/remote.git/objects"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/link",
            withDestinationPath: workshop.clone
        )
        try Data([1]).write(to: URL(filePath: "\(folder)/file"))
        let failures = try await RehearsalTests.rehearse(
            workshop,
            RehearsalTests.pinned(story.hotfix, story.good),
            expecting: story.good
        )
        #expect(failures == [nil, nil, nil])
        #expect(FileManager.default.fileExists(atPath: "\(workshop.clone)/README.md"))
    }
}
