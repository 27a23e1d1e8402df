/// How bad an alert is: 1 is the worst.
///
/// The order is by number, so `.outage < .minor`; `isWorse(than:)` reads better where that matters.
package enum Severity: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// Severity 1: complete service outage.
    case outage = 1
    /// Severity 2: a major feature is broken.
    case major = 2
    /// Severity 3: a minor feature has issues.
    case minor = 3

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }

    package func isWorse(than other: Severity) -> Bool {
        self < other
    }
}
