import LookoutModel

/// What the deployment brought, for saying what an option undoes and what it leaves.
struct ChangeList {
    /// More commits than these are only counted.
    static let mostLines = 30

    let facts: RollbackFacts

    /// What users lose with the target.
    func undone(by target: CommitID?, in part: EnvironmentPart?) -> [String] {
        guard facts.began != nil else { return ["what the deployment will bring"] }
        guard let git = facts.git else {
            return ["the change since that deploy (no repository is configured)"]
        }
        guard let target else { return ["the change since that deploy (its commit is not known)"] }
        let place = part.map { " of the \($0.rawValue)" } ?? ""
        if target == git.before {
            switch git.changes {
            case .known(let commits, _):
                return commits.isEmpty ? ["no commit"] : Self.lines(commits, place: place)
            case .unknown:
                return ["the commits\(place) after \(target.short), not listed: \(git.changes.words)"]
            }
        }
        guard let mainline = git.mainline.value, let index = mainline.firstIndex(where: { $0.id == target })
        else {
            return ["the commits\(place) after \(target.short), which are not known"]
        }
        return Self.lines(Array(mainline[..<index]), place: place)
    }

    private static func lines(_ commits: [Commit], place: String) -> [String] {
        let shown = commits.prefix(mostLines).map { commit in
            "\(commit.id.short) \(PlainText.line(commit.subject, atMost: 120))"
        }
        let rest = commits.count - shown.count
        return rest > 0 ? shown + ["and \(rest) more commits\(place)"] : shown
    }

    /// What stays as it is; nil for an option that changes all code.
    func left(by part: EnvironmentPart?) -> [String] {
        var left: [String] = []
        switch facts.migrations {
        case .known(let migrations, _):
            left += migrations.prefix(Self.mostLines).map {
                "migration \(PlainText.line($0, atMost: 120)): stays applied"
            }
        case .unknown:
            left.append("migrations: whether any came with it is not known (\(facts.migrations.words))")
        }
        let names = [facts.frontend, facts.backend].compactMap { $0?.changes.value }
            .flatMap { $0.added + $0.changed + $0.removed }
        if !names.isEmpty {
            let text = Set(names).sorted().prefix(20).map { PlainText.line($0, atMost: 80) }
            left.append("variables that were changed meanwhile: \(text.joined(separator: ", "))")
        }
        if let part {
            left.append(part == .frontend ? "the backend" : "the frontend")
            if let git = facts.git {
                left.append("\(PlainText.line(git.branch, atMost: 100)), which still has the change")
            }
        }
        return left
    }

    func cautions(for part: EnvironmentPart?) -> [String] {
        var cautions: [String] = []
        if let migrations = facts.migrations.value, !migrations.isEmpty {
            cautions.append(
                "\(migrations.count) migration\(migrations.count == 1 ? "" : "s") came with the deployment: "
                    + "the earlier code may break against the new schema"
            )
        }
        let other: EnvironmentPart = part == .frontend ? .backend : .frontend
        if let part, facts.deployedParts.contains(part), facts.deployedParts.contains(other) {
            cautions.append(
                "taken alone it leaves the new \(other.rawValue): that the earlier \(part.rawValue) works with it is not "
                    + "proved"
            )
        }
        return cautions
    }
}
