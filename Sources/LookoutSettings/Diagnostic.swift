/// One thing that is wrong, or questionable, in a configuration or rule file.
package struct Diagnostic: Hashable, Sendable {
    /// Whether the file can be used all the same.
    package enum Level: String, Hashable, Sendable {
        case error
        case warning
    }

    package var level: Level
    package var position: SourcePosition?
    /// What is wrong, in one sentence.
    package var message: String
    /// What to do about it.
    package var hint: String?
    /// Source lines with a caret, where that helps (expressions).
    package var excerpt: String?

    package init(
        _ level: Level = .error,
        at position: SourcePosition?,
        _ message: String,
        hint: String? = nil,
        excerpt: String? = nil
    ) {
        self.level = level
        self.position = position
        self.message = message
        self.hint = hint
        self.excerpt = excerpt
    }

    /// `file:line:column: error: message`, then the excerpt and the hint on lines of their own.
    package var rendered: String {
        var text = position.map { "\($0): " } ?? ""
        text += "\(level.rawValue): \(message)"
        if let excerpt { text += "\n\(excerpt)" }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}

/// All that was found wrong, so that a person mends a file once and not error by error.
package struct Diagnostics: Sendable, Error {
    package private(set) var all: [Diagnostic] = []
    /// How many errors were reported, repeats included: who compares it before and after knows
    /// whether something was wrong, even if it was wrong in the same way before.
    package private(set) var errorReports = 0
    private var known: Set<Diagnostic> = []

    package init() {}

    package var hasErrors: Bool { errorReports > 0 }
    package var errors: [Diagnostic] { all.filter { $0.level == .error } }
    package var warnings: [Diagnostic] { all.filter { $0.level == .warning } }

    /// Adds a finding once: a probe expanded over environments repeats its own mistakes.
    package mutating func add(_ diagnostic: Diagnostic) {
        if diagnostic.level == .error { errorReports += 1 }
        if known.insert(diagnostic).inserted { all.append(diagnostic) }
    }

    package mutating func error(_ message: String, at position: SourcePosition?, hint: String? = nil) {
        add(Diagnostic(.error, at: position, message, hint: hint))
    }

    package mutating func warning(_ message: String, at position: SourcePosition?, hint: String? = nil) {
        add(Diagnostic(.warning, at: position, message, hint: hint))
    }

    package mutating func add(contentsOf other: Diagnostics) {
        for diagnostic in other.all { add(diagnostic) }
    }

    /// In the order of the files' lines; findings without a place first.
    package var sorted: [Diagnostic] {
        all.enumerated().sorted { left, right in
            switch (left.element.position, right.element.position) {
            case (nil, nil): left.offset < right.offset
            case (nil, _): true
            case (_, nil): false
            case (let first?, let second?):
                first == second ? left.offset < right.offset : first < second
            }
        }
        .map(\.element)
    }
}
