package import LookoutModel

/// When something holds: again and again, or once.
package enum TimeWindow: Hashable, Sendable {
    case recurring(RecurringWindow)
    /// From a time on, and no longer at another.
    case once(from: Timestamp, to: Timestamp)

    /// Whether a time lies within it.
    package func contains(_ time: Timestamp) -> Bool {
        switch self {
        case .recurring(let window): window.contains(time.secondsSinceEpoch)
        case .once(let begin, let end): begin <= time && time < end
        }
    }

    /// The next time at which it may open or close, no later than it does; nil if it never does again.
    package func boundary(after time: Timestamp) -> Timestamp? {
        switch self {
        case .recurring(let window):
            Timestamp(seconds: Int64(window.boundary(after: time.secondsSinceEpoch)))
        case .once(let begin, let end):
            [begin, end].first { $0 > time }
        }
    }
}

/// Windows under one name: a time within any of them lies within.
package struct TimeWindows: Hashable, Sendable {
    /// How many boundaries ahead are looked at to find the end.
    private static let horizon = 60

    package var name: String
    package var windows: [TimeWindow]

    package init(name: String, _ windows: [TimeWindow]) {
        self.name = name
        self.windows = windows
    }

    package func contains(_ time: Timestamp) -> Bool {
        windows.contains { $0.contains(time) }
    }

    /// The next time at which they may open or close, no later than they do; nil if they never do again.
    package func boundary(after time: Timestamp) -> Timestamp? {
        windows.compactMap { $0.boundary(after: time) }.min()
    }

    /// When they close, seen from a time within; of what stays open for weeks, a time until which it does.
    package func end(after time: Timestamp) -> Timestamp {
        var end = time
        for _ in 0..<Self.horizon {
            guard let next = boundary(after: end) else { break }
            end = next
            if !contains(end) { break }
        }
        return end
    }
}

extension Timestamp {
    /// Whole seconds, rounded down.
    fileprivate var secondsSinceEpoch: Int {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }
}
