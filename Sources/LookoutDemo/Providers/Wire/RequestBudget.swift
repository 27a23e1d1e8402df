import LookoutModel

/// How many requests a provider answers in a window of time.
package struct RequestBudget: Hashable, Sendable {
    package let limit: Int
    package let window: Duration
    private(set) var used = 0
    private(set) var start: Timestamp?

    package init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = window
    }

    var remaining: Int { max(0, limit - used) }

    /// When the next window begins.
    func reset(at now: Timestamp) -> Timestamp { (start ?? now) + window }

    /// Counts a request; false if the window is used up.
    mutating func take(at now: Timestamp) -> Bool {
        if now >= reset(at: now) || start == nil {
            start = now
            used = 0
        }
        guard used < limit else { return false }
        used += 1
        return true
    }
}
