package import CEL
package import LookoutSettings

/// Compiles the expressions and templates of one file in any environment, and collects what is wrong with them.
package struct ExpressionReader {
    private let placement: ScalarPlacement
    package var diagnostics = Diagnostics()

    /// - Parameter placement: the file's text, for the places of mistakes.
    package init(placement: ScalarPlacement) {
        self.placement = placement
    }

    /// The expression, whose value must have a type; nil after reporting what is wrong.
    ///
    /// `hint` says what else is to be said of a name that the environment does not have.
    package mutating func expression(
        _ text: SourceText,
        expecting type: ValueType,
        in environment: CELEnvironment,
        hint: (String) -> String? = { _ in nil }
    ) -> CompiledExpression? {
        compile(ExpressionSource(text, in: placement), expecting: type, in: environment, hint: hint)
    }

    /// The template with its expressions of any type; nil after reporting what is wrong with each.
    package mutating func template(
        _ text: SourceText,
        in environment: CELEnvironment,
        hint: (String) -> String? = { _ in nil }
    ) -> CompiledTemplate? {
        let template: TemplateText
        do throws(TemplateText.Mistake) {
            template = try TemplateText(text.text)
        } catch {
            diagnostics.error(
                error.message,
                at: placement.position(of: error.offset, in: text),
                hint: #"an expression stands between {{ and }}; for the characters write {{ "{{" }}"#
            )
            return nil
        }
        let pieces = template.pieces.map { piece -> CompiledTemplate.Piece? in
            switch piece {
            case .text(let fixed): return .text(fixed)
            case .expression(let expression, let offset):
                let source = ExpressionSource(text, expression: expression, offset: offset, in: placement)
                return compile(source, expecting: nil, in: environment, hint: hint).map { .expression($0) }
            }
        }
        let sound = pieces.compactMap(\.self)
        return sound.count == pieces.count ? CompiledTemplate(pieces: sound) : nil
    }

    private mutating func compile(
        _ source: ExpressionSource,
        expecting type: ValueType?,
        in environment: CELEnvironment,
        hint: (String) -> String?
    ) -> CompiledExpression? {
        do throws(CompileError) {
            let program = try environment.compile(source.expression, expecting: type)
            return CompiledExpression(program: program, source: source)
        } catch {
            report(error.issues, of: source, hint)
            return nil
        }
    }

    /// Reports the first issues of an expression: whoever makes more has made one mistake many times.
    private mutating func report(
        _ issues: [CompileError.Issue],
        of source: ExpressionSource,
        _ hint: (String) -> String?
    ) {
        for issue in issues.prefix(Self.mostIssues) {
            diagnostics.add(
                Diagnostic(
                    at: source.position(issue.position),
                    issue.message,
                    hint: issue.undeclaredName.flatMap(hint) ?? issue.hint,
                    excerpt: issue.excerpt
                )
            )
        }
        if issues.count > Self.mostIssues {
            diagnostics.error(
                "this expression has \(issues.count - Self.mostIssues) more mistakes",
                at: source.position(issues[Self.mostIssues].position)
            )
        }
    }

    private static let mostIssues = 20
}

extension CompileError.Issue {
    /// The name that the environment does not have, where that is what is wrong.
    fileprivate var undeclaredName: String? {
        let start = "undeclared reference to '"
        guard message.hasPrefix(start) else { return nil }
        return String(message.dropFirst(start.count).prefix { $0 != "'" })
    }
}
