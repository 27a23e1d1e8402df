/// A program to be run once: what it is given, and how much of it is waited for and kept.
package struct ProgramPlan: Hashable, Sendable {
    /// What is kept of what a program says.
    package enum Capture: Hashable, Sendable {
        /// Standard output and standard error in one, as they come: so many bytes at the end.
        case lastWords(Int)
        /// Standard output whole, and the last bytes of standard error apart from it.
        ///
        /// A program that writes more than `output` bytes is killed: half an answer is none.
        case whole(output: Int, errors: Int)
    }

    /// An absolute path: nothing is searched for.
    package var path: String
    /// Those after the program's name, handed over as they are: there is no shell.
    package var arguments: [String]
    /// All that it sees of an environment.
    package var environment: [String: String]
    /// Where it runs; nil is where Lookout does.
    package var directory: String?
    /// What it reads from its standard input.
    package var input: [UInt8]
    /// After this it is killed, with all that it has started.
    package var timeout: Duration
    package var capture: Capture

    package init(
        path: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        directory: String? = nil,
        input: [UInt8] = [],
        timeout: Duration = .seconds(10),
        capture: Capture = .lastWords(4096)
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
        self.timeout = timeout
        self.capture = capture
    }
}
