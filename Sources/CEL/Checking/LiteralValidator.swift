/// Refuses calls on constants that cannot work, before they are ever evaluated.
struct LiteralValidator {
    private let checked: CheckedExpression
    private let options: CompileOptions
    private var diagnostics: [Diagnostic] = []

    init(_ checked: CheckedExpression, _ options: CompileOptions) {
        self.checked = checked
        self.options = options
    }

    /// What is wrong with the constants of an expression that is otherwise correct.
    consuming func findings() -> [Diagnostic] {
        visit(checked.tree.root)
        return diagnostics
    }

    private mutating func visit(_ expression: Expression) {
        if case .call(let name, let target, let arguments) = expression.kind {
            validate(name, (target.map { [$0] } ?? []) + arguments, at: expression)
        }
        for child in expression.children { visit(child) }
    }

    private mutating func validate(_ name: String, _ operands: [Expression], at call: Expression) {
        if name == "format", operands.count == 2 {
            if let failure = formatFailure(operands[0], operands[1]) {
                report(failure.message, at: call.offset)
            }
            return
        }
        guard options.validatesLiterals, let last = operands.last,
            case .literal(.string(let text)) = last.kind
        else { return }
        switch (name, operands.count) {
        case ("matches", 2):
            do throws(RegularExpression.Failure) { _ = try RegularExpression(text) } catch {
                report(error.message, at: last.offset)
            }
        case ("duration", 1) where TimeSpan(goSyntax: text) == nil:
            report(
                "invalid duration argument",
                at: last.offset,
                hint: "write a duration such as '5m' or '1h30m'"
            )
        case ("timestamp", 1) where Instant(rfc3339: text) == nil:
            report(
                "invalid timestamp argument",
                at: last.offset,
                hint: "write a time such as '2026-09-01T12:00:00Z'"
            )
        default: break
        }
    }

    private mutating func report(_ message: String, at offset: Int, hint: String? = nil) {
        diagnostics.append(Diagnostic(offset: offset, message: message, hint: hint))
    }

    /// What is wrong with a constant template, or with a list literal of arguments for it.
    private func formatFailure(_ template: Expression, _ arguments: Expression) -> EvaluationError? {
        guard case .literal(.string(let text)) = template.kind else { return nil }
        do throws(EvaluationError) {
            let clauses = try FormatTemplate(text).clauses
            guard case .list(let elements) = arguments.kind, elements.allSatisfy({ !$0.isOptional }) else {
                return nil
            }
            guard elements.count >= clauses.count else {
                return EvaluationError(.invalidArgument, "index \(elements.count) out of range")
            }
            guard elements.count == clauses.count else {
                return EvaluationError(
                    .invalidArgument,
                    "too many arguments supplied to string formatting call "
                        + "(expected \(clauses.count), got \(elements.count))"
                )
            }
            for (clause, element) in zip(clauses, elements) {
                guard let type = checked.type(of: element.value).typeValue else { continue }
                if let refusal = clause.verb.refusal(of: type) { return refusal }
            }
            return nil
        } catch {
            return error
        }
    }
}

extension ValueType {
    /// The run-time type of the values; nil when only they can tell.
    var typeValue: TypeValue? {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .duration: .duration
        case .timestamp: .timestamp
        case .list: .list
        case .map: .map
        case .optional: .optional
        case .type: .type
        case .object(let type): TypeValue(name: type.name)
        case .dyn, .error, .opaque, .parameter: nil
        }
    }
}
