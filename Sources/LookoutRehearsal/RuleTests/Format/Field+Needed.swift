import LookoutSettings

extension Field {
    /// A key that must be there although its type has no value to begin with.
    static func needed<Value: SettingsValue>(
        _ key: String,
        _ path: any WritableKeyPath<Root, Value?> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, required: true, shape: Value.shape) { node, context, root in
            root[keyPath: path] = Value(node, &context)
            return root[keyPath: path] != nil
        }
    }
}
