import Synchronization

/// When a receiver first heard of each check, on the monotonic clock.
final class Arrivals: Sendable {
    private let state = Mutex<[String: Duration]>([:])

    var times: [String: Duration] { state.withLock { $0 } }

    func note(_ check: String, at time: Duration) {
        state.withLock { times in
            if times[check] == nil { times[check] = time }
        }
    }
}
