/// What a value must look like: enough to write a JSON Schema for editors.
package indirect enum Shape: Hashable, Sendable {
    /// One key of an object.
    package struct Property: Hashable, Sendable {
        package var key: String
        package var summary: String
        package var isRequired: Bool
        package var shape: Shape

        package init(key: String, summary: String, isRequired: Bool, shape: Shape) {
            self.key = key
            self.summary = summary
            self.isRequired = isRequired
            self.shape = shape
        }
    }

    case any
    case boolean
    case integer(minimum: Int?, maximum: Int?)
    case number
    /// A string; the pattern is an ECMA 262 regular expression, as JSON Schema asks.
    case string(pattern: String?)
    case choice([String])
    case list(Shape)
    /// A mapping with keys of the user's choice.
    case dictionary(Shape)
    /// A mapping with known keys and no others.
    case object([Property])
    /// A mapping with known keys, and beside them exactly one of the keys that say what it is.
    case tagged([Property], oneOf: [Property])
    /// A value that fits one of the shapes.
    case oneOf([Shape])
}
