import LookoutModel
import LookoutRules
import LookoutSettings

/// Holds the facts of a sample against what probe types declare: a typo would make a rule see nothing.
struct FactCheck {
    let types: [ProbeTypeFacts]

    func check(_ facts: Located<PlainValue>, _ diagnostics: inout Diagnostics) {
        guard case .object(let byType) = facts.value.json else {
            diagnostics.error(
                "facts are given by the probe's type",
                at: facts.position,
                hint: "write facts: {cors: {refused: [...]}}"
            )
            return
        }
        for (name, values) in byType.sorted(by: { $0.key < $1.key }) {
            guard let type = types.first(where: { $0.name == name }) else {
                diagnostics.error(
                    "there is no probe type \"\(name.shortened)\"",
                    at: facts.position,
                    hint: Spelling.hint(for: name, among: types.map(\.name))
                )
                continue
            }
            guard case .object(let members) = values else {
                diagnostics.error("the facts of \(name) are given by name", at: facts.position)
                continue
            }
            for (fact, value) in members.sorted(by: { $0.key < $1.key }) {
                check(fact, value, of: type, at: facts.position, &diagnostics)
            }
        }
    }

    private func check(
        _ name: String,
        _ value: JSONValue,
        of type: ProbeTypeFacts,
        at position: SourcePosition,
        _ diagnostics: inout Diagnostics
    ) {
        guard let fact = type.facts.first(where: { $0.name == name }) else {
            diagnostics.error(
                "\(type.name) has no fact \"\(name.shortened)\"",
                at: position,
                hint: Spelling.hint(for: name, among: type.facts.map(\.name))
            )
            return
        }
        guard !fact.kind.takes(value) else { return }
        diagnostics.error(
            "the fact \"\(name)\" of \(type.name) is \(fact.kind.words), not \(value.jsonText.shortened)",
            at: position
        )
    }
}

extension FactField.Kind {
    fileprivate func takes(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (_, .null), (.bool, .bool), (.int, .int), (.double, .double), (.double, .int),
            (.string, .string),
            (.dynamic, _):
            true
        case (.strings, .array(let elements)): elements.allSatisfy { $0.string != nil }
        default: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .bool: "true or false"
        case .int: "a whole number"
        case .double: "a number"
        case .string: "a text"
        case .strings: "a list of texts"
        case .dynamic: "anything"
        }
    }
}
