/// Looks through a checked expression for what is right but unusual.
struct RemarkFinder {
    private let checked: CheckedExpression
    private let source: SourceText
    private let constants: [Int: Value]
    private let usedLocals: Set<Int>
    private var found: [Remark] = []

    init(_ origin: Program.Origin) {
        checked = origin.checked
        source = origin.source
        var generator = CodeGenerator(origin, for: .inspection)
        _ = generator.generate()
        constants = generator.constants
        usedLocals = Set(
            checked.references.compactMap { reference in
                if case .local(let slot)? = reference { slot } else { nil }
            }
        )
    }

    mutating func remarks() -> [Remark] {
        visit(checked.tree.root)
        return found.sorted { $0.position < $1.position }
    }

    private mutating func visit(_ expression: Expression) {
        switch expression.kind {
        case .call(let function, nil, let operands) where operands.count == 2:
            compare(function, operands, at: expression.offset)
        case .logic(_, let operands):
            for operand in operands { noteConstant(operand) }
        case .conditional(let condition, _, _): noteConstant(condition)
        case .comprehension(let comprehension): noteUnused(comprehension, expression)
        case .bind(let name, _, _), .optionalMap(_, let name, _, _):
            if case .declared(let slot, _)? = checked.reference(of: expression) {
                noteUnused(name, slot, expression)
            }
        default: break
        }
        for operand in checked.operands(of: expression) { visit(operand) }
    }

    private mutating func remark(_ kind: Remark.Kind, at offset: Int, _ message: String) {
        let position = source.position(of: offset)
        found.append(
            Remark(kind: kind, position: position, message: message, excerpt: source.excerpt(at: position))
        )
    }

    // MARK: Conditions

    private mutating func noteConstant(_ operand: Expression) {
        guard case .bool(let value)? = constants[operand.identifier] else { return }
        let text = source.text(checked.tree.ranges[operand.identifier])
        remark(
            .constantCondition(value),
            at: operand.offset,
            text == "\(value)" ? "this condition is always \(value)" : "'\(text)' is always \(value)"
        )
    }

    // MARK: Variables

    private mutating func noteUnused(_ comprehension: Comprehension, _ expression: Expression) {
        guard case .declared(let first, let second)? = checked.reference(of: expression) else { return }
        guard let second, let name = comprehension.second else {
            return noteUnused(comprehension.first, first, expression)
        }
        noteUnused(name, second, expression)
        // Only the predicates over lists have a form that does without an index.
        let isPredicate = [.all, .exists, .existsOne].contains(comprehension.form)
        if isPredicate, case .list = checked.type(of: comprehension.range) {
            noteUnused(comprehension.first, first, expression)
        }
    }

    private mutating func noteUnused(_ name: String, _ slot: Int, _ expression: Expression) {
        guard !usedLocals.contains(slot), name.utf8.first != UInt8(ascii: "_") else { return }
        remark(
            .unusedVariable(name),
            at: place(of: name, after: expression.offset),
            "the variable '\(name)' is never used"
        )
    }

    /// Where a macro's variable stands: its name is among the first words after the parenthesis.
    private func place(of name: String, after parenthesis: Int) -> Int {
        let word = Array(name.utf8)
        let text = source.bytes
        for start in text.indices[min(parenthesis + 1, text.count)...]
        where text[start...].starts(with: word) {
            let end = start + word.count
            let isWhole = end == text.count || !text[end].isPartOfName
            if isWhole, start == 0 || !text[start - 1].isPartOfName { return start }
        }
        return parenthesis
    }

    // MARK: Comparisons

    private mutating func compare(_ function: String, _ operands: [Expression], at offset: Int) {
        guard Self.comparisons.contains(function) else { return }
        let (left, right) = (checked.type(of: operands[0]), checked.type(of: operands[1]))
        if function == "_==_" || function == "_!=_", hasNoEqual(operands) {
            let result = function == "_==_" ? "never true" : "always true"
            return remark(
                .comparisonNeverTrue(left, right),
                at: offset,
                "this is \(result): no \(left) equals \(text(of: operands[1], right))"
            )
        }
        guard left.isNumeric, right.isNumeric, left != right else { return }
        remark(
            .crossTypeComparison(left, right),
            at: offset,
            "\(left) is compared with \(right); write both sides as the same kind of number"
        )
    }

    private func text(of operand: Expression, _ type: ValueType) -> String {
        if let value = constants[operand.identifier] { return value.sourceText }
        return "a \(type)"
    }

    private func hasNoEqual(_ operands: [Expression]) -> Bool {
        let (left, right) = (checked.type(of: operands[0]), checked.type(of: operands[1]))
        if left.hasNoEqual(in: right) { return true }
        return isOutOfReach(constants[operands[0].identifier], right)
            || isOutOfReach(constants[operands[1].identifier], left)
    }

    /// Whether a constant number is none of another numeric type's, such as 0.5 beside an int.
    private func isOutOfReach(_ constant: Value?, _ type: ValueType) -> Bool {
        switch (constant, type) {
        case (.double(let number)?, .int), (.double(let number)?, .uint):
            number.rounded() != number || type == .uint && number < 0
        case (.int(let number)?, .uint): number < 0
        default: false
        }
    }

    private static let comparisons: Set<String> = ["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"]
}

extension ValueType {
    /// Whether no value of the type equals one of another, as far as types can tell.
    fileprivate func hasNoEqual(in other: ValueType) -> Bool {
        switch (self, other) {
        case (.dyn, _), (_, .dyn), (.error, _), (_, .error), (.parameter, _), (_, .parameter): false
        case (.opaque, _), (_, .opaque): false
        case (.list, .list), (.map, .map): false
        case (.optional, .optional): false
        case (.type(let left), .type(let right)): left.hasOtherName(than: right)
        case (.object(let left), .object(let right)): left != right
        default: self != other && !(isNumeric && other.isNumeric)
        }
    }

    /// Whether the run-time types of two static types differ for certain.
    private func hasOtherName(than other: ValueType) -> Bool {
        guard let name = typeValue?.name, let otherName = other.typeValue?.name else { return false }
        return name != otherName
    }
}

extension UInt8 {
    /// Whether the byte may stand in an identifier.
    fileprivate var isPartOfName: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
