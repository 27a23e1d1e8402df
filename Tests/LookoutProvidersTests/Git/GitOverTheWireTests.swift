import Foundation
import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutTestSupport
import Testing

/// The real git program against a server that answers as hosts of repositories do.
@Suite(.withGit)
struct GitOverTheWireTests {
    private static let token = "ghp_9f8e7d6c5b4a"

    private static func repository(
        _ address: String,
        token: String? = token,
        in workshop: GitWorkshop,
        git: String? = nil,
        patience: GitProgram.Patience = .init()
    ) throws -> GitProgramRepository {
        let path = try #require(git ?? GitWorkshop.git)
        return GitProgramRepository(
            .remote(try RemoteAddress(address), token: token.map { Secret($0) }),
            program: GitProgram(path: path, timekeeper: RealTimekeeper(), patience: patience),
            workFolder: workshop.work,
            allowsWriting: false
        )
    }

    @Test(arguments: [
        (401, "unauthorized"), (403, "forbidden"), (404, "not_found"), (429, "rate_limited"),
        (500, "unreachable"), (502, "unreachable"), (503, "unreachable"),
    ])
    func `each refusal of a server is told from the others`(status: Int, code: String) async throws {
        let workshop = try await GitWorkshop()
        try await withLoopbackServer(
            answering: { _ in LoopbackAnswer(status, body: "no \u{1B}[31m \(Self.token)") },
            { server in
                let address = "http://ada:hunter2@127.0.0.1:\(server.port)/a.git"
                for token in [Self.token, nil] {
                    let failure = await #expect(throws: ProviderFailure.self) {
                        try await Self.repository(address, token: token, in: workshop).refresh()
                    }
                    #expect(failure?.code == code, "\(failure?.message ?? "")")
                    let text = failure?.message ?? ""
                    for secret in [Self.token, "hunter2", "\u{1B}", "\n"] { #expect(!text.contains(secret)) }
                }
            }
        )
    }

    @Test func `the token goes into a header, for this server alone`() async throws {
        let workshop = try await GitWorkshop()
        try await withLoopbackServer(
            answering: { _ in LoopbackAnswer(200) },
            { other in
                let elsewhere = other.url("/a.git/info/refs?service=git-upload-pack")
                try await withLoopbackServer(
                    answering: { _ in LoopbackAnswer(302, headers: [HeaderField("Location", elsewhere)]) },
                    { server in
                        await #expect(throws: ProviderFailure.self) {
                            try await Self.repository(server.url("/a.git"), in: workshop).refresh()
                        }
                        let expected = Base64.encoded(Array("x-access-token:\(Self.token)".utf8))
                        #expect(server.requests.first?.header("Authorization") == "Basic \(expected)")
                        #expect(server.requests.allSatisfy { !$0.target.contains(Self.token) })
                    }
                )
                #expect(other.requests.isEmpty)
            }
        )
    }

    @Test func `a repository behind a web server is fetched with the token`() async throws {
        let workshop = try await GitWorkshop()
        let story = try await workshop.deploy()
        try await workshop.run(["--git-dir", workshop.remote, "update-server-info"])
        let root = workshop.remote
        try await withLoopbackServer(
            answering: { request in
                let path = request.target.dropFirst("/a.git".count).prefix { $0 != "?" }
                guard request.header("Authorization") != nil,
                    let data = FileManager.default.contents(atPath: root + path)
                else { return LoopbackAnswer(404) }
                var answer = LoopbackAnswer(200)
                answer.body = Array(data)
                return answer
            },
            { server in
                let repository = try Self.repository(server.url("/a.git"), in: workshop)
                try await repository.refresh()
                #expect(try await repository.remoteCommit(of: "main") == story.hotfix)
                #expect(try await repository.mainline(of: "main", limit: 5).count == 3)
            }
        )
    }

    @Test func `a server that nobody runs is not reached`() async throws {
        let workshop = try await GitWorkshop()
        let failure = await #expect(throws: ProviderFailure.self) {
            try await Self.repository(closedLoopbackURL() + "a.git", in: workshop).refresh()
        }
        #expect(failure?.code == "unreachable")
    }

    @Test(arguments: ["<html>\u{1B}]0;title\u{7}</html>", "<html>\n<p>Log in</p>\n</html>", ""])
    func `a page is not taken for a repository without branches`(page: String) async throws {
        let workshop = try await GitWorkshop()
        try await withLoopbackServer(
            answering: { _ in LoopbackAnswer(200, body: page) },
            { server in
                try await workshop.person(["config", "remote.origin.url", server.url("/a.git")])
                let checkout = try workshop.checkout()
                let mirror = try Self.repository(server.url("/a.git"), in: workshop)
                for repository in [checkout, mirror] {
                    let failure = await #expect(throws: ProviderFailure.self) {
                        try await repository.refresh()
                    }
                    #expect(failure?.code == "unexpected", "\(failure?.message ?? "")")
                    #expect(failure?.message.contains("\u{1B}") == false)
                    await #expect(throws: ProviderFailure.self) {
                        try await repository.remoteCommit(of: "main")
                    }
                }
            }
        )
    }

    @Test func `a server that never answers is given up`() async throws {
        let workshop = try await GitWorkshop()
        try await withLoopbackServer(
            { connection in
                _ = try connection.readRequest()
                _ = try connection.readRequest()
            },
            { server in
                let patience = GitProgram.Patience(remote: .milliseconds(500))
                let failure = await #expect(throws: ProviderFailure.self) {
                    try await Self.repository(server.url("/a.git"), in: workshop, patience: patience)
                        .refresh()
                }
                #expect(failure?.code == "unreachable")
            }
        )
    }

    @Test func `no secret is among the arguments, and nothing is inherited`() async throws {
        let workshop = try await GitWorkshop()
        let log = workshop.scratch.file("calls")
        let script = """
            #!/bin/sh
            { echo "ARGUMENTS $*"; env; } >> '\(log)'
            echo "fatal: https://ada:hunter2@example.org/ said \(Self.token)" >&2
            exit 1

            """
        try workshop.scratch.write(script, to: "git.sh")
        let program = workshop.scratch.file("git.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await Self.repository(
                "https://ada:hunter2@example.org/a.git",
                in: workshop,
                git: program
            ).refresh()
        }
        #expect(failure?.message.contains("hunter2") == false)
        let text = try String(contentsOf: URL(filePath: log), encoding: .utf8)
        let arguments = text.split(separator: "\n").filter { $0.hasPrefix("ARGUMENTS") }
        #expect(!arguments.isEmpty)
        for secret in [Self.token, "hunter2"] { #expect(arguments.allSatisfy { !$0.contains(secret) }) }
        for line in [
            "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
        ] {
            #expect(text.contains(line))
        }
        #expect(!text.contains("LOOKOUT_SHARED"))
    }

    @Test func `a program that is not there is named`() async throws {
        let workshop = try await GitWorkshop()
        let failure = await #expect(throws: ProviderFailure.self) {
            try await Self.repository("/srv/a.git", in: workshop, git: "/nowhere/git").refresh()
        }
        #expect(failure?.code == "not_configured")
        #expect(failure?.message.contains("/nowhere/git") == true)
    }
}
