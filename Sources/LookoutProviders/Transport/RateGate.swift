import LookoutModel
import Synchronization

/// Keeps the requests to a provider back for as long as it wants to be left alone.
///
/// GitHub shuts out who goes on asking. One gate stands before all requests with the same token.
final class RateGate: Sendable {
    private let opening = Mutex<Duration?>(nil)

    /// How long it stays shut; nil if it is open.
    func wait(at now: Moment) -> Duration? {
        opening.withLock { opening in
            guard let time = opening, time > now.monotonic else { return nil }
            return time - now.monotonic
        }
    }

    func shut(for wait: Duration, at now: Moment) {
        opening.withLock { opening in
            opening = max(opening ?? .zero, now.monotonic + wait)
        }
    }
}
