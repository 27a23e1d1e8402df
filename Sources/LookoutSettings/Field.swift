/// A type whose values are read from a mapping with a known set of keys.
///
/// The list of fields is all there is: from it come reading with strict keys, every error at
/// once, defaults, and the JSON Schema. A probe type, a receiver or a section of the
/// configuration declares its own, so no central structure grows with them.
package protocol Settings: SettingsValue {
    /// All defaults. Required fields get any value; reading reports them if they are missing.
    init()
    static var fields: [Field<Self>] { get }
    /// Checks which keys stand together, whether or not their values could be read.
    static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext)
    /// Checks what no single field can see. Called only when every field could be read.
    func validate(_ node: SettingsNode, _ context: inout SettingsContext)
}

extension Settings {
    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {}
}

/// One key of a mapping: its name, its meaning, its shape, and how it is put into `Root`.
package struct Field<Root>: Sendable {
    package let key: String
    package let summary: String
    package let isRequired: Bool
    package let shape: Shape
    let read: @Sendable (SettingsNode, inout SettingsContext, inout Root) -> Bool

    /// A key that may be left out: the root's default stays.
    package init<Value: SettingsValue>(
        _ key: String,
        _ path: any WritableKeyPath<Root, Value> & Sendable,
        _ summary: String,
        required: Bool = false
    ) {
        self.init(key, summary, required: required, shape: Value.shape) { node, context, root in
            guard let value = Value(node, &context) else { return false }
            root[keyPath: path] = value
            return true
        }
    }

    /// A key whose absence is nil.
    package init<Value: SettingsValue>(
        _ key: String,
        _ path: any WritableKeyPath<Root, Value?> & Sendable,
        _ summary: String
    ) {
        self.init(key, summary, required: false, shape: Value.shape) { node, context, root in
            guard let value = Value(node, &context) else { return false }
            root[keyPath: path] = value
            return true
        }
    }

    /// A key with a reader of its own, for values that no type alone describes.
    ///
    /// `read` puts the value into the root, or returns false after reporting why it cannot.
    package init(
        _ key: String,
        _ summary: String,
        required: Bool = false,
        shape: Shape,
        read: @escaping @Sendable (SettingsNode, inout SettingsContext, inout Root) -> Bool
    ) {
        self.key = key
        self.summary = summary
        self.isRequired = required
        self.shape = shape
        self.read = read
    }
}

extension Settings {
    package static var shape: Shape {
        .object(
            fields.map {
                Shape.Property(key: $0.key, summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape)
            }
        )
    }

    /// Reads a mapping, reporting every unknown, repeated, missing and wrong key; nil if any is.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let (settings, isSound) = Self.readable(node, &context)
        guard isSound else { return nil }
        self = settings
    }

    /// Reads what can be read: a key that is wrong, and reported, keeps its default.
    ///
    /// For a root whose sound parts shall be looked at further although others are not sound.
    package static func readable(
        _ node: SettingsNode,
        _ context: inout SettingsContext
    ) -> (settings: Self, isSound: Bool) {
        let fields = Self.fields
        let reportsBefore = context.diagnostics.errorReports
        var root = Self()
        guard let entries = node.entries(&context) else { return (root, false) }
        var isSound = context.diagnostics.errorReports == reportsBefore
        for entry in entries {
            guard let field = fields.first(where: { $0.key == entry.key }) else {
                context.diagnostics.error(
                    "unknown key \"\(entry.key.shortened)\"",
                    at: entry.position,
                    hint: Spelling.hint(for: entry.key, among: fields.map(\.key))
                )
                isSound = false
                continue
            }
            if !field.read(entry.value, &context, &root) { isSound = false }
        }
        for field in fields where field.isRequired && !entries.contains(where: { $0.key == field.key }) {
            context.error("\"\(field.key)\" is missing", at: node, hint: field.summary)
            isSound = false
        }
        let reportsBeforeValidation = context.diagnostics.errorReports
        validateKeys(of: node, &context)
        guard isSound else { return (root, false) }
        root.validate(node, &context)
        return (root, context.diagnostics.errorReports == reportsBeforeValidation)
    }
}

extension SettingsNode {
    /// The entries of a mapping, repeated keys reported; nil (after reporting) for anything else.
    ///
    /// Nothing at all is an empty mapping.
    package func entries(_ context: inout SettingsContext) -> [Entry]? {
        if case .null = content { return [] }
        guard case .mapping(let entries) = content else {
            context.error("expected a mapping of keys and values, found \(kind)", at: self)
            return nil
        }
        var seen: [String: SourcePosition] = [:]
        for entry in entries {
            if let first = seen[entry.key] {
                context.diagnostics.error(
                    "\"\(entry.key.shortened)\" is given twice",
                    at: entry.position,
                    hint: "it stands already in line \(first.line)"
                )
            }
            seen[entry.key] = seen[entry.key] ?? entry.position
        }
        return entries
    }
}
