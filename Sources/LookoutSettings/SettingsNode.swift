/// A place in a file; lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A configuration value with its place, as it stands in the file.
///
/// Types, variables and secrets are looked at later. Whatever reads files (YAML today) makes these.
package struct SettingsNode: Hashable, Sendable {
    /// What stands there: nothing, a scalar, a list or a mapping.
    package indirect enum Content: Hashable, Sendable {
        case null
        /// A scalar's text. `isQuoted` tells `"5"` from `5`: a quoted scalar is always a string.
        case scalar(String, isQuoted: Bool)
        case sequence([SettingsNode])
        case mapping([Entry])
    }

    /// One `key: value` of a mapping, in the file's order.
    package struct Entry: Hashable, Sendable {
        package var key: String
        package var position: SourcePosition
        package var value: SettingsNode

        package init(key: String, position: SourcePosition, value: SettingsNode) {
            self.key = key
            self.position = position
            self.value = value
        }
    }

    package var content: Content
    package var position: SourcePosition

    package init(_ content: Content, at position: SourcePosition) {
        self.content = content
        self.position = position
    }

    /// The value of a key of a mapping; nil if it is missing or this is no mapping.
    package subscript(key: String) -> SettingsNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// What a person would call this: "nothing", "a list", "a mapping", "a text".
    package var kind: String {
        switch content {
        case .null: "nothing"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar: "a text"
        }
    }

    /// The same with the text itself, shortened, for places where no secret is expected.
    package var kindForPeople: String {
        switch content {
        case .scalar(let text, isQuoted: true): "the string \"\(text.shortened)\""
        case .scalar(let text, isQuoted: false): "\"\(text.shortened)\""
        default: kind
        }
    }
}
