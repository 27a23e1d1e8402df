/// How many of a check's runs within a stretch of time said something about the target, and how many of
/// those failed.
package struct OutcomeCount: Hashable, Sendable {
    /// When the stretch begins; how long it is, who asked for it knows.
    package let start: Timestamp
    /// Runs that succeeded or failed; errors and inconclusive runs do not count.
    package let conclusive: Int
    package let failed: Int

    package init(start: Timestamp, conclusive: Int, failed: Int) {
        self.start = start
        self.conclusive = conclusive
        self.failed = failed
    }
}
