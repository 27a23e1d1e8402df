import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutStorage

extension Agent {
    /// Puts the test messages into the outbox that heartbeats wait for.
    func makeTestMessages(_ configuration: Configuration) async {
        let now = system.timekeeper.now
        let wanted = configuration.heartbeats.compactMap(\.testMessage)
        var randomness = SystemRandomNumberGenerator()
        for receiver in examination.dueTestMessages(wanted, at: now.monotonic) {
            let notice = TestNotice.make(for: receiver, at: now.wall, using: &randomness)
            do {
                guard try await stores.alerts.renew(testMessage: notice) else { continue }
            } catch {
                // The heartbeat fails for it soon enough, and for the commit at once.
                logger.debug("a test message could not be stored", metadata: ["error": "\(error)"])
                continue
            }
            examination.noteTestMessage(notice.id, for: receiver, at: now.monotonic)
            dispatcher.signal.raise()
        }
    }
}
