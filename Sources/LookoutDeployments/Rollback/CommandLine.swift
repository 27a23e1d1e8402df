/// A program and its arguments, as a person would type them and as a test carries them out.
package struct CommandLine: Hashable, Sendable {
    package var program: String
    package var arguments: [String]
    /// Values from the environment that the person's shell fills in, such as `NETLIFY_TOKEN`; never a secret itself.
    ///
    /// An argument may hold `$NAME` of one of these, and only of these.
    package var variables: [String]

    package init(_ program: String, _ arguments: [String], variables: [String] = []) {
        self.program = program
        self.arguments = arguments
        self.variables = variables
    }
}
