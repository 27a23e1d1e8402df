import Synchronization

/// Keeps what happened, in order, for a test to look at.
package final class Recorder<Event: Sendable>: Sendable {
    private let events = Mutex<[Event]>([])

    package init() {}

    package func record(_ event: Event) {
        events.withLock { $0.append(event) }
    }

    /// What has happened so far, in order.
    package var values: [Event] { events.withLock { $0 } }

    package var count: Int { events.withLock { $0.count } }

    /// Hands over what has happened so far and forgets it.
    package func drain() -> [Event] {
        events.withLock { events in
            defer { events.removeAll() }
            return events
        }
    }

    /// Waits, in real time, until at least so much has happened; all that has.
    package func values(atLeast count: Int) async throws -> [Event] {
        try await eventually("at least \(count) events") { self.count >= count }
        return values
    }
}
