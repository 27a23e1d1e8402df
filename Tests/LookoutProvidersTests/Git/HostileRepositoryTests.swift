import Foundation
import LookoutDeployments
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// Nothing of a repository becomes a program that runs, and no name becomes an option.
@Suite(.withGit)
struct HostileRepositoryTests {
    @Test func `settings of a checkout that name programs run none`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        let trap = workshop.scratch.file("trap")
        let program = workshop.scratch.file("run.sh")
        try workshop.scratch.write("#!/bin/sh\necho \"$0 $*\" >> '\(trap)'\ncat\n", to: "run.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let keys = [
            "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "gpg.program",
            "diff.external", "credential.helper", "diff.trap.textconv", "filter.trap.smudge",
            "filter.trap.clean",
        ]
        for key in keys { try await workshop.person(["config", key, program]) }
        try await workshop.person(["config", "core.hooksPath", "hooks"])
        try await workshop.person(["config", "log.showSignature", "true"])
        try workshop.scratch.write("* diff=trap filter=trap\n", to: "person/.git/info/attributes")
        for hook in ["post-checkout", "pre-push", "post-rewrite", "reference-transaction", "post-merge"] {
            for folder in ["person/.git/hooks", "person/hooks"] {
                try FileManager.default.createDirectory(
                    atPath: workshop.scratch.file(folder),
                    withIntermediateDirectories: true
                )
                try? FileManager.default.copyItem(
                    atPath: program,
                    toPath: workshop.scratch.file("\(folder)/\(hook)")
                )
            }
        }
        let repository = try workshop.checkout(allowsWriting: true)
        try await repository.refresh()
        _ = try await repository.mainline(of: "main", limit: 10)
        _ = try await repository.changedFiles(from: story.good, to: story.hotfix)
        _ = try await repository.files(under: "web", at: story.hotfix)
        try await repository.createRemoteBranch("backup/made", at: story.good)
        try await repository.rehearse(
            [
                CommandLine("git", ["checkout", "main"]),
                CommandLine("git", ["reset", "--hard", story.good.text]),
                CommandLine("git", ["push", "--force-with-lease", "origin", "main"]),
            ],
            main: "main",
            expecting: story.good
        )
        #expect(!FileManager.default.fileExists(atPath: trap))
    }

    @Test(arguments: [
        "ext::sh -c touch% trap", "ext::sh", "fd::17", "-u", "--upload-pack=touch", "git://h/x", "a b",
    ])
    func `an address that is a program, an option or another protocol is refused`(
        address: String
    ) async throws {
        let workshop = try await GitWorkshop()
        #expect(throws: ProviderFailure.self) { try RemoteAddress(address) }
        try await workshop.person(["config", "remote.origin.url", address])
        await #expect(throws: ProviderFailure.self) { try await workshop.checkout().refresh() }
    }

    @Test func `an address that a repository rewrites into a program is refused by git itself`() async throws
    {
        let workshop = try await GitWorkshop()
        let trap = workshop.scratch.file("trap")
        try await workshop.person(["config", "url.ext::touch \(trap) #.insteadOf", "https://"])
        try await workshop.person(["config", "remote.origin.url", "https://example.invalid/x.git"])
        await #expect(throws: ProviderFailure.self) { try await workshop.checkout().refresh() }
        #expect(!FileManager.default.fileExists(atPath: trap))
    }

    @Test(arguments: [
        "-", "--all", "--upload-pack=touch trap", "a..b", "x:y", "*", "@{upstream}", "a b", "a\nb",
    ])
    func `a name that is no branch reaches no command`(name: String) async throws {
        let workshop = try await GitWorkshop()
        let main = try await workshop.head()
        let repository = try workshop.checkout(allowsWriting: true)
        let calls: [() async throws -> Void] = [
            { _ = try await repository.remoteCommit(of: name) },
            { _ = try await repository.remoteBranches(withPrefix: name) },
            { _ = try await repository.mainline(of: name, limit: 1) },
            { try await repository.createRemoteBranch(name, at: main) },
            {
                try await repository.rehearse([CommandLine("git", ["fetch"])], main: name, expecting: main)
            },
        ]
        for call in calls {
            let failure = await #expect(throws: ProviderFailure.self) { try await call() }
            #expect(failure?.code == "refused")
            #expect(failure?.message.contains("\n") == false)
        }
    }

    @Test(arguments: [
        "author A <a@b> 99999999999999999999 +9999\ncommitter A <a@b> 99999999999999999999 +9999\n\n\u{1B}[2J x\n",
        "author A <a@b> -5 +0000\ncommitter A <a@b> -5 +0000\n\n", "\n", "author\ncommitter\n\n\r\n\r\nx",
        "author \t\u{1B} <> 1 +0000\ncommitter x\nencoding UTF-99\n\n"
            + String(repeating: "x", count: 100_000),
    ])
    func `a commit that no program would write is read without harm`(rest: String) async throws {
        let workshop = try await GitWorkshop()
        let tree = try await workshop.person(["rev-parse", "HEAD^{tree}"])
        try workshop.scratch.write("tree \(tree)\n\(rest)", to: "commit")
        let name = try await workshop.person([
            "hash-object", "-t", "commit", "-w", "--literally", workshop.scratch.file("commit"),
        ])
        let id = try #require(CommitID(name))
        let commit = try await workshop.checkout().commit(id)
        #expect(commit.id == id)
        #expect(commit.parents.isEmpty)
        #expect(commit.subject.utf8.count <= 4096)
        #expect(commit.at >= .epoch)
    }

    @Test func `a clone without its contents fetches none of them`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.run(["--git-dir", workshop.remote, "config", "uploadpack.allowFilter", "true"])
        let path = workshop.scratch.file("partial")
        try await workshop.run([
            "clone", "--quiet", "--bare", "--filter=blob:none", "file://\(workshop.remote)", path,
        ])
        let repository = try workshop.checkout(path)
        #expect(try await repository.mainline(of: "main", limit: 9).count == 3)
        #expect(try await repository.changedFiles(from: story.good, to: story.hotfix).count == 3)
        let unknown = try #require(CommitID(String(repeating: "ab", count: 20)))
        await #expect(throws: ProviderFailure.self) { try await repository.commit(unknown) }
        let missing = try await workshop.run([
            "--git-dir", path, "rev-list", "--objects", "--all", "--missing=print", "--quiet",
        ])
        #expect(missing.split(separator: "\n").filter { $0.hasPrefix("?") }.count == 4)
    }
}
