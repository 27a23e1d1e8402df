/// Everything that is wrong with an expression's text, in the order of the text.
package struct CompileError: Error, Sendable, Hashable {
    /// The step that found the issues; later steps do not run.
    package enum Stage: String, Sendable {
        case parse
        case check
    }

    /// One mistake and its place.
    package struct Issue: Sendable, Hashable {
        package let position: TextPosition
        /// What is wrong, in cel-go's words.
        package let message: String
        /// What to write instead, when that can be guessed.
        package let hint: String?
        /// The source line with a caret under the place, two lines, as cel-go prints them.
        package let excerpt: String

        /// The message with its hint, for one line of output.
        package var summary: String {
            hint.map { "\(message) (\($0))" } ?? message
        }
    }

    package let stage: Stage
    package let issues: [Issue]

    /// All issues as cel-go prints them: `ERROR: <input>:1:5: …`, the source line, the caret.
    ///
    /// `name` stands for the input and `lineOffset` is added to line numbers, for an expression that
    /// is part of a larger file.
    package func rendered(name: String = "<input>", lineOffset: Int = 0) -> String {
        issues.map { issue in
            let line = issue.position.line + lineOffset
            return "ERROR: \(name):\(line):\(issue.position.column): \(issue.summary)\n\(issue.excerpt)"
        }.joined(separator: "\n")
    }
}

extension CompileError: CustomStringConvertible {
    package var description: String { rendered() }
}

/// A mistake found while compiling, before its place is put in words.
///
/// A class, since the parser's deep recursion keeps room for one in every frame.
final class Diagnostic: Error {
    let offset: Int
    let message: String
    let hint: String?

    init(offset: Int, message: String, hint: String? = nil) {
        self.offset = offset
        self.message = message
        self.hint = hint
    }
}

extension CompileError {
    init(_ stage: Stage, _ diagnostics: [Diagnostic], in source: SourceText) {
        self.stage = stage
        issues = diagnostics.map { diagnostic in
            let position = source.position(of: diagnostic.offset)
            return Issue(
                position: position,
                message: diagnostic.message,
                hint: diagnostic.hint,
                excerpt: source.excerpt(at: position)
            )
        }.sorted { $0.position < $1.position }
    }
}
