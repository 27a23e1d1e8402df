import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// Files of the third and fourth version, whose outbox had a notice in every state that there was when the
/// program was killed: taken over, nothing of it is lost or told twice.
@Suite struct SavedOutboxTests {
    private static let time = AlertExamples.time

    private static var alerts: [Alert] {
        var down = AlertExamples.alert("down", severity: .outage, episode: 3)
        down.told = ["team": Alert.Told(episode: 3, severity: .outage, since: time, at: time)]
        down.acknowledgement = Alert.Acknowledgement(by: "ada", at: time)
        return [down, AlertExamples.alert("slow"), AlertExamples.alert("odd", severity: .minor)]
    }

    private static func silence() throws -> Silence {
        Silence(
            id: "5f3a",
            kind: .maintenance,
            matchers: [
                LabelMatcher("team", .equal("web")),
                LabelMatcher("environment", .notMatching(try OperationsStoreContract.pattern("stag.*"))),
            ],
            startsAt: time,
            endsAt: time + .seconds(7_200),
            author: "ada",
            comment: "deploy",
            expiresOnResolve: true
        )
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ name: String) throws -> SQLiteAlertStore {
        try AlertDatabase.open(at: SavedFileTests.restore(name, in: folder)).alerts
    }

    @Test(arguments: ["alerts-003", "alerts-004"])
    func `what it says is read back`(name: String) async throws {
        let store = try open(name)
        #expect(Set(try await store.alerts()) == Set(Self.alerts))
        #expect(
            try await store.transitions(of: nil, since: .epoch, limit: 10).map(\.transition.cause) == [.held]
        )
        let health = try await store.receiverHealth()
        #expect(health["chat"] == .resting(until: Self.time + .seconds(600), reason: "429"))
        #expect(health["broken"] == .broken(since: Self.time, reason: "401 no such token"))
        let operations = SQLiteOperationsStore(store, pattern: OperationsStoreContract.pattern)
        #expect(try await operations.silences() == [try Self.silence()])
        #expect(try await operations.notes(of: 1).map(\.text) == ["restarted the database", "down"])
        let records = try await operations.notices(of: nil, since: .epoch, limit: 100)
        let lines = records.map {
            "\($0.notice.receiver) \($0.notice.rule) \($0.status.rawValue) \($0.reason ?? "")"
        }
        #expect(
            lines == [
                "team down delivered ", "chat down waiting 503", "broken slow dead 400 no such room",
                "team slow waiting ", "team slow waiting ", "mail down waiting ", "mail slow waiting ",
                "mail odd waiting ", "pager down superseded ", "pager down waiting ",
            ]
        )
    }

    @Test(arguments: ["alerts-003", "alerts-004"])
    func `what was still to be told is told, as it would have been`(name: String) async throws {
        let store = try open(name)
        #expect(try await store.releaseLeases(exceptOf: "second") == 2)
        var told: [String] = []
        for receiver in ["team", "chat", "mail", "pager", "broken"] {
            while let delivery = try await Self.claim(store, receiver) {
                let what =
                    delivery.isDigest
                    ? "\(delivery.notices.count) as \(delivery.id)" : delivery.notice.kind.rawValue
                told.append("\(receiver) \(what) \(delivery.form.rawValue) \(delivery.failedAttempts)")
                try await store.settle(
                    delivery.id,
                    owner: "second",
                    as: .delivered(at: Self.time + .seconds(121))
                )
            }
        }
        #expect(
            told == [
                "team fired_and_resolved full 0", "chat firing plain 1",
                "mail 3 as 01a0c450-6c00-7544-83bc-38d6c6b89fe4 full 0", "pager firing full 0",
            ]
        )
        #expect(try await store.outboxCounts().values.allSatisfy { $0.waiting == 0 })
    }

    @Test(arguments: ["alerts-003", "alerts-004"])
    func `what follows goes on where it was`(name: String) async throws {
        let store = try open(name)
        let down = Self.alerts[0]
        try await store.commit(
            AlertCommit(notices: [
                AlertExamples.notice(50, of: down, kind: .reminder, at: Self.time + .seconds(9))
            ])
        )
        // With the receiver's own name of its first message about the episode, to go below it.
        var told: [String] = []
        while let delivery = try await Self.claim(store, "team") {
            told.append("\(delivery.sequence) \(delivery.notice.rule) \(delivery.thread ?? "-")")
            try await store.settle(
                delivery.id,
                owner: "second",
                as: .delivered(at: Self.time + .seconds(121))
            )
        }
        #expect(told == ["11 down 1790.1", "5 slow -"])
        try await store.proveCommit(at: Self.time)
        #expect(try await store.removeHistory(before: Self.time + .seconds(1)) > 0)
    }

    /// What is to be sent two minutes later; nil if that is nothing.
    private static func claim(_ store: SQLiteAlertStore, _ receiver: String) async throws -> Delivery? {
        var generator = SeededGenerator(seed: 7)
        let now = time + .seconds(120)
        let request = ClaimRequest(
            receiver: receiver,
            lease: Lease(owner: "second", until: now + .seconds(60)),
            now: now,
            horizon: .seconds(300),
            sendsResolved: true,
            digestID: NoticeID(at: now, using: &generator),
            digestThreshold: 2,
            digestLimit: 10
        )
        if case .delivery(let delivery) = try await store.claim(request) { return delivery }
        return nil
    }
}
