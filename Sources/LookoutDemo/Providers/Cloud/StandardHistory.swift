package import LookoutModel

/// A month of commits: three syncs from staging to main with their backup branches, then two new changes.
struct StandardHistory: Sendable {
    private(set) var history = DemoHistory()
    /// What main pointed at, oldest first.
    private(set) var main: [DemoRevision] = []
    /// What staging pointed at, oldest first.
    private(set) var staging: [DemoRevision] = []
    private(set) var pulls: [GitHubPull] = []
    private(set) var checks: [String: [GitHubCheck]] = [:]

    init(start: Timestamp) {
        let first = DemoRevision(
            message: "feat: first release",
            at: start - .seconds(86_400 * 30),
            files: ["backend/app/main.py", "src/main.tsx"],
            version: "2.0.1"
        )
        add(first)
        main = [first]
        staging = [first]
        change(
            "feat: trip sharing",
            ["src/trips/Share.tsx", "backend/app/trips.py"],
            "2.0.2",
            start,
            days: 15
        )
        sync("trip sharing", start, days: 14)
        change("fix: PAM reconnects", ["backend/app/pam.py"], "2.0.3", start, days: 8)
        sync("PAM reconnects", start, days: 7)
        change(
            "feat: budget overview",
            ["src/wins/Budget.tsx", "backend/app/wins.py"],
            "2.0.4",
            start,
            days: 3
        )
        sync("budget overview", start, days: 2)
        change("feat: voice replies", ["backend/app/tts.py", "src/pam/Voice.tsx"], "2.0.5", start, days: 1)
        change("fix: map zoom", ["src/map/Zoom.ts"], "2.0.5", start, days: 0.5)
        if let head = main.last { history.set("main", to: head.id) }
        if let head = staging.last { history.set("staging", to: head.id) }
    }

    /// What a branch's deploys were made of, oldest first.
    func deployed(on branch: String) -> [DemoRevision] { branch == "main" ? main : staging }

    /// A commit that was built for production and never published.
    var neverPublished: DemoRevision { staging.dropLast(2).last ?? staging[0] }

    private mutating func add(_ revision: DemoRevision) {
        history.add(revision)
        checks[revision.id] = [
            GitHubCheck("build", conclusion: "success", at: revision.at),
            GitHubCheck("tests", conclusion: "success", at: revision.at),
        ]
    }

    /// A reviewed change on staging.
    private mutating func change(
        _ message: String,
        _ files: [String],
        _ version: String,
        _ start: Timestamp,
        days: Double
    ) {
        guard let parent = staging.last else { return }
        let revision = DemoRevision(
            parents: [parent.id],
            message: message,
            at: start - .seconds(86_400 * days),
            files: files,
            version: version
        )
        add(revision)
        staging.append(revision)
        review(revision, commits: [revision.id], base: "staging")
    }

    /// The merge of staging into main, after a backup branch, as the workflow asks for it.
    private mutating func sync(_ what: String, _ start: Timestamp, days: Double) {
        guard let old = main.last, let tip = staging.last else { return }
        let time = start - .seconds(86_400 * days)
        let merge = DemoRevision(
            parents: [old.id, tip.id],
            message: "feat: sync staging to production - \(what)",
            at: time,
            files: tip.files,
            version: tip.version
        )
        add(merge)
        history.set(BackupName.at(time - .seconds(300)), to: old.id)
        main.append(merge)
        review(merge, commits: [merge.id, tip.id], base: "main")
    }

    private mutating func review(_ revision: DemoRevision, commits: [String], base: String) {
        pulls.append(
            GitHubPull(
                number: 40 + pulls.count,
                title: revision.title,
                author: "ada",
                base: base,
                head: base == "main" ? revision.parents[1] : revision.id,
                commits: commits,
                mergeCommit: revision.id,
                mergedAt: revision.at,
                reviews: [
                    .init(
                        by: "grace",
                        "APPROVED",
                        of: base == "main" ? revision.parents[1] : revision.id,
                        at: revision.at - .seconds(1800)
                    )
                ]
            )
        )
    }
}

/// Names of backup branches: `backup/main-before-sync-20250820-124908`, in UTC.
package enum BackupName {
    package static func at(_ time: Timestamp) -> String {
        let digits = time.rfc3339.filter(\.isNumber)
        return "backup/main-before-sync-\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))"
    }
}
