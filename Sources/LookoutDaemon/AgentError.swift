/// Why the agent could not start or go on: what failed and what to do, for people.
package struct AgentError: Error, CustomStringConvertible {
    /// What kind of thing is wrong; each has its exit code.
    package enum Code: String, CaseIterable, Sendable {
        /// The operating system or a library is not as needed.
        case system
        /// A database or the data directory cannot be used.
        case storage
        /// The address of the local API is taken or cannot be listened on.
        case address
        /// The agent's files cannot be read by this user.
        case permission
    }

    package let code: Code
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
