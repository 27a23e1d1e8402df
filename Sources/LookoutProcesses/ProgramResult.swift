/// How a run of a program went.
package struct ProgramResult: Hashable, Sendable {
    /// How it came to its end.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
        case timedOut
        case cancelled
        /// It was killed, since it wrote more than its plan allows.
        case saidTooMuch
        /// It could not be started, with the `errno` of that.
        case unstartable(Int32)
    }

    package var ending: Ending
    /// What it wrote to its standard output; and to standard error as well, where the plan keeps last words.
    package var output: [UInt8]
    /// The end of its standard error, where the plan keeps it apart.
    package var errors: [UInt8]

    package init(ending: Ending, output: [UInt8] = [], errors: [UInt8] = []) {
        self.ending = ending
        self.output = output
        self.errors = errors
    }
}
