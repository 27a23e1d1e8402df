/// A field of a variable in words, for the documentation.
package struct FieldReference: Hashable, Sendable {
    package let name: String
    /// The type as CEL names it.
    package let type: String
    package let summary: String
}

/// A variable that rules can use in words, for the documentation.
package struct VariableReference: Hashable, Sendable {
    package let name: String
    /// The type as CEL names it.
    package let type: String
    package let summary: String
    /// What it is made of; empty for a plain value.
    package let fields: [FieldReference]
    /// What the rules are about that can use it.
    package let scopes: [RuleScopeKind]
}

/// A function that rules can call in words, for the documentation.
package struct FunctionReference: Hashable, Sendable {
    package let name: String
    /// The arguments as people write them, such as `quantile(q, w)`; optional ones in brackets.
    package let signature: String
    /// The result's type as CEL names it.
    package let result: String
    /// What it gives, in one sentence.
    package let summary: String
    /// A condition that uses it and compiles.
    package let example: String
    /// What the rules are about that can call it.
    package let scopes: [RuleScopeKind]
}
