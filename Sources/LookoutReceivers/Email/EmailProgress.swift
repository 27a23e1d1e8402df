import LookoutAlerting
import LookoutModel
import Synchronization

/// For whom mails were taken that other recipients have still to get.
///
/// Kept in memory alone: after a restart those who have the mail get it again, under the same Message-ID.
final class EmailProgress: Sendable {
    private struct State {
        var taken: [NoticeID: Set<String>] = [:]
        /// Oldest first.
        var order: [NoticeID] = []
    }

    private let state = Mutex(State())
    private static let most = 1000

    func taken(_ delivery: NoticeID) -> Set<String> {
        state.withLock { $0.taken[delivery] ?? [] }
    }

    func add(_ mailboxes: [String], to delivery: NoticeID) {
        state.withLock { state in
            if state.taken[delivery] == nil {
                state.order.append(delivery)
                if state.order.count > Self.most { state.taken[state.order.removeFirst()] = nil }
            }
            state.taken[delivery, default: []].formUnion(mailboxes)
        }
    }

    /// Forgets a delivery that everybody has who will ever get it.
    func forget(_ delivery: NoticeID) {
        state.withLock { state in
            guard state.taken.removeValue(forKey: delivery) != nil else { return }
            state.order.removeAll { $0 == delivery }
        }
    }
}
