import ArgumentParser
import Glibc

/// The program: what `main` calls.
package enum CommandLineProgram {
    /// Reads the command line, runs the command, and ends the process with its exit code.
    package static func run() async {
        // A reader that has gone is an error of the one write to it, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        await LookoutCommand.main()
    }
}
