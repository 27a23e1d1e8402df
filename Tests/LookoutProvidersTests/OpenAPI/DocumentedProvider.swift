import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Synchronization

/// A provider that grants what its own description has, and answers with every field that this promises.
struct DocumentedProvider {
    let document: OpenAPIDocument
    private let examples = Examples()
    /// What was asked for that the description does not have.
    let strange = Recorder<String>()
    /// The paths that were asked, with names in braces.
    let asked = Recorder<String>()

    init(document: OpenAPIDocument) {
        self.document = document
    }

    /// A provider that answers one path with one field of a wrong type.
    func provider(spoiling spoiled: (path: String, way: [String])? = nil) -> ScriptedProvider {
        ScriptedProvider { [self] request, _ in
            let (path, query) = Self.parts(of: request.url)
            guard let operation = document.operation(request.method, path) else {
                strange.record("\(request.method) \(path)")
                return .answer("{}", status: 404)
            }
            asked.record(operation.path)
            for (name, value) in query { check(name, value, operation) }
            guard let schema = operation.answer else { return .answer("") }
            guard let spoiled, spoiled.path == operation.path else {
                return .answer(
                    examples.text(operation.path) { SchemaExample(document: document).value(schema) }
                )
            }
            return .answer(SchemaExample(document: document, spoiled: spoiled.way).value(schema).jsonText)
        }
    }

    /// Examples that were made already, by their paths.
    private final class Examples: Sendable {
        private let texts = Mutex<[String: String]>([:])

        func text(_ path: String, _ make: () -> JSONValue) -> String {
            if let text = texts.withLock({ $0[path] }) { return text }
            let text = make().jsonText
            texts.withLock { $0[path] = text }
            return text
        }
    }

    /// The ways to all fields of the answer at a path.
    func ways(at path: String) -> [[String]] {
        guard let schema = document.operation("GET", path)?.answer else { return [] }
        return SchemaExample(document: document).ways(schema)
    }

    private func check(_ name: String, _ value: String, _ operation: OpenAPIDocument.Operation) {
        guard let schema = operation.parameters[name] else {
            strange.record("\(operation.path) has no parameter \(name)")
            return
        }
        let words = schema["enum"] ?? schema["items"]?["enum"]
        if case .array(let words)? = words, !words.contains(.string(value)) {
            strange.record("\(operation.path): \(name) may not be \(value)")
        }
    }

    /// The path and the names and values of a URL; values are left encoded.
    private static func parts(of url: String) -> (String, [(String, String)]) {
        let path = url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
        let halves = path.split(separator: "?", maxSplits: 1)
        let query = halves.count > 1 ? halves[1].split(separator: "&") : []
        return (
            String(halves[0]),
            query.map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(sides[0]), String(sides[1]))
            }
        )
    }
}
