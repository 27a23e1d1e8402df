import LookoutSettings
import Yams

/// What Yams found wrong, in words for people and at its place.
///
/// The line itself is not shown: it may hold a secret.
struct YAMLFault {
    let diagnostics: Diagnostics

    init(_ error: YamlError, file: String) {
        let fault = YAMLFault.describe(error, file: file)
        diagnostics = Diagnostics(error: fault.message, at: fault.position, hint: fault.hint)
    }

    private typealias Description = (message: String, position: SourcePosition, hint: String?)

    private static func describe(_ error: YamlError, file: String) -> Description {
        switch error {
        case .scanner(let context, let problem, let mark, let yaml),
            .parser(let context, let problem, let mark, let yaml),
            .composer(let context, let problem, let mark, let yaml):
            return syntaxFault(problem, context, at: mark, in: yaml, file: file)
        case .reader(let problem, let offset, _, let yaml):
            let position = SourcePosition(file: file, after: String(yaml.prefix(offset ?? 0)))
            return ("not valid YAML: \(problem)", position, nil)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\(unmasked($0).shortened)\"" }.joined(separator: ", ")
            let position = SourcePosition(file: file, line: context.mark.line, column: context.mark.column)
            return ("\(names) is given twice in one mapping", position, "keep one of them")
        default:
            return ("not valid YAML: \(error)", SourcePosition(file: file, line: 1, column: 1), nil)
        }
    }

    private static func syntaxFault(
        _ problem: String,
        _ context: YamlError.Context?,
        at mark: Mark,
        in yaml: String,
        file: String
    ) -> Description {
        let position = SourcePosition(file: file, line: mark.line, column: mark.column)
        if problem == "but found another document" {
            return (
                "a second document begins here", position, "a file holds one document; remove the \"---\""
            )
        }
        if problem.hasPrefix("Maximum nesting level") { return ("the nesting is too deep", position, nil) }
        var message = "not valid YAML: \(problem)"
        if let context, !context.text.isEmpty {
            message += ", \(context.text) from line \(context.mark.line)"
        }
        return (message, position, hint(for: yaml, line: mark.line, column: mark.column))
    }

    /// The two ways in which people most often go wrong.
    private static func hint(for yaml: String, line: Int, column: Int) -> String? {
        let lines = yaml.unicodeScalars.split(
            separator: "\n",
            maxSplits: line,
            omittingEmptySubsequences: false
        )
        guard lines.indices.contains(line - 1) else { return nil }
        let scalars = lines[line - 1]
        if scalars.prefix(column).contains("\t") { return "indent with spaces; YAML does not allow tabs" }
        if String(scalars).contains("${") { return "inside of { } and [ ] put a text with ${...} in quotes" }
        return nil
    }

    private static func unmasked(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0 == YAMLConversion.aliasMask ? "*" : $0 })
        )
    }
}
