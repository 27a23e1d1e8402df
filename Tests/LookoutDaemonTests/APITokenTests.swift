import Glibc
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDaemon

@Suite struct TokensOfTheLocalAPI {
    @Test func `a token is made for the agent's user alone, and read back`() throws {
        let folder = try ScratchFolder("token")
        defer { folder.remove() }
        let token = try APIToken.make(in: folder.path)
        #expect(token.reveal().utf8.count == 64)
        #expect(try APIToken.read(in: folder.path) == token)
        var status = stat()
        #expect(stat(APIToken.path(in: folder.path), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `each start has its own`() throws {
        let folder = try ScratchFolder("token")
        defer { folder.remove() }
        let first = try APIToken.make(in: folder.path)
        let second = try APIToken.make(in: folder.path)
        #expect(first != second)
        #expect(try APIToken.read(in: folder.path) == second)
    }

    @Test func `what a link points to is not written`() throws {
        let folder = try ScratchFolder("token")
        defer { folder.remove() }
        try folder.write("precious", to: "file")
        #expect(symlink(folder.file("file"), APIToken.path(in: folder.path)) == 0)
        #expect(symlink(folder.file("file"), APIToken.path(in: folder.path) + ".new") == 0)
        let token = try APIToken.make(in: folder.path)
        #expect(try APIToken.read(in: folder.path) == token)
        var status = stat()
        #expect(lstat(APIToken.path(in: folder.path), &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFREG)
    }

    @Test func `where there is none the message says what to do`() throws {
        let folder = try ScratchFolder("token")
        defer { folder.remove() }
        let error = #expect(throws: AgentError.self) { try APIToken.read(in: folder.path) }
        #expect(error?.description.contains("is it running with this configuration?") == true)
    }
}
