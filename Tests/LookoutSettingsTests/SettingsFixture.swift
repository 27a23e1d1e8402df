import LookoutModel
import LookoutSettings

/// Nodes as a YAML reader would make them, without one: position by position in a file named `test`.
extension SettingsNode {
    static func plain(_ text: String, line: Int = 1, column: Int = 1) -> SettingsNode {
        SettingsNode(.scalar(text, isQuoted: false), at: .here(line, column))
    }

    static func quoted(_ text: String, line: Int = 1, column: Int = 1) -> SettingsNode {
        SettingsNode(.scalar(text, isQuoted: true), at: .here(line, column))
    }

    static func list(_ elements: SettingsNode..., line: Int = 1) -> SettingsNode {
        SettingsNode(.sequence(elements), at: .here(line, 1))
    }

    /// A mapping whose n-th entry stands in line n, its value in column 10.
    static func mapping(_ pairs: (String, SettingsNode)...) -> SettingsNode {
        let entries = pairs.enumerated().map { index, pair in
            var value = pair.1
            value.position = .here(index + 1, 10)
            return Entry(key: pair.0, position: .here(index + 1, 1), value: value)
        }
        return SettingsNode(.mapping(entries), at: .here(1, 1))
    }

    static let nothing = SettingsNode(.null, at: .here(1, 1))
}

extension SourcePosition {
    static func here(_ line: Int, _ column: Int) -> SourcePosition {
        SourcePosition(file: "test", line: line, column: column)
    }
}

/// Reads a value and hands back what was reported, rendered.
func reading<Value: SettingsValue>(
    _ type: Value.Type = Value.self,
    _ node: SettingsNode,
    variables: [String: String] = [:],
    environment: String? = nil,
    secrets: any SecretSource = NoSecrets()
) -> (value: Value?, messages: [String]) {
    var context = SettingsContext(variables: variables, environment: environment, secrets: secrets)
    let value = Value(node, &context)
    return (value, context.diagnostics.sorted.map(\.rendered))
}

/// Secrets from a dictionary of `kind:name`.
struct FixedSecrets: SecretSource {
    var values: [String: String]

    func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> { find("env:\(name)") }
    func credential(_ name: String) -> Result<Secret, SecretLookupError> { find("credential:\(name)") }
    func file(_ path: String) -> Result<Secret, SecretLookupError> { find("file:\(path)") }

    private func find(_ reference: String) -> Result<Secret, SecretLookupError> {
        values[reference].map { .success(Secret($0)) }
            ?? .failure(SecretLookupError("\(reference) is not there"))
    }
}

/// A section with one field of every kind.
struct Section: Settings {
    enum Color: String, CaseIterable, SettingsValue {
        case red
        case green
    }

    var name = ""
    var count = 3
    var ratio = 0.5
    var isOn = false
    var color = Color.red
    var pause: Duration?
    var tags: [String] = []
    var labels: Labels = [:]
    var token: Secret?

    init() {}

    static var fields: [Field<Section>] {
        [
            Field("name", \.name, "What it is called.", required: true),
            Field("count", \.count, "How many.", in: 1...10),
            Field("ratio", \.ratio, "How much."),
            Field("on", \.isOn, "Whether it is on."),
            Field("color", \.color, "Its color."),
            Field("pause", \.pause, "How long to wait.", in: .seconds(1)...(.seconds(60))),
            Field("tags", \.tags, "Words."),
            Field("labels", \.labels, "Labels."),
            Field("token", \.token, "A secret."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if name == "forbidden" { context.error("this name is forbidden", at: node) }
    }
}
