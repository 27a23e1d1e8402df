/// A value of an answer that may be missing, as CEL expressions.
struct MeasuredValue: Hashable {
    /// Whether it is there: an expression of type bool.
    let presence: String
    /// The value, null where it is missing.
    let value: String
    /// What a path goes on from.
    private let root: String

    /// The body as JSON.
    static let json = MeasuredValue(
        presence: "has(sample.json)",
        value: "sample.?json.orValue(null)",
        root: "sample.?json"
    )

    /// A response header; the name is in lower case.
    static func header(_ name: String) -> MeasuredValue {
        let chain = "sample.?headers[?\(name.celLiteral)]"
        return MeasuredValue(presence: "\(chain).hasValue()", value: "\(chain).orValue(\"\")", root: chain)
    }

    /// A variable of a macro.
    static func variable(_ name: String) -> MeasuredValue {
        MeasuredValue(presence: "true", value: name, root: name)
    }

    /// The value at a path below this one.
    func reached(by path: [GatusOperand.Step]) -> MeasuredValue {
        guard !path.isEmpty else { return self }
        let text = path.enumerated().map { place, step in
            switch step {
            case .key(let name): name.isBare ? (place == 0 ? name : ".\(name)") : "[\"\(name)\"]"
            case .index(let index): "[\(index)]"
            case .every: ""
            }
        }
        let arguments = "\(root), \(text.joined().celLiteral)"
        return MeasuredValue(
            presence: "value_at(\(arguments)).hasValue()",
            value: "value_at(\(arguments), null)",
            root: "value_at(\(arguments))"
        )
    }

    /// Whether it equals a text of a condition, which stands for a number or a truth as well.
    func equality(to literal: String) -> String {
        let text = GatusText(literal)
        var candidates = [text.expression]
        if literal == "true" || literal == "false" {
            candidates.insert(literal, at: 0)
        } else if let whole = GatusComparison.wholeNumber(literal) {
            candidates.insert("\(whole)", at: 0)
        } else if let number = Double(literal), number.isFinite {
            candidates.insert("\(number)", at: 0)
        }
        return candidates.count == 1
            ? "\(value) == \(candidates[0])" : "\(value) in [\(candidates.joined(separator: ", "))]"
    }
}

extension String {
    /// Whether a path can name the key without brackets.
    fileprivate var isBare: Bool { !isEmpty && !contains { ".[]\"".contains($0) } }
}
