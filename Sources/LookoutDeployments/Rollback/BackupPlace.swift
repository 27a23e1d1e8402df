import LookoutModel

/// Where the backup branches stand, by their commits: their names hold local times and say nothing of their order.
struct BackupPlace {
    struct Backup: Hashable {
        let branch: String
        let commit: CommitID
    }

    /// A backup of exactly the commit that is wanted.
    let matching: String?
    /// The backup that people would take for the latest, where it is an older state than the wanted one.
    let stale: Backup?

    init(_ git: RollbackFacts.Git, target: CommitID) {
        let backups = (git.backups.value ?? [:]).map { Backup(branch: $0.key, commit: $0.value) }
            .filter { Self.isBranchName($0.branch) }
            .sorted { $0.branch < $1.branch }
        matching = backups.last { $0.commit == target }?.branch
        guard matching == nil, let mainline = git.mainline.value,
            let place = mainline.firstIndex(where: { $0.id == target })
        else {
            stale = nil
            return
        }
        let older = mainline[(place + 1)...].map(\.id)
        let ranks = Dictionary(zip(older, older.indices), uniquingKeysWith: { first, _ in first })
        stale = backups.filter { ranks[$0.commit] != nil }
            .min { (ranks[$0.commit] ?? 0, $1.branch) < (ranks[$1.commit] ?? 0, $0.branch) }
    }

    /// Whether a command can name the branch: an option, or a name that git itself refuses, is never written down.
    private static func isBranchName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("-") && !name.contains("..")
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.value > 0x20 && scalar.value != 0x7f && !"~^:?*[\\".unicodeScalars.contains(scalar)
            }
    }
}

/// How it is known that a commit was really what users had.
struct GitProof {
    let facts: RollbackFacts
    let git: RollbackFacts.Git

    func lines(for commit: CommitID) -> [String] {
        var lines: [String] = []
        let branch = PlainText.line(git.branch, atMost: 100)
        if commit == git.before { lines.append("\(branch) pointed at \(commit.short) until the deployment") }
        if let mainline = git.mainline.value {
            if let index = mainline.firstIndex(where: { $0.id == commit }) {
                if index > 0, mainline[index - 1].parents.first == commit {
                    lines.append(
                        "it is the first parent of \(mainline[index - 1].id.short) in the history of \(branch)"
                    )
                }
            } else {
                lines.append(
                    "it is not among the last \(mainline.count) commits of \(branch)'s own history: look before you push"
                )
            }
        }
        for host in [facts.frontend, facts.backend].compactMap(\.self) {
            let live = host.deploys.value?.filter { $0.commit == commit && $0.liveAt != nil }
                .max { ($0.liveAt ?? .epoch) < ($1.liveAt ?? .epoch) }
            if let live, let liveAt = live.liveAt {
                lines.append(
                    "\(host.provider) had it live since \(liveAt.rfc3339) (\(PlainText.line(live.id, atMost: 100)))"
                )
            }
        }
        return lines
    }
}
