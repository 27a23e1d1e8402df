import LookoutAlerting
import LookoutModel
import Synchronization

@testable import LookoutDashboard

/// An agent that does as the test says and remembers what it was asked for.
final class ScriptedAgent: AgentControl {
    struct State {
        var now = Timestamp(seconds: 1_795_348_800)
        var alerts: [AlertReport] = []
        var silences: [Silence] = []
        var acknowledged: [String] = []
        var notes: [IncidentNote] = []
        var announcements: [Announcement] = []
        var records = IncidentRecords(alerts: [], transitions: [])
        var drill: FireDrillReport?
        var windows: [MaintenanceWindowReport] = []
        /// Whether nothing can be stored.
        var isBroken = false
        /// How often anything was asked of the agent.
        var questions = 0
    }

    struct Broken: Error {}

    let state = Mutex(State())

    var now: Timestamp { state.withLock { $0.now } }

    func status() async -> AgentStatus {
        ask { state in
            AgentStatus(
                version: "1.2.3",
                startedAt: state.now,
                now: state.now,
                configuration: ConfigurationStatus(path: "lookout.yaml", loadedAt: state.now),
                checks: [],
                alerts: state.alerts.map { AlertStatus($0, at: state.now) },
                receivers: [
                    ReceiverStatus(
                        name: "team",
                        type: "slack",
                        queued: 2,
                        oldestQueued: state.now - .seconds(90),
                        health: .broken(since: state.now, reason: "401")
                    )
                ],
                counters: AgentCounters()
            )
        }
    }

    func alerts() async -> [AlertReport] { ask { $0.alerts } }

    func acknowledge(_ alert: AlertKey, _ word: Alert.Acknowledgement?) async throws -> Bool {
        try change { state in
            guard let index = state.alerts.firstIndex(where: { $0.alert.key == alert }),
                state.alerts[index].alert.state.isActive
            else { return false }
            state.alerts[index].alert.acknowledgement = word
            state.acknowledged.append(word?.author ?? "-")
            return true
        }
    }

    func silences() async throws -> [Silence] { ask { $0.silences } }

    func save(_ silence: Silence) async throws {
        try change { state in
            state.silences.removeAll { $0.id == silence.id }
            state.silences.append(silence)
        }
    }

    func maintenanceWindows() async -> [MaintenanceWindowReport] { ask { $0.windows } }

    func records() async throws -> IncidentRecords {
        ask { state in
            var records = state.records
            records.notes = state.notes
            records.notices = []
            return records
        }
    }

    func notices(since begin: Timestamp) async throws -> [NoticeRecord] {
        ask { state in state.records.notices.filter { begin <= $0.notice.createdAt } }
    }

    func add(_ note: IncidentNote) async throws { try change { $0.notes.append(note) } }

    func announce(_ announcement: Announcement) async throws -> [String] {
        try change { state in
            state.announcements.append(announcement)
            return ["chat"]
        }
    }

    func announcements(limit: Int) async throws -> [Announcement] {
        ask { $0.announcements.suffix(limit) }
    }

    func drill(receiver name: String) async throws -> FireDrillReport? {
        ask { state in name == "team" ? state.drill : nil }
    }

    func pattern(_ source: String) throws -> TextPattern {
        guard source != "(" else { throw Broken() }
        return TextPattern(source) { $0 == source }
    }

    private func ask<Answer>(_ body: (inout State) -> Answer) -> Answer {
        state.withLock { state in
            state.questions += 1
            return body(&state)
        }
    }

    private func change<Answer>(_ body: (inout State) -> Answer) throws -> Answer {
        try state.withLock { state in
            state.questions += 1
            if state.isBroken { throw Broken() }
            return body(&state)
        }
    }
}
