/// Turns text into a syntax tree, expanding macros on the way (langdef.md "Syntax").
///
/// Binary operators are parsed by climbing precedences, so that the depth of the stack goes with the
/// nesting of the text and not with the number of grammar levels.
struct Parser {
    private var lexer: Lexer
    var token: Token
    let limits: CompileLimits
    let expandsMacros: Bool
    /// The text of each node by its identifier, and the same with the brackets around it.
    private var ranges: [Range<Int>] = []
    private var extents: [Range<Int>] = []
    /// Where the last token that was read ends.
    private var previousEnd = 0
    private var nesting = 0

    static func parse(_ source: SourceText, _ options: CompileOptions) throws(Diagnostic) -> SyntaxTree {
        let limits = options.limits
        guard source.bytes.count <= limits.sourceLength else {
            throw Diagnostic(
                offset: 0,
                message: "expression size exceeds limit: size: \(source.bytes.count) bytes, "
                    + "limit \(limits.sourceLength)"
            )
        }
        var parser = try Parser(source, options)
        let root = try parser.expression()
        guard parser.token.kind == .end else { throw parser.unexpected(expecting: "<EOF>") }
        return SyntaxTree(root: root, ranges: parser.ranges)
    }

    private init(_ source: SourceText, _ options: CompileOptions) throws(Diagnostic) {
        var lexer = Lexer(source)
        token = try lexer.next()
        self.lexer = lexer
        limits = options.limits
        expandsMacros = options.expandsMacros
    }

    // MARK: Tokens

    mutating func advance() throws(Diagnostic) {
        previousEnd = token.range.upperBound
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
        guard ranges.count < limits.nodeCount else {
            throw Diagnostic(offset: offset, message: "expression node limit exceeded: \(limits.nodeCount)")
        }
        let identifier = ranges.count
        let start = children.reduce(offset) { min($0, extents[$1.identifier].lowerBound) }
        ranges.append(start..<max(start, previousEnd))
        extents.append(ranges[identifier])
        return Expression(identifier: identifier, offset: offset, depth: depth, kind: kind)
    }

    /// Counts the text from an offset on to a node, such as the name before its arguments.
    mutating func extend(_ expression: Expression, from offset: Int) {
        let end = ranges[expression.identifier].upperBound
        ranges[expression.identifier] = offset..<end
        extents[expression.identifier] = offset..<end
    }

    /// Notes the brackets or signs around a node, which belong to the text of what it is part of.
    mutating func enclose(_ expression: Expression, from offset: Int) {
        extents[expression.identifier] = offset..<previousEnd
    }

    func start(of expression: Expression) -> Int {
        extents[expression.identifier].lowerBound
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
        return try signed(operand, "!_", count, at: offset)
    }

    private mutating func negation() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        let count = try run(of: .minus)
        // A single minus belongs to a number that follows, so that the least int can be written.
        if count == 1, token.isSignedNumber { return try member(literalMinus: offset) }
        return try signed(try member(literalMinus: nil), "-_", count, at: offset)
    }

    /// An operand after a run of signs, two of which cancel each other.
    private mutating func signed(
        _ operand: Expression,
        _ function: String,
        _ count: Int,
        at offset: Int
    ) throws(Diagnostic) -> Expression {
        guard count.isMultiple(of: 2) else { return try call(function, at: offset, [operand]) }
        enclose(operand, from: offset)
        return operand
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
