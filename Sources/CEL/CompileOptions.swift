/// The habits of a compiler, the same for all expressions of an environment.
package struct CompileOptions: Sendable {
    package var limits = CompileLimits()
    /// Whether ill-typed expressions are refused; otherwise they fail when evaluated.
    package var isChecked = true
    /// Whether `has`, `all`, `map` and the other macros are known; otherwise their calls are functions'.
    package var expandsMacros = true
    /// Whether `<`, `<=`, `>`, `>=`, `==` and `!=` accept an int beside a double and so on, which
    /// the checker otherwise refuses though it works at run time.
    package var allowsCrossTypeComparison = false
    /// Whether constant patterns, durations and timestamps that cannot work are refused at once
    /// rather than when evaluated.
    package var validatesLiterals = true

    package init() {}

    /// As cel-go does by default, for conformance tests.
    package static let conformance: CompileOptions = {
        var options = CompileOptions()
        options.validatesLiterals = false
        return options
    }()
}

/// Bounds on the text of an expression, so that no rule file can exhaust the compiler.
///
/// A thread with a stack of 512 KiB suffices within the standard limits.
package struct CompileLimits: Sendable {
    /// Bytes of source text.
    package var sourceLength = 16 * 1_024
    /// Nodes of the syntax tree, after macros.
    package var nodeCount = 5_000
    /// Depth of the syntax tree: nesting, and chains such as `a + b + c`.
    ///
    /// Chains of `&&` and of `||` count once.
    package var depth = 100
    /// Nesting of brackets, arguments and branches in the text.
    package var nesting = 64

    package init() {}
}
