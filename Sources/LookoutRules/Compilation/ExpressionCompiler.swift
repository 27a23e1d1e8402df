import CEL
import LookoutSettings

/// Compiles the expressions of one rule file and collects what is wrong with them.
struct ExpressionCompiler {
    let environment: CELEnvironment
    let placement: ScalarPlacement
    private(set) var diagnostics = Diagnostics()
    /// What the expressions compiled since the last reset ask of a check's past.
    var demand = HistoryDemand()

    init(environment: CELEnvironment, placement: ScalarPlacement) {
        self.environment = environment
        self.placement = placement
    }

    /// The expression, whose value must have a type; nil after reporting what is wrong.
    mutating func expression(_ text: SourceText, expecting type: ValueType) -> CompiledExpression? {
        guard text != .missing else { return nil }
        return compile(ExpressionSource(text, in: placement), expecting: type)
    }

    /// The template with its expressions of any type; nil after reporting what is wrong with each.
    mutating func template(_ text: SourceText) -> CompiledTemplate? {
        guard text != .missing else { return nil }
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
                return compile(source, expecting: nil).map { .expression($0) }
            }
        }
        let sound = pieces.compactMap(\.self)
        return sound.count == pieces.count ? CompiledTemplate(pieces: sound) : nil
    }

    private mutating func compile(
        _ source: ExpressionSource,
        expecting type: ValueType?
    ) -> CompiledExpression? {
        do throws(CompileError) {
            let program = try environment.compile(source.expression, expecting: type)
            return include(WindowCall.all(in: source.expression), of: source)
                ? CompiledExpression(program: program, source: source) : nil
        } catch {
            for issue in error.issues {
                diagnostics.add(
                    Diagnostic(
                        at: source.position(issue.position),
                        issue.message,
                        hint: issue.hint,
                        excerpt: issue.excerpt
                    )
                )
            }
            return nil
        }
    }

    /// Makes room for the windows that an expression names; false after reporting those that are none.
    private mutating func include(_ calls: [WindowCall], of source: ExpressionSource) -> Bool {
        var isSound = true
        for call in calls {
            do throws(EvaluationError) {
                demand.include(try call.window)
            } catch {
                let place = placement.position(of: source.offset + call.offset, in: source.text)
                diagnostics.error("\(call.function): \(error.message)", at: place)
                isSound = false
            }
        }
        return isSound
    }
}
