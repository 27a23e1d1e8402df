import CEL
import LookoutSettings

/// Compiles the expressions of one rule file and collects what is wrong with them.
struct ExpressionCompiler {
    private let vocabulary: RuleVocabulary
    private let placement: ScalarPlacement
    /// What the rule at hand is about.
    private var scope = RuleScopeKind.check
    var diagnostics = Diagnostics()
    /// What the rule at hand asks of a check's past.
    private(set) var demand = HistoryDemand()

    init(vocabulary: RuleVocabulary, placement: ScalarPlacement) {
        self.vocabulary = vocabulary
        self.placement = placement
    }

    /// Begins another rule.
    mutating func begin(_ scope: RuleScopeKind) {
        self.scope = scope
        demand = HistoryDemand()
    }

    /// The expression, whose value must have a type; nil after reporting what is wrong.
    mutating func expression(_ text: SourceText, expecting type: ValueType) -> CompiledExpression? {
        compile(ExpressionSource(text, in: placement), expecting: type)
    }

    /// The template with its expressions of any type; nil after reporting what is wrong with each.
    mutating func template(_ text: SourceText) -> CompiledTemplate? {
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
            let program = try vocabulary.environment(for: scope).compile(source.expression, expecting: type)
            return include(program.hostCalls, of: source)
                ? CompiledExpression(program: program, source: source) : nil
        } catch {
            report(error.issues, of: source)
            return nil
        }
    }

    /// Reports the first issues of an expression: whoever makes more has made one mistake many times.
    private mutating func report(_ issues: [CompileError.Issue], of source: ExpressionSource) {
        for issue in issues.prefix(Self.mostIssues) { report(issue, of: source) }
        if issues.count > Self.mostIssues {
            diagnostics.error(
                "this expression has \(issues.count - Self.mostIssues) more mistakes",
                at: source.position(issues[Self.mostIssues].position)
            )
        }
    }

    private static let mostIssues = 20

    private mutating func report(_ issue: CompileError.Issue, of source: ExpressionSource) {
        let elsewhere = issue.undeclaredName.flatMap { vocabulary.hint(forUndeclared: $0, in: scope) }
        diagnostics.add(
            Diagnostic(
                at: source.position(issue.position),
                issue.message,
                hint: elsewhere ?? issue.hint,
                excerpt: issue.excerpt
            )
        )
    }

    /// Makes room for what an expression looks back on; false after reporting what cannot be kept.
    private mutating func include(_ calls: [HostCall], of source: ExpressionSource) -> Bool {
        var isSound = true
        for call in calls {
            do throws(EvaluationError) {
                try demand.include(call)
            } catch {
                diagnostics.error("\(call.function): \(error.message)", at: source.position(call.position))
                isSound = false
            }
        }
        return isSound
    }
}

extension CompileError.Issue {
    /// The name that the environment does not have, where that is what is wrong.
    fileprivate var undeclaredName: String? {
        let start = "undeclared reference to '"
        guard message.hasPrefix(start) else { return nil }
        return String(message.dropFirst(start.count).prefix { $0 != "'" })
    }
}
