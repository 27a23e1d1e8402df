/// A node of the syntax tree.
final class Expression: Sendable {
    indirect enum Kind: Sendable {
        case literal(Value)
        /// A name; rooted ones (`.x`) skip the variables of comprehensions.
        case identifier(String, isRooted: Bool)
        /// `operand.field`, or `operand.?field`.
        case select(Expression, field: String, isOptional: Bool)
        /// `has(operand.field)`.
        case presence(Expression, field: String)
        /// A function or operator; operators have names such as `_+_`.
        case call(String, target: Expression?, [Expression])
        case conditional(Expression, Expression, Expression)
        /// A whole chain of `&&` or of `||`.
        case logic(LogicOperator, [Expression])
        case list([Element])
        case map([Entry])
        /// `Name{…}`: refused by the checker, since there are no message types.
        case message(String, [Expression])
        case comprehension(Comprehension)
        /// `cel.bind(name, initial, body)`.
        case bind(String, Expression, Expression)
        /// `target.optMap(name, body)`, or `optFlatMap` where the body is an optional itself.
        case optionalMap(Expression, String, Expression, isFlat: Bool)
    }

    /// An element of a list; an optional one (`?e`) is left out when it has no value.
    struct Element: Sendable {
        let value: Expression
        let isOptional: Bool
    }

    /// An entry of a map; an optional one (`?k: v`) is left out when it has no value.
    struct Entry: Sendable {
        let key: Expression
        let value: Expression
        let isOptional: Bool
    }

    /// A number from 0, for the tables of later steps; higher than those of the nodes below, which follow
    /// each other without one of another part of the tree between them.
    let identifier: Int
    /// Where it stands: offset of an operator, the dot of a selection, the parenthesis of a call, else
    /// of the first byte.
    let offset: Int
    /// The length of the longest path down from this node.
    let depth: Int
    let kind: Kind

    init(identifier: Int, offset: Int, depth: Int, kind: Kind) {
        self.identifier = identifier
        self.offset = offset
        self.depth = depth
        self.kind = kind
    }
}

enum LogicOperator: Sendable {
    case and
    case or

    /// The operand that decides the result whatever the others are.
    var decisive: Bool { self == .or }
}

/// A macro over the elements of a list or the keys of a map.
struct Comprehension: Sendable {
    enum Form: Sendable {
        case all
        case exists
        case existsOne
        case filter
        /// `map` and `transformList`.
        case transformList
        case transformMap
        case transformMapEntry
        /// `sortBy` of the lists extension: the body is the key.
        case sortBy
    }

    let form: Form
    let range: Expression
    /// The element, or the key of a map; in the two-variable form the index or key.
    let first: String
    /// The element or value in the two-variable form.
    let second: String?
    /// Which elements are transformed, for the forms that build a list or map.
    let condition: Expression?
    let body: Expression
}

/// An expression with the places of its nodes in the text.
struct SyntaxTree: Sendable {
    let root: Expression
    /// The text of each node by its identifier, without brackets around it, in UTF-8 offsets.
    let ranges: [Range<Int>]

    var nodeCount: Int { ranges.count }
}

extension Expression {
    /// The names of `a.b.c`, nil for anything but a chain of plain selections on a name.
    var qualifiedName: String? {
        switch kind {
        case .identifier(let name, _): name
        case .select(let operand, let field, isOptional: false):
            operand.qualifiedName.map { "\($0).\(field)" }
        default: nil
        }
    }

    /// Whether the chain begins with a dot, see `qualifiedName`.
    var isRooted: Bool {
        switch kind {
        case .identifier(_, let isRooted): isRooted
        case .select(let operand, _, _): operand.isRooted
        default: false
        }
    }
}

extension Expression {
    /// The nodes directly below, in the order of the text.
    var children: [Expression] {
        switch kind {
        case .literal, .identifier: []
        case .select(let operand, _, _), .presence(let operand, _): [operand]
        case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
        case .conditional(let condition, let whenTrue, let whenFalse): [condition, whenTrue, whenFalse]
        case .logic(_, let operands): operands
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .message(_, let values): values
        case .comprehension(let comprehension):
            [comprehension.range] + (comprehension.condition.map { [$0] } ?? []) + [comprehension.body]
        case .bind(_, let initial, let body): [initial, body]
        case .optionalMap(let target, _, let body, _): [target, body]
        }
    }
}
