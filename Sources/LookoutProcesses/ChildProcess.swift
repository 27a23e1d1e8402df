import CLinux
import Glibc

/// A program that has been started, as the leader of a process group of its own.
///
/// No call of this type blocks. The group's name stays taken until `reap` has succeeded, so a signal to it
/// never reaches somebody else.
struct ChildProcess: ~Copyable {
    let identifier: pid_t
    private let output: OutputPipe
    /// Nil where standard error goes the way of standard output.
    private let errors: OutputPipe?

    /// Starts the program; throws what keeps it from being started.
    init(_ plan: ProgramPlan) throws(SystemFault) {
        let output = try OutputPipe()
        let errors: OutputPipe? = if case .whole = plan.capture { try OutputPipe() } else { nil }
        defer {
            output.closeWritingEnd()
            errors?.closeWritingEnd()
        }
        let input = try Self.file(holding: plan.input)
        defer { close(input) }
        let ends = (input: input, output: output.writingEnd, errors: (errors ?? output).writingEnd)
        identifier = try Self.spawn(plan, ends)
        self.output = output
        self.errors = errors
    }

    /// What it has said since the last call, as far as it is there.
    func newWords() -> Words {
        Words(output: output.read(), errors: errors?.read() ?? [])
    }

    /// Whether the leader has ended; what it has started may go on.
    func hasEnded() -> Bool {
        var information = siginfo_t()
        let code = waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT | WNOHANG)
        return code != 0 || information.si_signo == SIGCHLD
    }

    /// Ends the leader and all that belongs to its group.
    func killGroup() {
        kill(-identifier, SIGKILL)
    }

    /// The status of waitpid(2), once the leader has ended: after that its name may be anybody's.
    static func reap(_ identifier: pid_t) -> Int32? {
        var status: Int32 = 0
        let result = waitpid(identifier, &status, WNOHANG)
        return result == 0 ? nil : result == identifier ? status : 0
    }
}

extension ChildProcess {
    /// What a program says, stream by stream.
    struct Words {
        var output: [UInt8]
        var errors: [UInt8]

        var isEmpty: Bool { output.isEmpty && errors.isEmpty }
    }

    /// A file without a name, so that the program reads as fast as it likes and nobody has to wait for it.
    private static func file(holding bytes: [UInt8]) throws(SystemFault) -> Int32 {
        let file = memfd_create("lookout-input", lookout_memfd_close_on_exec)
        guard file >= 0 else { throw SystemFault(errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(file)
                throw SystemFault(code)
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private static func spawn(
        _ plan: ProgramPlan,
        _ ends: (input: Int32, output: Int32, errors: Int32)
    ) throws(SystemFault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends.input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends.output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends.errors, STDERR_FILENO)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        if let directory = plan.directory { posix_spawn_file_actions_addchdir_np(&actions, directory) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of the pool block signals and the daemon ignores some: the program is to start clean.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let pairs = plan.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var words = ([plan.path] + plan.arguments).map { strdup($0) } + [nil]
        var variables = pairs.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, plan.path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw SystemFault(code) }
        return identifier
    }
}
