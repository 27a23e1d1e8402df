import LookoutAlerting
import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import LookoutProbing
import LookoutReceivers
import LookoutStorage

/// The running agent as the local API sees it.
struct AgentDesk: AgentControl {
    /// How much of the past incidents are made of.
    private static let maximumTransitions = 100_000
    private static let maximumNotices = 20_000
    private static let maximumAnnouncements = 10_000

    let agent: Agent

    var now: Timestamp { agent.system.timekeeper.now.wall }

    func status() async -> AgentStatus { await StatusReader(agent: agent).status() }

    func alerts() async -> [AlertReport] {
        let withheld = await agent.keeper.withheld
        return await agent.keeper.current.map { AlertReport($0, withheld: withheld[$0.key]) }
    }

    func acknowledge(_ alert: AlertKey, _ word: Alert.Acknowledgement?) async throws -> Bool {
        try await agent.keeper.acknowledge(alert, word, at: agent.system.timekeeper.now)
    }

    func silences() async throws -> [Silence] {
        try await agent.stores.operations.silences()
    }

    func save(_ silence: Silence) async throws {
        try await agent.stores.operations.save(silence)
        // What is on the disk holds; if it cannot be put in force at once, that is made up for.
        try? await agent.putSilencesInForce()
    }

    func maintenanceWindows() async -> [MaintenanceWindowReport] {
        agent.journal.current.policy.maintenance.map { maintenance in
            MaintenanceWindowReport(
                name: maintenance.name,
                matchers: maintenance.matchers.map(\.description),
                isInForce: maintenance.isInForce(at: now)
            )
        }
    }

    func notices(since begin: Timestamp) async throws -> [NoticeRecord] {
        try await agent.stores.operations.notices(of: nil, since: begin, limit: Self.maximumNotices)
    }

    func records() async throws -> IncidentRecords {
        let operations = agent.stores.operations
        return IncidentRecords(
            alerts: await agent.keeper.current,
            transitions: try await agent.stores.alerts.transitions(
                of: nil,
                since: .epoch,
                limit: Self.maximumTransitions
            ),
            silences: try await operations.silences(),
            notes: try await operations.notes(of: nil),
            announcements: try await operations.announcements(since: .epoch, limit: Self.maximumAnnouncements)
        )
    }

    func add(_ note: IncidentNote) async throws {
        try await agent.stores.operations.add(note)
    }

    func announce(_ announcement: Announcement) async throws -> [String] {
        try await agent.keeper.announce(announcement, at: agent.system.timekeeper.now)
    }

    func announcements(limit: Int) async throws -> [Announcement] {
        try await agent.stores.operations.announcements(since: .epoch, limit: limit)
    }

    func drill(receiver name: String) async throws -> FireDrillReport? {
        guard let receiver = agent.journal.current.receivers.first(where: { $0.name == name }) else {
            return nil
        }
        let drill = FireDrill(receiver, agent.receiverTools, secrets: agent.options.secrets?.all ?? [])
        return FireDrillReport(receiver, await drill.run())
    }

    func pattern(_ source: String) throws -> TextPattern {
        try TextPattern(compiling: source)
    }
}

extension FireDrillReport {
    init(_ receiver: ConfiguredReceiver, _ outcome: FireDrill.Outcome) {
        self.init(
            receiver: receiver.name,
            type: receiver.typeName,
            isDelivered: outcome.verdict.isDelivered,
            verdict: outcome.verdict.words,
            exchanges: outcome.exchanges.map { Exchange(request: $0.request, answer: $0.answer) }
        )
    }
}
