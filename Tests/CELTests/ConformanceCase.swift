import CEL
import Foundation

/// A line of the conformance data, see its README for the format.
struct ConformanceCase: Decodable {
    struct Expectation: Decodable {
        struct Place: Decodable {
            let line: Int
            let column: Int
        }

        var value: JSON?
        var error: Bool?
        var stage: String?
        var issues: [Place]?
        var deducedType: String?

        enum CodingKeys: String, CodingKey {
            case value, error, stage, issues
            case deducedType = "deduced_type"
        }
    }

    struct Declaration: Decodable {
        struct Signature: Decodable {
            let id: String
            let params: [String]
            let result: String
            let member: Bool
        }

        let name: String
        var type: String?
        var overloads: [Signature]?
    }

    let id: String
    let expr: String
    var expect: Expectation
    var container: String?
    var bindings: [String: JSON]?
    var typeEnvironment: [Declaration]?
    var isUnchecked: Bool?
    var isCheckOnly: Bool?
    /// The checker's type in the files of our own.
    var type: String?
    /// What cel-cpp answers, in the files of our own.
    var celCpp: JSON?

    enum CodingKeys: String, CodingKey {
        case id, expr, expect, container, bindings, type
        case typeEnvironment = "type_env"
        case celCpp = "cel_cpp"
        case isUnchecked = "disable_check"
        case isCheckOnly = "check_only"
    }
}

/// JSON as it comes.
enum JSON: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var array: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
