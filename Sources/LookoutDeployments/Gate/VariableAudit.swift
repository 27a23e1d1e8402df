import LookoutModel

/// The variables of a place against those that it must have.
package struct VariableAudit: Hashable, Sendable {
    /// Names that must be there and are not.
    package var missing: [String] = []
    /// Names with another value than they must have.
    package var wrong: [String] = []
    /// Names that must only be there, and are there without a value.
    package var empty: [String] = []
    /// Names whose value is of interest and cannot be read.
    package var unreadable: [String] = []
    /// Names that are as they must be.
    package var confirmed: [String] = []
    /// Lines that put right what is missing or wrong, as far as the values are known.
    package private(set) var linesToPaste: [String] = []

    /// - Parameters:
    ///   - found: what is there; of a repeated name the last counts, as it does where they are read.
    ///   - expected: exact values by name; nil for what must only be there.
    package init(of found: [ProviderVariable], against expected: [String: String?]) {
        let values = Dictionary(found.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        for (name, wanted) in expected.sorted(by: { $0.key < $1.key }) {
            guard let value = values[name] else {
                missing.append(name)
                linesToPaste.append(Self.line(name, wanted))
                continue
            }
            switch (wanted, value?.reveal()) {
            case (_, nil): if wanted == nil { confirmed.append(name) } else { unreadable.append(name) }
            case (nil, let text?):
                if text.allSatisfy(\.isWhitespace) { empty.append(name) } else { confirmed.append(name) }
            case (let wanted?, let text?):
                if text == wanted {
                    confirmed.append(name)
                } else {
                    wrong.append(name)
                    linesToPaste.append(Self.line(name, wanted))
                }
            }
        }
    }

    /// Whether everything is known to be as it must be.
    package var isClean: Bool { missing.isEmpty && wrong.isEmpty && empty.isEmpty && unreadable.isEmpty }

    private static func line(_ name: String, _ value: String?) -> String {
        guard let value else { return "\(name)=<its secret>" }
        return "\(name)=\(EnvironmentFile.quoted(value))"
    }
}

/// How the variables of two environments must relate to one another.
package struct VariableParity: Hashable, Sendable {
    /// What is not as the policy has it.
    package private(set) var objections: [String] = []
    /// What cannot be compared.
    package private(set) var doubts: [String] = []

    package init(
        _ policy: DeploymentSettings.Parity,
        first: (name: String, variables: [ProviderVariable]),
        second: (name: String, variables: [ProviderVariable])
    ) {
        let left = Dictionary(
            first.variables.map { ($0.name, $0.value) },
            uniquingKeysWith: { _, last in last }
        )
        let right = Dictionary(
            second.variables.map { ($0.name, $0.value) },
            uniquingKeysWith: { _, last in last }
        )
        let ignored = Set(policy.ignored)
        for name in Set(left.keys).symmetricDifference(right.keys).subtracting(ignored).sorted() {
            let (has, lacks) = left[name] == nil ? (second.name, first.name) : (first.name, second.name)
            objections.append("\(name) is at \(has) and not at \(lacks)")
        }
        for (names, shallBeEqual) in [(policy.equal, true), (policy.different, false)] {
            for name in names {
                guard let one = left[name], let other = right[name] else {
                    if left[name] == nil, right[name] == nil { objections.append("\(name) is at neither") }
                    continue
                }
                guard let one, let other else {
                    doubts.append("\(name) cannot be compared: its value cannot be read back")
                    continue
                }
                if (one == other) != shallBeEqual {
                    objections.append("\(name) is \(shallBeEqual ? "different" : "the same") in both")
                }
            }
        }
    }
}
