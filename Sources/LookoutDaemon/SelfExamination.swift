import LookoutAlerting
import LookoutModel
import Synchronization

/// What the agent has found out about itself: the one place where heartbeats and the watchdog look.
///
/// It is written by one loop; where that hangs, everything in here grows old, and that is what is told.
final class SelfExamination: Sendable {
    private struct State {
        var vitals: Vitals
        var ledger = AuditLedger()
        var auditor = Auditor()
        var auditedAt: Duration?
        var testMessages = TestMessages()
        /// Since the start, of each kind.
        var found: [Auditor.Finding.Kind: Int] = [:]
        /// Why alerts cannot be written now.
        var trouble: String?
        /// Why alerts could not be written, and until when that is told.
        var storageTrouble: (reason: String, end: Duration)?
    }

    /// For so long it is still told that alerts could not be written: while it lasted nobody could be.
    private static let memory = Duration.seconds(90)

    private let state: Mutex<State>

    init(at now: Duration) {
        state = Mutex(State(vitals: Vitals(startedAt: now)))
    }

    var ledger: AuditLedger { state.withLock { $0.ledger } }
    /// How many alerts were found, of each kind, that should have been told.
    var found: [Auditor.Finding.Kind: Int] { state.withLock { $0.found } }

    /// Takes note of how one of the functions fares; nil is well.
    func note(_ function: Vitals.Function, _ trouble: String?, at now: Duration) {
        state.withLock { state in
            if let trouble {
                state.vitals.note(function, failed: trouble, at: now)
            } else {
                state.vitals.note(function, at: now)
            }
        }
    }

    /// Why alerts cannot be written, as of the last look; nil if they can.
    var trouble: String? { state.withLock { $0.trouble } }

    /// Takes note of whether alerts can be written.
    func noteStorage(_ trouble: String?, at now: Duration) {
        state.withLock { state in
            state.trouble = trouble
            if let trouble { state.storageTrouble = (trouble, now + Self.memory) }
        }
    }

    /// What is to be said of whether alerts can be written.
    func storageTrouble(at now: Duration) -> String? {
        state.withLock { state in
            guard let known = state.storageTrouble, now < known.end else { return nil }
            return known.reason
        }
    }

    /// Takes a reading of the disk in; what the auditor finds in it that it had not found before.
    func note(_ ledger: AuditLedger, excused: Set<AlertKey>, at now: Duration) -> [Auditor.Finding] {
        state.withLock { state in
            state.ledger = ledger
            guard state.auditedAt.map({ now - $0 >= Auditor.interval }) ?? true else { return [] }
            state.auditedAt = now
            let new = state.auditor.examine(ledger.firing, excused: excused)
            for finding in new { state.found[finding.kind, default: 0] += 1 }
            return new
        }
    }

    /// The receivers for which a test message is to be made now.
    func dueTestMessages(_ wanted: [Heartbeat.TestMessage], at now: Duration) -> [String] {
        state.withLock { $0.testMessages.due(wanted, fates: $0.ledger.testMessages, at: now) }
    }

    func noteTestMessage(_ id: NoticeID, for receiver: String, at now: Duration) {
        state.withLock { $0.testMessages.noteMade(id, for: receiver, at: now) }
    }

    func health(isOffline: Bool, at now: Timestamp) -> AgentHealth {
        state.withLock { state in
            AgentHealth(
                vitals: state.vitals,
                isOffline: isOffline,
                queued: state.ledger.queued,
                oldestQueued: state.ledger.oldestQueued.map { now - $0 },
                oldestOutage: state.ledger.oldestOutage.map { now - $0 },
                findings: state.auditor.findings,
                testMessages: state.testMessages
            )
        }
    }
}
