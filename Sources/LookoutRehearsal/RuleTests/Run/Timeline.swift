import LookoutAlerting
import LookoutModel
import Synchronization

/// All that happened in a test, in order.
final class Timeline: Sendable {
    /// A thing that happened.
    enum Entry: Sendable {
        case transition(AlertTransition, AlertID)
        case attempt(ReceiverAttempt)
        case errorBegan(AlertID, String)
        case errorEnded(AlertID)
        /// In words for people.
        case event(String)
    }

    private let entries = Mutex<[(time: Duration, entry: Entry)]>([])
    private let clock: TestClock

    init(clock: TestClock) {
        self.clock = clock
    }

    func record(_ entry: Entry) {
        let now = clock.now
        entries.withLock { $0.append((now, entry)) }
    }

    /// Everything so far.
    var all: [(time: Duration, entry: Entry)] { entries.withLock { $0 } }
}

/// An attempt to tell a receiver, as the receiver saw it.
struct ReceiverAttempt: Hashable, Sendable {
    let receiver: String
    let notice: Notice
    let answer: ReceiverAnswer
    /// The first for this notice is 1.
    let number: Int

    var isTaken: Bool { answer.verdict == .delivered }
}
