/// A value that a field may hold to a range.
package protocol BoundedSettingsValue: SettingsValue, Comparable {
    static func shape(in range: ClosedRange<Self>) -> Shape
    /// The value as people write it in a file.
    var settingsText: String { get }
}

extension Int: BoundedSettingsValue {
    package static func shape(in range: ClosedRange<Int>) -> Shape {
        .integer(minimum: range.lowerBound, maximum: range.upperBound)
    }

    package var settingsText: String { String(self) }
}

extension Duration: BoundedSettingsValue {
    /// JSON Schema cannot compare durations, so the range is left to reading.
    package static func shape(in range: ClosedRange<Duration>) -> Shape { shape }

    package var settingsText: String { durationText }
}

extension Field {
    /// A key whose value must lie in a range; the root's default stays where it is left out.
    package init<Value: BoundedSettingsValue>(
        _ key: String,
        _ path: any WritableKeyPath<Root, Value> & Sendable,
        _ summary: String,
        in range: ClosedRange<Value>
    ) {
        self.init(key, summary, shape: Value.shape(in: range)) { node, context, root in
            guard let value = Value(node, in: range, &context) else { return false }
            root[keyPath: path] = value
            return true
        }
    }

    /// A key whose value must lie in a range, and whose absence is nil.
    package init<Value: BoundedSettingsValue>(
        _ key: String,
        _ path: any WritableKeyPath<Root, Value?> & Sendable,
        _ summary: String,
        in range: ClosedRange<Value>
    ) {
        self.init(key, summary, shape: Value.shape(in: range)) { node, context, root in
            guard let value = Value(node, in: range, &context) else { return false }
            root[keyPath: path] = value
            return true
        }
    }
}

extension BoundedSettingsValue {
    /// Reads a value of a range; nil after reporting why not.
    fileprivate init?(_ node: SettingsNode, in range: ClosedRange<Self>, _ context: inout SettingsContext) {
        guard let value = Self(node, &context) else { return nil }
        guard range.contains(value) else {
            let bounds = "\(range.lowerBound.settingsText) to \(range.upperBound.settingsText)"
            context.error("\(value.settingsText) is not from \(bounds)", at: node)
            return nil
        }
        self = value
    }
}
