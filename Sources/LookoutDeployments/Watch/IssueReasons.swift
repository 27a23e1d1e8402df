import LookoutModel

/// What the error tracker says against a deployment.
enum IssueReasons {
    /// From so many users, or so many times, a new error is a reason to roll back.
    static let users = 5
    static let count = 20

    static func regressions(_ issues: [TrackedIssue], since start: Timestamp) -> [WatchVerdict.Reason] {
        news(issues, since: start).filter(isGrave).map { reason($0, severity: .major) }
    }

    static func doubts(_ issues: [TrackedIssue], since start: Timestamp) -> [WatchVerdict.Reason] {
        news(issues, since: start).filter { !isGrave($0) }.map { reason($0, severity: .minor) }
    }

    /// New errors, and errors that came back; one that went on all the time is not news.
    private static func news(_ issues: [TrackedIssue], since start: Timestamp) -> [TrackedIssue] {
        issues.filter { issue in
            guard ["error", "fatal"].contains(issue.level) else { return false }
            return switch issue.novelty {
            case .new, .regressed, .escalating: issue.lastSeen >= start
            case .ongoing: issue.firstSeen >= start
            }
        }
    }

    static func isGrave(_ issue: TrackedIssue) -> Bool {
        issue.level == "fatal" || issue.users >= users || issue.count >= count
    }

    private static func reason(_ issue: TrackedIssue, severity: Severity) -> WatchVerdict.Reason {
        let id = PlainText.line(issue.shortID, atMost: 60)
        let title = PlainText.line(issue.title, atMost: 160)
        let text =
            "\(issue.novelty.rawValue) error \(id) \"\(title)\": \(issue.count) times, \(issue.users) users"
        return WatchVerdict.Reason(kind: "issues", text: text, severity: severity)
    }
}
