/// Why an expression came to its result: its nodes with what each of them was.
package struct Explanation: Sendable {
    /// What became of a node.
    package enum Outcome: Sendable {
        case value(Value)
        case error(EvaluationError)
        /// Nobody asked for it: another operand or branch decided.
        case notEvaluated
    }

    /// The rounds of a comprehension.
    package struct LoopSummary: Sendable {
        /// How many elements were looked at.
        package let roundCount: Int
        /// How many met the predicate, or were transformed; for `all`, how many did not meet it.
        package let keptCount: Int
        /// The first element that decided, was kept or, where there is none, failed; its place from 0.
        package let deciding: (element: Value, index: Int)?
    }

    /// One part of the expression with what it came to.
    package struct Node: Sendable {
        /// The node as it is written.
        package let text: String
        /// The same as UTF-8 offsets in the expression.
        package let range: Range<Int>
        /// The place of the first character.
        package let position: TextPosition
        /// Where errors about the node point to: its operator, parenthesis or first character.
        package let anchor: TextPosition
        package let type: ValueType
        package let outcome: Outcome
        /// What a comprehension went through; its body shows the deciding round, else the last.
        package let loop: LoopSummary?
        /// Whether the text is the value, so that there is nothing to explain.
        package let isLiteral: Bool
        package let children: [Node]
    }

    package let root: Node
    package let outcome: Result<Value, EvaluationError>
}

extension Explanation {
    /// A node for a list of them, with its depth in the tree.
    package struct Line: Sendable {
        package let depth: Int
        package let text: String
        package let outcome: String
    }

    /// The nodes in the order of the text without literals, each on one line.
    package var lines: [Line] {
        var lines: [Line] = []
        func add(_ node: Node, depth: Int) {
            if node.isLiteral { return }
            let words = node.text.split { $0.isWhitespace }.joined(separator: " ")
            lines.append(Line(depth: depth, text: words, outcome: node.outcomeText))
            for child in node.children { add(child, depth: depth + 1) }
        }
        add(root, depth: 0)
        return lines
    }
}

extension Explanation.Node {
    /// The value, the error or that there is none, for people.
    package var outcomeText: String {
        let text =
            switch outcome {
            case .value(let value): value.sourceText
            case .error(let error):
                (error.code == .noData ? "no data: " : "error: ") + error.message
            case .notEvaluated: "not evaluated"
            }
        guard let loop else { return text }
        let elements = loop.roundCount == 1 ? "1 element" : "\(loop.roundCount) elements"
        guard let deciding = loop.deciding else { return "\(text) (\(elements) looked at)" }
        return "\(text) (\(elements) looked at; [\(deciding.index)] = \(deciding.element.sourceText))"
    }
}
