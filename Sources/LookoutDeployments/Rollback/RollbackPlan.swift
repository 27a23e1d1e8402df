/// What could be rolled back, the smallest sufficient action first; people carry it out.
package struct RollbackPlan: Hashable, Sendable {
    /// How an option is carried out.
    package enum Means: String, Hashable, Sendable, CaseIterable {
        case netlify, render, variables
        /// The workflow's own form: reset to the backup branch and push with a lease.
        case gitBackup = "git-backup"
        /// The same target by its commit and with the expected commit in the lease.
        case gitPinned = "git-pinned"
        /// A revert of the merge, where the branch may not be forced.
        case gitRevert = "git-revert"
    }

    /// Something to do, in words and as a command.
    package struct Step: Hashable, Sendable {
        package var text: String
        /// Nil for what is done by hand.
        package var command: CommandLine?

        package init(_ text: String, command: CommandLine? = nil) {
            self.text = text
            self.command = command
        }
    }

    /// One way back, with what it undoes and what it leaves.
    package struct Option: Hashable, Sendable {
        package var means: Means
        package var title: String
        /// Deploy id or commit that users get again.
        package var target: String
        /// The commit that the branch must still point at, where git is used; else somebody has moved it meanwhile.
        package var expects: CommitID?
        /// Why it is known that the target was really live.
        package var proof: [String]
        package var steps: [Step]
        /// What is switched back once it has worked: autodeploy, locks.
        package var afterwards: [Step]
        package var undoes: [String]
        /// What stays as it is: migrations, variables.
        package var leaves: [String]
        package var cautions: [String]

        package init(
            _ means: Means,
            title: String,
            target: String,
            expects: CommitID? = nil,
            proof: [String] = [],
            steps: [Step],
            afterwards: [Step] = [],
            undoes: [String] = [],
            leaves: [String] = [],
            cautions: [String] = []
        ) {
            self.means = means
            self.title = title
            self.target = target
            self.expects = expects
            self.proof = proof
            self.steps = steps
            self.afterwards = afterwards
            self.undoes = undoes
            self.leaves = leaves
            self.cautions = cautions
        }
    }

    /// What to do, in one sentence with its reason; also where that is to do nothing.
    package var suggestion: String
    /// In the order in which they are to be tried; those after `suggestedCount` are alternatives.
    package var options: [Option]
    /// How many of the first options belong together: both sides are worse, so frontend, backend, then git.
    package var suggestedCount: Int
    /// What could not be found out, and which option is missing for that.
    package var unknown: [String]

    package init(suggestion: String, options: [Option], suggestedCount: Int, unknown: [String] = []) {
        self.suggestion = suggestion
        self.options = options
        self.suggestedCount = suggestedCount
        self.unknown = unknown
    }
}
