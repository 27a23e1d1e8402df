import LookoutDeployments
import LookoutModel

/// Sorts check runs and statuses into what has passed, failed, and is not decided.
struct GitHubChecks {
    /// Lookout's own statuses: the gate must not wait for itself.
    private static let ownPrefix = "lookout/"
    private static let maximumNameBytes = 120

    private var passed: Set<String> = []
    private var failed: Set<String> = []
    private var pending: Set<String> = []

    /// A run is over only with a conclusion; a word that nobody knows decides nothing.
    mutating func add(run: AnswerObject) throws(ProviderFailure) {
        let name = try run.required(try run.words("name", atMost: Self.maximumNameBytes), "name")
        let status = try run.required(try run.text("status"), "status")
        guard status == "completed" else {
            pending.insert(name)
            return
        }
        switch try run.text("conclusion") {
        case "success", "neutral", "skipped": passed.insert(name)
        case "failure", "cancelled", "timed_out", "action_required", "startup_failure": failed.insert(name)
        default: pending.insert(name)
        }
    }

    mutating func add(status: AnswerObject) throws(ProviderFailure) {
        let context = try status.required(
            try status.words("context", atMost: Self.maximumNameBytes),
            "context"
        )
        guard !context.hasPrefix(Self.ownPrefix) else { return }
        switch try status.required(try status.text("state"), "state") {
        case "success": passed.insert(context)
        case "failure", "error": failed.insert(context)
        default: pending.insert(context)
        }
    }

    /// By name; one of several with a name that has failed is a failure, and one that is not decided decides nothing.
    var sorted: CommitChecks {
        CommitChecks(
            passed: passed.subtracting(failed).subtracting(pending).sorted(),
            failed: failed.sorted(),
            pending: pending.subtracting(failed).sorted()
        )
    }
}
