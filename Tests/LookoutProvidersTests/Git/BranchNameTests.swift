import LookoutDeployments
import LookoutProcesses
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProviders

/// Which names are let through to git.
struct BranchNameTests {
    @Test(arguments: ["main", "backup/main-before-sync-20250820-124908", "a.b", "é", "x@y", "$(id)", "a{b"])
    func `a name that git allows is one`(name: String) {
        #expect(BranchName.isValid(name))
    }

    @Test(arguments: [
        "", "-", "--upload-pack=touch", "a..b", ".a", "a/.b", "a.lock", "a.lock/b", "a.", "a/", "/a", "a//b",
        "a b",
        "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "a@{1}", "@", "HEAD", "a\u{7F}", "a\nb", "a\0b",
        "a\tb",
    ])
    func `a name that git does not allow is none`(name: String) {
        #expect(!BranchName.isValid(name))
        #expect(throws: ProviderFailure.self) { try BranchName(name) }
    }

    @Test(.withGit) func `git holds the same names for valid`() async throws {
        let git = try #require(GitWorkshop.git)
        let pieces = [
            "a", "main", "-", ".", "..", "/", "@", "{", "@{", "~", "^", ":", "?", "*", "[", "\\", " ",
            ".lock", "é",
            "\u{1}", "\u{7F}", "HEAD", "lock", "$", "\"", "'", "\t", "\n",
        ]
        await checkAll(cases: 150) { generator in
            var name = ""
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                name += pieces.randomElement(using: &generator) ?? ""
            }
            // The program takes it for HEAD.
            if name == "@" { return }
            let plan = ProgramPlan(
                path: git,
                arguments: ["check-ref-format", "--branch", name],
                environment: ["GIT_CEILING_DIRECTORIES": "/"],
                directory: "/",
                timeout: .seconds(600)
            )
            let result = await ProgramRunner().run(plan, timekeeper: RealTimekeeper())
            try #require(
                BranchName.isValid(name) == (result.ending == .exited(0)),
                "\(name.debugDescription)"
            )
        }
    }
}
