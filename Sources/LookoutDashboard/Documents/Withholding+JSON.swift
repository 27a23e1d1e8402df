package import LookoutAlerting
package import LookoutModel

extension Withholding {
    /// Why people are not told, by a word for programs and in words for people.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["kind": .string(kind), "reason": .string(words)]
        switch self {
        case .silence(let id, let until):
            members["silence"] = .string(id)
            members["until"] = .string(until.rfc3339)
        case .maintenance(_, let until): members["until"] = .string(until.rfc3339)
        case .parent, .verdict: break
        }
        return .object(members)
    }

    /// `silence`, `maintenance`, `dependency`, `verdict`.
    package var kind: String {
        switch self {
        case .silence: "silence"
        case .maintenance: "maintenance"
        case .parent: "dependency"
        case .verdict: "verdict"
        }
    }

    /// One line for people.
    package var words: String {
        switch self {
        case .silence(let id, let until): "silenced by \(id.prefix(8)) until \(until.rfc3339)"
        case .maintenance(let name, let until): "maintenance \(name) until \(until.rfc3339)"
        case .parent(let rule): "explained by \(rule)"
        case .verdict(let rule, _): "waiting for what \(rule) says"
        }
    }
}
