package import LookoutModel

/// A commit of the simulated repository, and what the program at this commit is like.
package struct DemoRevision: Hashable, Sendable {
    /// 40 hexadecimal digits; those of a real repository, or made up.
    package let id: String
    package var parents: [String]
    package var message: String
    package var author: String
    package var at: Timestamp
    /// The files that it changes against its first parent.
    package var files: [String]
    /// What `/health` and the page say.
    package var version: String
    /// What is wrong with the program as a whole at this commit.
    package var flaws: Set<DemoFlaw>

    package init(
        id: String? = nil,
        parents: [String] = [],
        message: String,
        author: String = "Ada Example",
        at time: Timestamp,
        files: [String] = [],
        version: String,
        flaws: Set<DemoFlaw> = []
    ) {
        self.id =
            id
            ?? Identifiers.commit("\(parents) \(message) \(author) \(time.microseconds) \(files) \(version)")
        self.parents = parents
        self.message = message
        self.author = author
        self.at = time
        self.files = files
        self.version = version
        self.flaws = flaws
    }

    /// The first line of the message.
    package var title: String { String(message.prefix { !$0.isNewline }) }

    package func faults(of part: DemoPart) -> Set<DemoFaultKind> {
        Set(flaws.compactMap { if case .fault(part, let kind) = $0 { kind } else { nil } })
    }

    package func failures(of side: DemoSide) -> Set<DeployFailure> {
        Set(flaws.compactMap { if case .deploy(side, let failure) = $0 { failure } else { nil } })
    }
}
