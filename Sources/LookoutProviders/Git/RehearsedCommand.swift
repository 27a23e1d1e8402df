import LookoutDeployments
import LookoutModel

/// A command of a rollback plan that may be carried out in a throw-away clone.
///
/// Only what cannot leave that clone is let through: a few subcommands, options that name neither a program nor
/// a place, and no remote but `origin`.
struct RehearsedCommand {
    private static let subcommands: Set = [
        "fetch", "checkout", "switch", "reset", "revert", "merge", "branch", "push", "pull", "log", "status",
        "rev-parse", "show-ref",
    ]
    private static let remoteSubcommands: Set = ["fetch", "push", "pull"]
    private static let options: Set = [
        "--", "--end-of-options", "--abort", "--atomic", "--detach", "--ff", "--ff-only", "--force",
        "--force-with-lease", "--force-if-includes", "--hard", "--keep", "--mainline", "--merge", "--mixed",
        "--no-edit", "--no-ff", "--no-tags", "--no-verify", "--oneline", "--porcelain", "--prune", "--quiet",
        "--remotes", "--soft", "--verify", "-1", "-B", "-C", "-b", "-c", "-d", "-f", "-m", "-q", "-r",
    ]

    let arguments: [String]
    /// For people, on one line.
    let text: String

    init(_ command: CommandLine) throws(ProviderFailure) {
        let words = [command.program] + command.arguments
        arguments = command.arguments
        text = PlainText.line(words.joined(separator: " "), atMost: 200)
        guard command.program == "git", command.variables.isEmpty, let first = arguments.first,
            Self.subcommands.contains(first)
        else {
            throw .unexpected("\"\(text)\" cannot be rehearsed: it is not one of the git commands for that")
        }
        let rest = arguments.dropFirst()
        if let option = rest.first(where: { $0.hasPrefix("-") && !Self.isAllowed($0) }) {
            throw .unexpected(
                "\"\(text)\" cannot be rehearsed with \(PlainText.line(option, atMost: 40))"
            )
        }
        guard Self.remoteSubcommands.contains(first) else { return }
        let place = rest.first { !$0.hasPrefix("-") }
        guard place == nil || place == "origin" else {
            throw .unexpected("\"\(text)\" cannot be rehearsed: it speaks to another remote than origin")
        }
    }

    private static func isAllowed(_ option: String) -> Bool {
        let name = String(option.prefix { $0 != "=" })
        return options.contains(name) && (name == option || name == "--force-with-lease")
    }
}
