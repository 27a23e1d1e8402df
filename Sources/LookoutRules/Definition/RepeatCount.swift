package import LookoutSettings

/// How many judgements in a row: at least one.
package struct RepeatCount: SettingsValue, Hashable {
    package static var shape: Shape { .integer(minimum: range.lowerBound, maximum: range.upperBound) }

    private static let range = 1...1000

    package let count: Int

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let count = Int(node, &context) else { return nil }
        guard Self.range.contains(count) else {
            context.error(
                "\(count) is not from \(Self.range.lowerBound) to \(Self.range.upperBound)",
                at: node,
                hint: "1 is \"at once\""
            )
            return nil
        }
        self.count = count
    }
}
