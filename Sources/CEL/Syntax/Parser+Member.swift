extension Parser {
    /// A primary expression with its selections, calls and indexes.
    ///
    /// `literalMinus` is the place of a minus sign already read that belongs to the number to come.
    mutating func member(literalMinus: Int?) throws(Diagnostic) -> Expression {
        var operand = try primary(literalMinus: literalMinus)
        while let longer = try suffix(of: operand) { operand = longer }
        return operand
    }

    /// The operand with the selection, call or index that follows it; nil when none does.
    private mutating func suffix(of operand: Expression) throws(Diagnostic) -> Expression? {
        switch token.symbol {
        case .dot?: return try selection(from: operand)
        case .leftBracket?: return try index(of: operand)
        case .leftBrace?:
            guard let name = operand.qualifiedName else { return nil }
            return try message(named: name)
        default: return nil
        }
    }

    private mutating func index(of operand: Expression) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        let function = try accept(.question) ? "_[?_]" : "_[_]"
        let index = try expression()
        try expect(.rightBracket)
        return try call(function, at: offset, [operand, index])
    }

    private mutating func selection(from operand: Expression) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        let isOptional = try accept(.question)
        let field = try fieldName()
        let parenthesis = token.range.lowerBound
        guard !isOptional, !field.isQuoted, at(.leftParenthesis) else {
            return try node(
                .select(operand, field: field.name, isOptional: isOptional),
                at: offset,
                [operand]
            )
        }
        let arguments = try arguments()
        return try method(field.name, of: operand, arguments, at: parenthesis)
    }

    private mutating func method(
        _ name: String,
        of target: Expression,
        _ arguments: [Expression],
        at offset: Int
    ) throws(Diagnostic) -> Expression {
        let macro = MacroCall(name: name, target: target, arguments: arguments, offset: offset)
        if let expanded = try Macro.expand(macro, &self) {
            extend(expanded, from: start(of: target))
            return expanded
        }
        return try node(.call(name, target: target, arguments), at: offset, [target] + arguments)
    }

    private mutating func fieldName() throws(Diagnostic) -> (name: String, isQuoted: Bool) {
        switch token.kind {
        case .identifier(let name):
            try advance()
            return (name, false)
        case .quotedIdentifier(let name):
            try advance()
            return (name, true)
        default: throw unexpected(expecting: "IDENTIFIER")
        }
    }

    private mutating func primary(literalMinus: Int?) throws(Diagnostic) -> Expression {
        if let literalMinus {
            guard token.isSignedNumber else { throw unexpected(expecting: "a number") }
            return try literal(offset: literalMinus, isNegative: true)
        }
        switch token.symbol {
        case .leftParenthesis?: return try parenthesized()
        case .leftBracket?: return try list()
        case .leftBrace?: return try map()
        case .dot?: return try named(isRooted: true)
        default: return token.isName ? try named(isRooted: false) : try literal()
        }
    }

    private mutating func parenthesized() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        let inner = try expression()
        try expect(.rightParenthesis)
        enclose(inner, from: offset)
        return inner
    }

    private mutating func named(isRooted: Bool) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        if isRooted { try advance() }
        guard case .identifier(let name) = token.kind else { throw unexpected(expecting: "IDENTIFIER") }
        try advance()
        if Token.reserved.contains(name) {
            throw Diagnostic(offset: offset, message: "reserved identifier: \(name)")
        }
        let parenthesis = token.range.lowerBound
        guard at(.leftParenthesis) else {
            return try node(.identifier(name, isRooted: isRooted), at: offset)
        }
        let arguments = try arguments()
        let call = try function(name, isRooted: isRooted, arguments, at: parenthesis)
        extend(call, from: offset)
        return call
    }

    private mutating func function(
        _ name: String,
        isRooted: Bool,
        _ arguments: [Expression],
        at offset: Int
    ) throws(Diagnostic) -> Expression {
        let macro = MacroCall(name: name, target: nil, arguments: arguments, offset: offset)
        if !isRooted, let expanded = try Macro.expand(macro, &self) { return expanded }
        return try call(isRooted ? ".\(name)" : name, at: offset, arguments)
    }

    private mutating func literal() throws(Diagnostic) -> Expression {
        try literal(offset: token.range.lowerBound, isNegative: false)
    }

    private mutating func literal(offset: Int, isNegative: Bool) throws(Diagnostic) -> Expression {
        let value: Value
        switch token.kind {
        case .int(let magnitude):
            guard let number = magnitude.flatMap({ Int(magnitude: $0, isNegative: isNegative) }) else {
                throw Diagnostic(offset: offset, message: "invalid int literal")
            }
            value = .int(number)
        case .uint(let number):
            guard let number else { throw Diagnostic(offset: offset, message: "invalid uint literal") }
            value = .uint(number)
        case .double(let number):
            guard number.isFinite else { throw Diagnostic(offset: offset, message: "invalid double literal") }
            value = .double(isNegative ? -number : number)
        case .string(let text): value = .string(text)
        case .bytes(let bytes): value = .bytes(bytes)
        case .symbol(.true): value = .bool(true)
        case .symbol(.false): value = .bool(false)
        case .symbol(.null): value = .null
        default: throw unexpected(expecting: "an expression")
        }
        try advance()
        return try node(.literal(value), at: offset)
    }

    /// The arguments of a call; no trailing comma.
    private mutating func arguments() throws(Diagnostic) -> [Expression] {
        try expect(.leftParenthesis)
        if try accept(.rightParenthesis) { return [] }
        var arguments = [try expression()]
        while try accept(.comma) { arguments.append(try expression()) }
        try expect(.rightParenthesis)
        return arguments
    }

    private mutating func list() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        var elements: [Expression.Element] = []
        // A comma may stand alone.
        while !at(.rightBracket), try elements.isEmpty ? !accept(.comma) : true {
            elements.append(try element())
            guard try accept(.comma) else { break }
        }
        try expect(.rightBracket)
        return try node(.list(elements), at: offset, elements.map(\.value))
    }

    private mutating func element() throws(Diagnostic) -> Expression.Element {
        let isOptional = try accept(.question)
        return Expression.Element(value: try expression(), isOptional: isOptional)
    }

    private mutating func map() throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try advance()
        var entries: [Expression.Entry] = []
        while !at(.rightBrace), try entries.isEmpty ? !accept(.comma) : true {
            entries.append(try entry())
            guard try accept(.comma) else { break }
        }
        try expect(.rightBrace)
        return try node(.map(entries), at: offset, entries.flatMap { [$0.key, $0.value] })
    }

    private mutating func entry() throws(Diagnostic) -> Expression.Entry {
        let isOptional = try accept(.question)
        let key = try expression()
        try expect(.colon)
        return Expression.Entry(key: key, value: try expression(), isOptional: isOptional)
    }

    private mutating func message(named name: String) throws(Diagnostic) -> Expression {
        let offset = token.range.lowerBound
        try expect(.leftBrace)
        var values: [Expression] = []
        while !at(.rightBrace) {
            _ = try accept(.question)
            _ = try fieldName()
            try expect(.colon)
            values.append(try expression())
            guard try accept(.comma) else { break }
        }
        try expect(.rightBrace)
        return try node(.message(name, values), at: offset, values)
    }
}

extension Int {
    /// The int of a magnitude and a sign, nil out of range.
    init?(magnitude: UInt, isNegative: Bool) {
        if isNegative {
            guard magnitude <= Int.min.magnitude else { return nil }
            self = Int(bitPattern: 0 &- magnitude)
        } else {
            self.init(exactly: magnitude)
        }
    }
}
