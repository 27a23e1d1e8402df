/// The commits and branches of the simulated repository.
package struct DemoHistory: Sendable {
    package private(set) var revisions: [String: DemoRevision] = [:]
    /// What each branch points at.
    package private(set) var branches: [String: String] = [:]

    package init() {}

    package mutating func add(_ revision: DemoRevision) {
        revisions[revision.id] = revision
    }

    /// Points a branch at a commit, or removes it.
    package mutating func set(_ branch: String, to id: String?) {
        branches[branch] = id
    }

    package func head(of branch: String) -> DemoRevision? {
        branches[branch].flatMap { revisions[$0] }
    }

    /// The commit that a branch, a full commit name or an unambiguous beginning of one stands for.
    package func resolve(_ reference: String) -> DemoRevision? {
        let name = reference.hasPrefix("heads/") ? String(reference.dropFirst("heads/".count)) : reference
        if let head = head(of: name) ?? revisions[name] { return head }
        guard name.count >= 7 else { return nil }
        let candidates = revisions.values.filter { $0.id.hasPrefix(name) }
        return candidates.count == 1 ? candidates.first : nil
    }

    /// The commit and all that it comes from.
    package func ancestry(of id: String) -> Set<String> {
        var known: Set<String> = []
        var open = [id]
        while let next = open.popLast() {
            guard let revision = revisions[next], known.insert(next).inserted else { continue }
            open += revision.parents
        }
        return known
    }

    package func isAncestor(_ old: String, of new: String) -> Bool {
        ancestry(of: new).contains(old)
    }

    /// What the second has and the first has not, oldest first.
    package func commits(from old: String?, to new: String) -> [DemoRevision] {
        ordered(ancestry(of: new).subtracting(old.map(ancestry) ?? []))
    }

    /// The newest commit that both come from.
    package func mergeBase(_ one: String, _ other: String) -> DemoRevision? {
        let common = ancestry(of: one).intersection(ancestry(of: other))
        let older = Set(common.flatMap { id in ancestry(of: id).subtracting([id]) })
        return ordered(common.subtracting(older)).last
    }

    /// The files that differ when a branch goes from one commit to the other, forwards or backwards.
    package func changedFiles(from old: String?, to new: String) -> [String] {
        let forwards = commits(from: old, to: new)
        let backwards = old.map { commits(from: new, to: $0) } ?? []
        return Set((forwards + backwards).flatMap(\.files)).sorted()
    }

    private func ordered(_ ids: Set<String>) -> [DemoRevision] {
        ids.compactMap { revisions[$0] }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }
}
