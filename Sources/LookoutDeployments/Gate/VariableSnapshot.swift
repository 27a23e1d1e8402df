package import LookoutModel

/// Whose variables they are.
package struct VariablePlace: Hashable, Sendable {
    package var environment: String
    package var part: EnvironmentPart

    package init(environment: String, part: EnvironmentPart) {
        self.environment = environment
        self.part = part
    }
}

/// The variables of a place at a time, without a value in clear.
package struct VariableSnapshot: Hashable, Sendable {
    package var place: VariablePlace
    package var at: Timestamp
    /// By name: a keyed digest of the value, by which equal values are known; nil where it could not be read.
    package var digests: [String: String?]

    package init(place: VariablePlace, at time: Timestamp, digests: [String: String?]) {
        self.place = place
        self.at = time
        self.digests = digests
    }

    /// What is different in `newer`; a value that could not be read is not known to have changed.
    package func changes(to newer: VariableSnapshot) -> VariableChanges {
        let (old, new) = (Set(digests.keys), Set(newer.digests.keys))
        let changed = old.intersection(new).filter { name in
            guard case .some(.some(let before)) = digests[name],
                case .some(.some(let after)) = newer.digests[name]
            else { return false }
            return before != after
        }
        return VariableChanges(
            added: new.subtracting(old).sorted(),
            removed: old.subtracting(new).sorted(),
            changed: changed.sorted()
        )
    }
}
