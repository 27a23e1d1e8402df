import FoundationEssentials
import LookoutModel
import LookoutTestSupport

/// A provider's own description of its API (OpenAPI 3 or Swagger 2), as far as tests ask it.
///
/// It is read where it lies, since it may not be copied.
struct OpenAPIDocument: Sendable {
    /// Something that can be asked for: a path with its names in braces, and what may be in a question.
    struct Operation {
        var path: String
        var parameters: [String: JSONValue]
        /// The schema of the answer; nil where it has no body.
        var answer: JSONValue?
    }

    private let root: JSONValue
    /// What paths of the document stand behind in a URL, such as `/api/v1`.
    private let prefix: String

    /// Nil where the shared data is not there.
    init?(_ name: String, below prefix: String = "") {
        guard let root = Self.roots[name] else { return nil }
        self.root = root
        self.prefix = prefix
    }

    /// The descriptions by their names; each is read once.
    private static let roots: [String: JSONValue] = {
        var roots: [String: JSONValue] = [:]
        for name in ["netlify", "render", "supabase", "sentry", "github"] {
            let file = SourceTree.shared()?.appending(path: "data/openapi/\(name).json")
            guard let data = file.flatMap({ try? Data(contentsOf: $0) }) else { continue }
            roots[name] = try? JSONValue(parsing: Array(data))
        }
        return roots
    }()

    /// What is asked by this method at this path of a URL; nil if the document does not have it.
    func operation(_ method: String, _ path: String) -> Operation? {
        guard path.hasPrefix(prefix), case .object(let paths)? = root["paths"] else { return nil }
        let parts = path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        for (template, item) in paths.sorted(by: { $0.key < $1.key }) {
            let names = template.split(separator: "/", omittingEmptySubsequences: false)
            let isSame =
                names.count == parts.count && zip(names, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            guard isSame, let operation = item[method.lowercased()] else { continue }
            let parameters = list(item["parameters"]) + list(operation["parameters"])
            return Operation(path: template, parameters: questions(parameters), answer: answer(of: operation))
        }
        return nil
    }

    /// The words that a field or a parameter may have; the way leads through keys of the document.
    func words(at way: [String]) -> [String] {
        let schema = way.reduce(root) { value, key in resolved(value)[key] ?? .null }
        return list(resolved(schema)["enum"]).compactMap(\.string)
    }

    /// What a `$ref` leads to.
    func resolved(_ schema: JSONValue) -> JSONValue {
        guard let reference = schema["$ref"]?.string, reference.hasPrefix("#/") else { return schema }
        let target = reference.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? .null }
        return resolved(target)
    }

    private func questions(_ parameters: [JSONValue]) -> [String: JSONValue] {
        var questions: [String: JSONValue] = [:]
        for parameter in parameters.map(resolved) where parameter["in"]?.string == "query" {
            if let name = parameter["name"]?.string { questions[name] = parameter["schema"] ?? parameter }
        }
        return questions
    }

    private func answer(of operation: JSONValue) -> JSONValue? {
        for status in ["200", "201"] {
            guard let response = operation["responses"]?[status].map(resolved) else { continue }
            return response["schema"] ?? response["content"]?["application/json"]?["schema"]
        }
        return nil
    }

    private func list(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let elements)? = value { elements } else { [] }
    }
}
