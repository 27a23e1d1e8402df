package import LookoutSettings

/// An expectation that was not met.
package struct RuleTestFailure: Hashable, Sendable {
    /// Where the expectation stands.
    package var position: SourcePosition
    /// What is wrong, in one line.
    package var message: String
    /// What was expected and what came, line by line, where that can be compared.
    package var expected: [String] = []
    package var got: [String] = []
    /// What else happened around that time.
    package var context: [String] = []
}

/// What became of one test.
package struct RuleTestResult: Sendable {
    package let name: String
    package let position: SourcePosition
    /// In the order of the file.
    package var failures: [RuleTestFailure]
    /// The rules that fired at some time.
    package let firedRules: Set<String>
    package let sampleCount: Int
    /// How much time passed in it.
    package let length: Duration
    /// All that happened, line by line.
    package let timeline: [String]

    package var isPassed: Bool { failures.isEmpty }
}
