package import LookoutSettings

/// What an answer must look like: the `expect` part of a probe's settings.
package struct HTTPExpectations: Settings, Hashable {
    var status = StatusRanges.successful
    var headers: [String: HeaderExpectation] = [:]
    var bodyContains: [String] = []
    var bodyNotContains: [String] = []
    var ignoresCase = false
    var json: [String: JSONSetting] = [:]
    var maximumDuration: Duration?

    package init() {}

    package static var fields: [Field<HTTPExpectations>] {
        [
            Field(
                "status",
                \.status,
                "Status codes that are fine: 200, 200-299, or a list (default 200-299)."
            ),
            Field("headers", \.headers, "Response headers by name: the exact value, or {contains: text}."),
            Field("body_contains", \.bodyContains, "Texts that must all be in the body."),
            Field("body_not_contains", \.bodyNotContains, "Texts of which none may be in the body."),
            Field(
                "ignore_case",
                \.ignoresCase,
                "Whether these texts match without ASCII case (default false)."
            ),
            Field("json", \.json, "Values in the JSON body by path, such as services.database: connected."),
            Field(
                "max_duration",
                \.maximumDuration,
                "How long the exchange may take; its timeout may be longer."
            ),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for path in json.keys.sorted() where JSONPath(path) == nil {
            context.error(
                "\"\(path)\" is not a JSON path",
                at: node["json"] ?? node,
                hint: "write keys with dots and indexes in brackets: items[0].name"
            )
        }
    }
}

/// What one response header must look like.
package enum HeaderExpectation: SettingsValue, Hashable {
    /// One line of the header has this value.
    case exactly(String)
    /// One line of the header has this text in its value, without regard to ASCII case.
    case contains(String)

    package static var shape: Shape {
        .oneOf([
            .string(pattern: nil),
            .object([
                Shape.Property(
                    key: "contains",
                    summary: "A text in the value.",
                    isRequired: true,
                    shape: .string(pattern: nil)
                )
            ]),
        ])
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .scalar = node.content {
            guard let text = String(node, &context) else { return nil }
            self = .exactly(text)
            return
        }
        guard let entries = node.entries(&context) else { return nil }
        guard let entry = entries.first, entries.count == 1, entry.key == "contains" else {
            context.error("expected a value or {contains: text}", at: node)
            return nil
        }
        guard let text = String(entry.value, &context) else { return nil }
        self = .contains(text)
    }

    func isMet(by values: [String]) -> Bool {
        switch self {
        case .exactly(let text): values.contains(text)
        case .contains(let text):
            values.contains { BytePattern(text, ignoringCase: true).isFound(in: Array($0.utf8)) }
        }
    }

    /// The expectation in words, to follow "expected".
    var words: String {
        switch self {
        case .exactly(let text): "\"\(text)\""
        case .contains(let text): "a value with \"\(text)\""
        }
    }
}
