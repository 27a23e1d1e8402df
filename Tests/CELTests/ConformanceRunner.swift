import CEL

/// Runs lines of the conformance data and says what was not as expected.
struct ConformanceRunner {
    /// What became of an expression.
    enum Outcome {
        case value(Value, ValueType)
        case checked(ValueType)
        case refused(CompileError)
        case failed(EvaluationError, ValueType)
    }

    /// Variables and functions of the lines without declarations of their own.
    var fixture = Fixture.empty
    var limits = CompileLimits()

    func run(_ line: ConformanceCase) -> Outcome {
        var options = CompileOptions.conformance
        options.isChecked = line.isUnchecked != true
        options.limits = limits
        var variables = fixture.variables
        var functions = fixture.functions
        for declaration in line.typeEnvironment ?? [] {
            if let type = declaration.type.flatMap({ ValueType(notation: $0) }) {
                variables.append(.init(declaration.name, type))
            }
            if let signatures = declaration.overloads {
                functions.append(FunctionDeclaration(declaration.name, signatures.map(overload)))
            }
        }
        let declared = Set(variables.map(\.name))
        for name in (line.bindings ?? [:]).keys.sorted() where !declared.contains(name) {
            variables.append(.init(name, .dyn))
        }
        let environment = CELEnvironment(
            variables: variables,
            functions: functions,
            container: line.container ?? "",
            options: options
        )
        let program: Program
        do throws(CompileError) {
            program = try environment.compile(line.expr)
        } catch {
            return .refused(error)
        }
        if line.isCheckOnly == true { return .checked(program.resultType) }
        var activation = Activation(environment)
        for (name, value) in fixture.values { activation[name] = value }
        for (name, value) in line.bindings ?? [:] { activation[name] = value.celValue }
        do throws(EvaluationError) {
            return .value(try program.evaluate(activation), program.resultType)
        } catch {
            return .failed(error, program.resultType)
        }
    }

    /// Why a line's outcome is not what it expects; nil when it is.
    func complaint(_ line: ConformanceCase) -> String? {
        let outcome = run(line)
        let expect = line.expect
        if let expected = expect.deducedType {
            guard let type = outcome.type else { return "no type: \(outcome.text)" }
            if type.description != expected { return "type \(type), expected \(expected)" }
            if line.isCheckOnly == true { return nil }
        }
        if expect.error == true { return complaint(outcome, expecting: expect) }
        guard case .value(let value, _) = outcome else { return outcome.text }
        guard let expected = expect.value?.celValue else {
            return expect.value == nil && !value.matches(.bool(true)) ? outcome.text : nil
        }
        return value.matches(expected) ? nil : "\(outcome.text), expected \(expected)"
    }

    private func complaint(_ outcome: Outcome, expecting expect: ConformanceCase.Expectation) -> String? {
        switch outcome {
        case .value, .checked: return "\(outcome.text), expected an error"
        case .failed: return expect.stage == nil || expect.stage == "eval" ? nil : outcome.text
        case .refused(let error):
            guard let stage = expect.stage else { return nil }
            guard stage == error.stage.rawValue else {
                return "\(error), expected a \(stage) error"
            }
            // cel-go counts the end of an empty text as column 0; a column's difference is no matter.
            let places = expect.issues ?? []
            let isNear = places.contains { place in
                error.issues.contains { issue in
                    issue.position.line == place.line && abs(issue.position.column - place.column) <= 1
                }
            }
            return isNear || places.isEmpty ? nil : "\(error), expected \(places)"
        }
    }

    private func overload(_ signature: ConformanceCase.Declaration.Signature) -> Overload {
        .host(
            signature.id,
            isMember: signature.member,
            signature.params.compactMap { ValueType(notation: $0) },
            ValueType(notation: signature.result) ?? .dyn
        ) { (_, _) throws(EvaluationError) in throw .noData("declared only") }
    }
}

extension ConformanceRunner.Outcome {
    var type: ValueType? {
        switch self {
        case .value(_, let type), .checked(let type), .failed(_, let type): type
        case .refused: nil
        }
    }

    var text: String {
        switch self {
        case .value(let value, _): "got \(value)"
        case .checked(let type): "got type \(type)"
        case .refused(let error): "refused: \(error)"
        case .failed(let error, _): "failed: \(error.message)"
        }
    }
}
