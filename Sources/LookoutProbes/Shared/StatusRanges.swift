package import LookoutSettings

/// A set of HTTP status codes: `200`, `200-299`, or a list of such.
package struct StatusRanges: SettingsValue, Hashable, CustomStringConvertible {
    private let ranges: [ClosedRange<Int>]

    init(_ ranges: ClosedRange<Int>...) {
        self.ranges = ranges
    }

    /// 200–299.
    static let successful = StatusRanges(200...299)

    func contains(_ code: Int) -> Bool {
        ranges.contains { $0.contains(code) }
    }

    /// The codes as they are written: `200-299, 404`.
    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }

    package static var shape: Shape {
        let one = Shape.oneOf([
            .integer(minimum: 100, maximum: 999), .string(pattern: "^[1-9][0-9]{2}(-[1-9][0-9]{2})?$"),
        ])
        return .oneOf([one, .list(one)])
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let nodes: [SettingsNode]
        if case .sequence(let elements) = node.content {
            nodes = elements
        } else {
            nodes = [node]
        }
        let ranges = nodes.map { StatusRanges.range($0, &context) }
        guard !ranges.contains(where: { $0 == nil }) else { return nil }
        guard !ranges.isEmpty else {
            context.error("an empty list of status codes can never be met", at: node)
            return nil
        }
        self.ranges = ranges.compactMap(\.self)
    }

    private static func range(_ node: SettingsNode, _ context: inout SettingsContext) -> ClosedRange<Int>? {
        guard let text = node.text(&context, expecting: "a status code such as 200 or 200-299") else {
            return nil
        }
        let codes = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = codes.first ?? nil, let last = codes.last ?? nil, codes.count <= 2,
            (100...999).contains(first), (first...999).contains(last)
        else {
            context.error("\"\(text)\" is not a status code", at: node, hint: "write 200 or 200-299")
            return nil
        }
        return first...last
    }
}
