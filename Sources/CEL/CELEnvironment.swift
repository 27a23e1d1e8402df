/// What expressions may refer to: variables, functions, and the limits and habits of the compiler.
///
/// Made once for a kind of rule; programs compiled in it are evaluated with an `Activation` of it.
package struct CELEnvironment: Sendable {
    /// A variable and its static type; the name may be qualified, such as `a.b`.
    package struct Variable: Sendable {
        package let name: String
        package let type: ValueType

        package init(_ name: String, _ type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    package let variables: [Variable]
    package let options: CompileOptions
    /// The namespace that names are looked up in, such as `a.b`; empty for none.
    package let container: String
    let slots: [String: Int]
    let functions: FunctionTable

    /// An environment; a host function of a standard function's name adds overloads to it.
    ///
    /// Precondition: the names of the variables differ.
    package init(
        variables: [Variable] = [],
        functions: [FunctionDeclaration] = [],
        container: String = "",
        options: CompileOptions = CompileOptions()
    ) {
        self.variables = variables
        self.container = container
        self.options = options
        slots = Dictionary(uniqueKeysWithValues: variables.enumerated().map { ($1.name, $0) })
        self.functions = FunctionTable.standard.adding(functions)
    }

    /// The place of a variable in an activation.
    package func slot(of name: String) -> Int? {
        slots[name]
    }

    /// Parses, checks and compiles an expression.
    ///
    /// `expecting` is the type that the result must be assignable to, such as `.bool` for a
    /// condition. Throws all issues at once.
    package func compile(
        _ source: String,
        expecting expected: ValueType? = nil
    ) throws(CompileError) -> Program {
        let text = SourceText(source)
        let syntax: SyntaxTree
        do throws(Diagnostic) {
            syntax = try Parser.parse(text, options)
        } catch {
            throw CompileError(.parse, [error], in: text)
        }
        var checker = TypeChecker(self, syntax)
        let checked = checker.check(expecting: expected)
        if options.isChecked, !checked.diagnostics.isEmpty {
            throw CompileError(.check, checked.diagnostics, in: text)
        }
        return Program(Program.Origin(environment: self, checked: checked, source: text))
    }
}
