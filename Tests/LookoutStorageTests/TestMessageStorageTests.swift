import LookoutAlerting
import LookoutModel
import LookoutStorage
import Testing

/// Test messages in the outbox, and what the audit sees of them.
@Suite struct TestMessageStorageTests {
    private let folder: TemporaryFolder
    private let store: SQLiteAlertStore
    private let audit: SQLiteAuditSource
    private let time = AlertExamples.time

    init() throws {
        folder = try TemporaryFolder()
        store = try AlertDatabase.open(at: folder.file("alerts.db")).alerts
        audit = try SQLiteAuditSource(path: folder.file("alerts.db"))
    }

    private func notice(for receiver: String = "canary") -> Notice {
        var generator = SystemRandomNumberGenerator()
        return TestNotice.make(for: receiver, at: time, using: &generator)
    }

    private func claim(isKeyed: Bool) async throws -> Delivery? {
        let claim = try await store.claim(
            ClaimRequest(
                receiver: "canary",
                lease: Lease(owner: "boot", until: time + .seconds(60)),
                now: time,
                horizon: .seconds(300),
                isKeyed: isKeyed
            )
        )
        return if case .delivery(let delivery) = claim { delivery } else { nil }
    }

    private var fate: TestMessages.Fate? {
        get async throws { try await audit.ledger(deadSince: .epoch).testMessages["canary"] }
    }

    @Test(arguments: [false, true])
    func `one goes the way of all notices, and the audit sees it`(isKeyed: Bool) async throws {
        let message = notice()
        #expect(try await fate == nil)
        #expect(try await store.renew(testMessage: message))
        #expect(try await fate == TestMessages.Fate(id: message.id, status: .waiting))
        let delivery = try #require(try await claim(isKeyed: isKeyed))
        #expect(delivery.notice == message)
        let retry = Settlement.retry(due: time, countsAttempt: true, reason: "status 503")
        try await store.settle(delivery.id, owner: "boot", as: retry)
        #expect(try await fate == TestMessages.Fate(id: message.id, status: .waiting, reason: "status 503"))
        let again = try #require(try await claim(isKeyed: isKeyed))
        try await store.settle(again.id, owner: "boot", as: .delivered(at: time))
        #expect(try await fate?.status == .delivered)
    }

    @Test func `while one waits no other is put beside it`() async throws {
        let first = notice()
        #expect(try await store.renew(testMessage: first))
        #expect(try await store.renew(testMessage: notice()) == false)
        #expect(try await fate?.id == first.id)
        #expect(try await store.renew(testMessage: notice(for: "other")))
        #expect(try await store.outboxCounts().mapValues(\.waiting) == ["canary": 1, "other": 1])
    }

    @Test func `however many are sent, one row a receiver stays, and nothing else goes`() async throws {
        let alert = AlertExamples.alert("down")
        let told = AlertExamples.notice(1, of: alert)
        try await store.commit(AlertCommit(alerts: [alert], notices: [told]))
        for _ in 0..<5 {
            #expect(try await store.renew(testMessage: notice()))
            let delivery = try #require(try await claim(isKeyed: false))
            try await store.settle(delivery.id, owner: "boot", as: .delivered(at: time))
        }
        let counts = try await store.outboxCounts()
        #expect(counts["canary"] == OutboxCounts(delivered: 1))
        #expect(counts["team"]?.waiting == 1)
    }

    @Test func `one that waits is nobody's alert to the auditor`() async throws {
        #expect(try await store.renew(testMessage: notice()))
        #expect(try await audit.ledger(deadSince: .epoch).firing == [])
    }
}
