import LookoutDeployments

/// Puts together what a branch's settings and the rulesets say of it; the stricter counts.
struct GitHubProtection {
    private(set) var result: BranchProtection?

    /// Takes in the settings of the branch; nil for none.
    mutating func add(settings: AnswerObject?) throws(ProviderFailure) {
        guard let settings else { return }
        var protection = open
        // A protected branch takes no force unless its settings say that it does.
        let force = try settings.object("allow_force_pushes")?.flag("enabled")
        protection.allowsForcePush = protection.allowsForcePush && force == true
        if settings["required_pull_request_reviews"] != nil { protection.requiresPullRequest = true }
        if try settings.object("lock_branch")?.flag("enabled") == true { protection.isLocked = true }
        result = protection
    }

    /// Takes in one rule of a ruleset; those that say nothing of pushes change nothing.
    mutating func add(rule: AnswerObject) throws(ProviderFailure) {
        var protection = open
        switch try rule.text("type") {
        case "non_fast_forward": protection.allowsForcePush = false
        case "pull_request", "merge_queue": protection.requiresPullRequest = true
        case "update": protection.isLocked = true
        default: break
        }
        result = protection
    }

    private var open: BranchProtection {
        result ?? BranchProtection(allowsForcePush: true, requiresPullRequest: false, isLocked: false)
    }
}
