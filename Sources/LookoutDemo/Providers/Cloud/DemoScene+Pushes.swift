package import LookoutModel

/// What a commit is to bring.
package struct DemoChange: Hashable, Sendable {
    package var message: String
    package var files: [String]
    /// Nil for the next one of the branch.
    package var version: String?
    /// What is wrong with the program from this commit on, in place of what was wrong before.
    package var flaws: Set<DemoFlaw>

    package init(
        message: String = "feat: a change",
        files: [String] = ["src/App.tsx", "backend/app/main.py"],
        version: String? = nil,
        flaws: Set<DemoFlaw> = []
    ) {
        self.message = message
        self.files = files
        self.version = version
        self.flaws = flaws
    }
}

/// What a sync of staging to main has made.
package struct DemoSync: Hashable, Sendable {
    package let merge: DemoRevision
    /// The branch that points at what main was; nil if none was made.
    package let backup: String?
}

extension DemoScene {
    /// Puts a commit on top of a branch and pushes it; nil if there is no such branch.
    @discardableResult
    package mutating func push(_ change: DemoChange, to branch: String, at now: Timestamp) -> DemoRevision? {
        guard let parent = cloud?.github.history.head(of: branch) else { return nil }
        let revision = revision(change, parents: [parent], now)
        cloud?.push([revision], to: branch, at: now)
        return revision
    }

    /// Merges staging into main as the workflow does: a backup branch, a merge without fast-forward, a push.
    @discardableResult
    package mutating func sync(_ change: DemoChange, makesBackup: Bool, at now: Timestamp) -> DemoSync? {
        guard let main = cloud?.github.history.head(of: "main"),
            let tip = cloud?.github.history.head(of: "staging")
        else { return nil }
        let backup = makesBackup ? BackupName.at(now) : nil
        if let backup { cloud?.github.move(backup, to: main.id, at: now) }
        var change = change
        change.files = cloud?.github.history.changedFiles(from: main.id, to: tip.id) ?? change.files
        change.version = change.version ?? tip.version
        change.flaws.formUnion(tip.flaws)
        let merge = revision(change, parents: [main, tip], now)
        cloud?.push([merge], to: "main", at: now)
        return DemoSync(merge: merge, backup: backup)
    }

    /// Makes a fix on a branch of its own and merges it into main and staging, without a backup branch.
    @discardableResult
    package mutating func hotfix(_ change: DemoChange, name: String, at now: Timestamp) -> DemoRevision? {
        guard let main = cloud?.github.history.head(of: "main") else { return nil }
        let fix = revision(change, parents: [main], now)
        cloud?.push([fix], to: "hotfix/critical-\(name)", at: now)
        for branch in ["staging", "main"] {
            guard let head = cloud?.github.history.head(of: branch) else { continue }
            var merged = change
            merged.message = "Merge branch 'hotfix/critical-\(name)' into \(branch)"
            merged.version = fix.version
            let merge = revision(merged, parents: [head, fix], now)
            cloud?.push([merge], to: branch, at: now)
        }
        return cloud?.github.history.head(of: "main")
    }

    private func revision(_ change: DemoChange, parents: [DemoRevision], _ now: Timestamp) -> DemoRevision {
        DemoRevision(
            parents: parents.map(\.id),
            message: change.message,
            at: now,
            files: change.files,
            version: change.version ?? Self.next(parents[0].version),
            flaws: change.flaws
        )
    }

    /// The version with its last number one higher: `2.0.4` → `2.0.5`.
    private static func next(_ version: String) -> String {
        var numbers = version.split(separator: ".").map(String.init)
        guard let last = numbers.popLast().flatMap({ Int($0) }) else { return version }
        return (numbers + [String(last + 1)]).joined(separator: ".")
    }
}
