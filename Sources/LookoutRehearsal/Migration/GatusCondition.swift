/// A condition of a Gatus endpoint, with what is measured on the left.
struct GatusCondition: Hashable {
    /// As the file has it.
    let text: String
    let left: GatusOperand
    let relation: GatusComparison.Relation
    let right: GatusOperand

    /// Nil for what Gatus refuses, as there is no operator with blanks around it, and for what is so long
    /// that nobody wrote it.
    init?(_ text: String) {
        guard text.utf8.count <= 4000,
            let relation = GatusComparison.Relation.allCases.first(where: { text.contains($0.rawValue) }),
            let range = text.firstRange(of: relation.rawValue)
        else { return nil }
        self.text = text
        let left = GatusOperand(String(text[..<range.lowerBound]).trimmed)
        let right = GatusOperand(String(text[range.upperBound...]).trimmed)
        if !left.isMeasured, right.isMeasured {
            (self.left, self.relation, self.right) = (right, relation.mirrored, left)
        } else {
            (self.left, self.relation, self.right) = (left, relation, right)
        }
    }

    /// Whether a status code, 0 for no answer, meets it; nil if it is not about the status.
    func isMet(byStatus code: Int) -> Bool? {
        guard left == .status else { return nil }
        return isMet(by: "\(code)")
    }

    /// Whether an endpoint that does or does not answer meets it; nil if it is not about that.
    func isMet(byConnection isConnected: Bool) -> Bool? {
        guard left == .connected else { return nil }
        return isMet(by: "\(isConnected)")
    }

    private func isMet(by text: String) -> Bool? {
        switch (relation, right) {
        case (.equal, .literal(let value)): GatusComparison.areEqual(text, value)
        case (.unequal, .literal(let value)): !GatusComparison.areEqual(text, value)
        case (.equal, .pattern(let pattern)): GatusPattern(text: pattern).matches(text)
        case (.unequal, .pattern(let pattern)): !GatusPattern(text: pattern).matches(text)
        case (.equal, .any(let values)): values.contains(text)
        case (.unequal, .any(let values)): !values.contains(text)
        case (_, .literal(let value)):
            relation.holds(GatusComparison.number(text), GatusComparison.number(value))
        default: nil
        }
    }
}
