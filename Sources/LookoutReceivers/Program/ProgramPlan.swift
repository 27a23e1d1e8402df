/// A program to be run once: what it is given, and how much of it is waited for and kept.
struct ProgramPlan: Hashable, Sendable {
    /// An absolute path: nothing is searched for.
    var path: String
    /// Those after the program's name, handed over as they are: there is no shell.
    var arguments: [String] = []
    /// All that it sees of an environment.
    var environment: [String: String] = [:]
    /// Where it runs; nil is where Lookout does.
    var directory: String?
    /// What it reads from its standard input.
    var input: [UInt8] = []
    /// After this it is killed, with all that it has started.
    var timeout: Duration = .seconds(10)
    /// So many bytes at the end of what it says are kept.
    var maximumOutputBytes = 4096
}

/// How a run of a program went.
struct ProgramResult: Hashable, Sendable {
    /// How it came to its end.
    enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
        case timedOut
        case cancelled
        /// It could not be started, with the `errno` of that.
        case unstartable(Int32)
    }

    var ending: Ending
    /// The end of its standard output and standard error.
    var output: [UInt8] = []
}
