import Glibc

/// A program of this machine that tests use, such as `openssl` or `nginx`.
package struct TestProgram: Sendable {
    package let path: String

    /// Looks in `PATH` and in the folders of system programs; nil if it is not installed.
    package init?(named name: String) {
        let folders = getenv("PATH").map { String(cString: $0).split(separator: ":").map(String.init) } ?? []
        let candidates = (folders + Self.usualFolders).map { "\($0)/\(name)" }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else { return nil }
        self.path = path
    }

    private static let usualFolders = [
        "/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin",
    ]

    /// Starts it with its output going to the file `log`, and does not wait.
    package func start(_ arguments: [String], log: String) throws(TestProgramError) -> TestProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The threads of the pool that tests run on block all signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, path, &actions, &attributes, &words, environ)
        guard code == 0 else { throw TestProgramError(path: path, status: code, log: log) }
        return TestProcess(identifier: identifier)
    }

    /// Runs it to its end; throws unless it ends with status 0.
    package func run(_ arguments: [String], log: String) throws(TestProgramError) {
        let status = try start(arguments, log: log).wait()
        guard status == 0 else { throw TestProgramError(path: path, status: status, log: log) }
    }
}

/// A program that a test has started.
package struct TestProcess: Sendable {
    let identifier: pid_t

    /// The exit status, or 128 + the signal that ended it.
    @discardableResult
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    /// Ends it and waits until it is gone.
    package func stop() {
        kill(identifier, SIGTERM)
        wait()
    }
}

/// A program did not do its work; what it said is in the log file.
package struct TestProgramError: Error {
    package let path: String
    package let status: Int32
    package let log: String
}
