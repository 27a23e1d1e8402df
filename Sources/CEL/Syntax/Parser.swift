/// Turns text into a syntax tree, expanding macros on the way (langdef.md "Syntax").
///
/// Binary operators are parsed by climbing precedences, so that the depth of the stack goes with the
/// nesting of the text and not with the number of grammar levels.
struct Parser {
    private var lexer: Lexer
    var token: Token
    let limits: CompileLimits
    private var nodeCount = 0
    private var nesting = 0

    static func parse(_ source: SourceText, limits: CompileLimits) throws(Diagnostic) -> SyntaxTree {
        guard source.bytes.count <= limits.sourceLength else {
            throw Diagnostic(
                offset: 0,
                message: "expression size exceeds limit: size: \(source.bytes.count) bytes, "
                    + "limit \(limits.sourceLength)"
            )
        }
        var parser = try Parser(source, limits: limits)
        let root = try parser.expression()
        guard parser.token.kind == .end else { throw parser.unexpected(expecting: "<EOF>") }
        return SyntaxTree(root: root, nodeCount: parser.nodeCount)
    }

    private init(_ source: SourceText, limits: CompileLimits) throws(Diagnostic) {
        var lexer = Lexer(source)
        token = try lexer.next()
        self.lexer = lexer
        self.limits = limits
    }

    // MARK: Tokens

    mutating func advance() throws(Diagnostic) {
        token = try lexer.next()
    }

    func at(_ symbol: Token.Symbol) -> Bool {
        token.symbol == symbol
    }

    mutating func accept(_ symbol: Token.Symbol) throws(Diagnostic) -> Bool {
        guard at(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(Diagnostic) {
        guard try accept(symbol) else { throw unexpected(expecting: "'\(symbol.rawValue)'") }
    }

    func unexpected(expecting expected: String) -> Diagnostic {
        let text = token.kind == .end ? "<EOF>" : String(decoding: lexer.bytes[token.range], as: UTF8.self)
        return Diagnostic(
            offset: token.range.lowerBound,
            message: "Syntax error: mismatched input '\(text)' expecting \(expected)"
        )
    }

    // MARK: Nodes

    mutating func node(
        _ kind: Expression.Kind,
        at offset: Int,
        _ children: [Expression] = []
    ) throws(Diagnostic) -> Expression {
        let depth = 1 + (children.map(\.depth).max() ?? 0)
        guard depth <= limits.depth else {
            throw Diagnostic(offset: offset, message: "max recursion depth exceeded: limit \(limits.depth)")
        }
        guard nodeCount < limits.nodeCount else {
            throw Diagnostic(offset: offset, message: "expression node limit exceeded: \(limits.nodeCount)")
        }
        defer { nodeCount += 1 }
        return Expression(identifier: nodeCount, offset: offset, depth: depth, kind: kind)
    }

    mutating func call(
        _ function: String,
        at offset: Int,
        _ arguments: [Expression]
    ) throws(Diagnostic) -> Expression {
        try node(.call(function, target: nil, arguments), at: offset, arguments)
    }

    // MARK: Operators

    /// An expression: a condition with its branches, or anything that binds tighter.
    ///
    /// The functions on the way down are kept small, since nested text repeats their frames.
    mutating func expression() throws(Diagnostic) -> Expression {
        try enter()
        let condition = try binary(.or)
        let result = at(.question) ? try branches(of: condition) : condition
        nesting -= 1
        return result
    }

    private mutating func enter() throws(Diagnostic) {
        guard nesting < limits.nesting else {
            throw Diagnostic(
                offset: token.range.lowerBound,
                message: "expression recursion limit exceeded: \(limits.nesting)"
            )
        }
        nesting += 1
    }

    private mutating func branches(of condition: Expression) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        let whenTrue = try binary(.or)
        try expect(.colon)
        let whenFalse = try expression()
        return try node(
            .conditional(condition, whenTrue, whenFalse),
            at: offset,
            [condition, whenTrue, whenFalse]
        )
    }

    private mutating func binary(_ lowest: Precedence) throws(Diagnostic) -> Expression {
        var left = try unary()
        while let operation = nextOperator(lowest) { left = try operate(operation, on: left) }
        return left
    }

    private func nextOperator(_ lowest: Precedence) -> Precedence? {
        token.symbol.flatMap { Precedence($0) }.flatMap { $0 >= lowest ? $0 : nil }
    }

    private mutating func operate(
        _ precedence: Precedence,
        on left: Expression
    ) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        guard let symbol = token.symbol else { return left }
        if let logic = precedence.logic {
            var operands = [left]
            while try accept(symbol) { operands.append(try binary(precedence.tighter)) }
            return try node(.logic(logic, operands), at: offset, operands)
        }
        try advance()
        let right = try binary(precedence.tighter)
        return try call(symbol == .in ? "@in" : "_\(symbol.rawValue)_", at: offset, [left, right])
    }

    private mutating func unary() throws(Diagnostic) -> Expression {
        if at(.minus) { return try negation() }
        if at(.not) { return try inversion() }
        return try member(literalMinus: nil)
    }

    private mutating func inversion() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        let count = try run(of: .not)
        let minus = token.range.lowerBound
        let operand = try member(literalMinus: try accept(.minus) ? minus : nil)
        return count.isMultiple(of: 2) ? operand : try call("!_", at: offset, [operand])
    }

    private mutating func negation() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        var lastMinus = offset
        var count = 0
        while at(.minus) {
            lastMinus = token.range.lowerBound
            count += 1
            try advance()
        }
        // The last minus belongs to a number that follows.
        if token.isSignedNumber { count -= 1 }
        let operand = try member(literalMinus: token.isSignedNumber ? lastMinus : nil)
        return count.isMultiple(of: 2) ? operand : try call("-_", at: offset, [operand])
    }

    private mutating func run(of symbol: Token.Symbol) throws(Diagnostic) -> Int {
        var count = 0
        while try accept(symbol) { count += 1 }
        return count
    }
}

extension Token {
    /// Whether a minus before the token belongs to it.
    var isSignedNumber: Bool {
        switch kind {
        case .int, .double: true
        default: false
        }
    }

    var isName: Bool {
        if case .identifier = kind { true } else { false }
    }
}
