package import LookoutModel

/// A type that can be read from a node of a configuration file.
package protocol SettingsValue: Sendable {
    static var shape: Shape { get }
    /// Reads the value; nil after reporting why not.
    init?(_ node: SettingsNode, _ context: inout SettingsContext)
}

extension SettingsNode {
    /// The text of a scalar with its `${variables}` filled in; nil after reporting why not.
    package func text(_ context: inout SettingsContext, expecting what: String) -> String? {
        guard case .scalar(let raw, _) = content else {
            context.error("expected \(what), found \(kind)", at: self)
            return nil
        }
        return VariableText.expand(raw, at: self, &context)
    }

    /// The text of a scalar that is not meant as a string: one in quotes is, unless it is only in
    /// quotes for the sake of its `${variables}`; nil after reporting why not.
    fileprivate func plainText(_ context: inout SettingsContext, expecting what: String) -> String? {
        if case .scalar(let raw, isQuoted: true) = content, !raw.contains("${") {
            context.error("expected \(what), found \(kindForPeople)", at: self, hint: "leave the quotes out")
            return nil
        }
        return text(&context, expecting: what)
    }
}

extension String {
    /// The text as it fits into a message: one line, not longer than a line.
    package var shortened: String {
        let line = String(prefix(60).map { $0.isNewline ? " " : $0 })
        return line.count < count ? line + "..." : line
    }
}

extension String: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a string") else { return nil }
        self = text
    }
}

extension Bool: SettingsValue {
    package static var shape: Shape { .boolean }

    /// `true` and `false`, and nothing else: YAML 1.1's `yes` and `on` surprise more than they help.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.plainText(&context, expecting: "true or false") else { return nil }
        switch text {
        case "true": self = true
        case "false": self = false
        default:
            context.error("expected true or false, found \"\(text.shortened)\"", at: node)
            return nil
        }
    }
}

extension Int: SettingsValue {
    package static var shape: Shape { .integer(minimum: nil, maximum: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.plainText(&context, expecting: "a whole number") else { return nil }
        guard let value = Int(text) else {
            context.error("expected a whole number, found \"\(text.shortened)\"", at: node)
            return nil
        }
        self = value
    }
}

extension Double: SettingsValue {
    package static var shape: Shape { .number }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.plainText(&context, expecting: "a number") else { return nil }
        let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isDecimal, let value = Double(text), value.isFinite else {
            context.error("expected a number, found \"\(text.shortened)\"", at: node)
            return nil
        }
        self = value
    }
}

extension Array: SettingsValue where Element: SettingsValue {
    package static var shape: Shape { .list(Element.shape) }

    /// Reads a list; all of its wrong elements are reported.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .sequence(let nodes) = node.content else {
            context.error("expected a list, found \(node.kind)", at: node)
            return nil
        }
        let elements = nodes.map { Element($0, &context) }
        guard !elements.contains(where: { $0 == nil }) else { return nil }
        self = elements.compactMap(\.self)
    }
}

extension Dictionary: SettingsValue where Key == String, Value: SettingsValue {
    package static var shape: Shape { .dictionary(Value.shape) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let reportsBefore = context.diagnostics.errorReports
        guard let entries = node.entries(&context) else { return nil }
        self = [:]
        var isSound = context.diagnostics.errorReports == reportsBefore
        for entry in entries {
            guard let value = Value(entry.value, &context) else {
                isSound = false
                continue
            }
            self[entry.key] = value
        }
        guard isSound else { return nil }
    }
}

extension SettingsValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    package static var shape: Shape { .choice(allCases.map(\.rawValue)) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let words = Self.allCases.map(\.rawValue)
        guard let text = node.text(&context, expecting: "one of \(words.joined(separator: ", "))") else {
            return nil
        }
        guard let value = Self(rawValue: text) else {
            context.error(
                "\"\(text.shortened)\" is not one of \(words.joined(separator: ", "))",
                at: node,
                hint: Spelling.nearest(to: text, among: words).map { "did you mean \"\($0)\"?" }
            )
            return nil
        }
        self = value
    }
}

extension Severity: SettingsValue {
    package static var shape: Shape { .integer(minimum: 1, maximum: 3) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let number = Int(node, &context) else { return nil }
        guard let severity = Severity(rawValue: number) else {
            context.error(
                "severity \(number) does not exist",
                at: node,
                hint: "1 is the worst, 3 the mildest"
            )
            return nil
        }
        self = severity
    }
}

extension Labels: SettingsValue {
    package static var shape: Shape { .dictionary(.string(pattern: nil)) }

    /// Reads names and values; names are what Prometheus and rules take for a name.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let values = [String: String](node, &context) else { return nil }
        var isSound = true
        for entry in node.entries(&context) ?? [] where !Labels.isName(entry.key) {
            context.diagnostics.error(
                "\"\(entry.key.shortened)\" is not a label name",
                at: entry.position,
                hint: "letters, digits and _, no digit first"
            )
            isSound = false
        }
        guard isSound else { return nil }
        self.init(values)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        }
    }
}
