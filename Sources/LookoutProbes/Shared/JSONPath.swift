import LookoutModel
package import LookoutSettings

/// A way into a JSON value: `services.database`, `items[0].name`, `["a.b"].c`.
package struct JSONPath: SettingsValue, Hashable, CustomStringConvertible {
    private enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    private let steps: [Step]
    /// The path as it was written.
    package let description: String

    /// Parses a path; nil if it is none.
    init?(_ text: String) {
        var steps: [Step] = []
        var rest = text[...]
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let step = JSONPath.bracketStep(&rest) else { return nil }
                steps.append(step)
            } else {
                if !steps.isEmpty {
                    guard rest.first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                let key = rest.prefix { $0 != "." && $0 != "[" }
                guard !key.isEmpty else { return nil }
                steps.append(.key(String(key)))
                rest = rest.dropFirst(key.count)
            }
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
        description = text
    }

    /// Where most services say their version: the top-level `version`.
    static let version = JSONPath(key: "version")

    private init(key: String) {
        steps = [.key(key)]
        description = key
    }

    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a JSON path such as services.database") else {
            return nil
        }
        guard let path = JSONPath(text) else {
            context.error(
                "\"\(text)\" is not a JSON path",
                at: node,
                hint: "write keys with dots and indexes in brackets: items[0].name"
            )
            return nil
        }
        self = path
    }

    /// The value at the path; nil if any step of it is missing.
    func value(in root: JSONValue) -> JSONValue? {
        steps.reduce(root as JSONValue?) { value, step in
            switch (step, value) {
            case (.key(let key), let value?): value[key]
            case (.index(let index), .array(let elements)) where index < elements.count: elements[index]
            default: nil
            }
        }
    }

    private static func bracketStep(_ rest: inout Substring) -> Step? {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let content = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if let index = Int(content), index >= 0 { return .index(index) }
        guard content.count >= 2, content.first == "\"", content.last == "\"" else { return nil }
        return .key(String(content.dropFirst().dropLast()))
    }
}
