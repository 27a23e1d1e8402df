package import LookoutModel

/// When an alert counts as flapping: coming and going so often that each time is not worth telling.
package struct FlappingPolicy: Hashable, Sendable {
    /// It begins above this percentage of changes.
    package var high: Double
    /// It ends below this one.
    package var low: Double
    /// What is always told.
    package var exempt: Set<Severity>

    package init(high: Double, low: Double, exempt: Set<Severity>) {
        self.high = high
        self.low = low
        self.exempt = exempt
    }

    /// Icinga's numbers; severity 1 never flaps.
    package static let standard = FlappingPolicy(high: 30, low: 25, exempt: [.outage])
}
