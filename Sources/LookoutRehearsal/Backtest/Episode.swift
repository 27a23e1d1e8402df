package import LookoutModel

/// One time that an alert fired, from its firing to its resolution.
package struct Episode: Hashable, Sendable {
    package let alert: AlertID
    /// When it fired; nil if that was before anything that is known.
    package let began: Timestamp?
    /// When it was resolved; nil if it was not.
    package let ended: Timestamp?
    /// The worst severity that it had.
    package let worst: Severity

    package init(alert: AlertID, began: Timestamp?, ended: Timestamp?, worst: Severity) {
        self.alert = alert
        self.began = began
        self.ended = ended
        self.worst = worst
    }

    /// The part of a range of time in which it fired; nil if there is none.
    package func part(of range: Range<Timestamp>) -> ClosedRange<Timestamp>? {
        let first = max(began ?? range.lowerBound, range.lowerBound)
        let last = min(ended ?? range.upperBound, range.upperBound)
        guard first <= last, first < range.upperBound, ended.map({ $0 >= range.lowerBound }) ?? true else {
            return nil
        }
        return first...last
    }

    /// For how long it fired within a range of time.
    package func length(in range: Range<Timestamp>) -> Duration {
        part(of: range).map { $0.upperBound - $0.lowerBound } ?? .zero
    }
}
