import LookoutAlerting
import LookoutModel
import LookoutStorage
import LookoutTestSupport
import Testing

@Suite struct `The audit of the alert database` {
    private static let now = Timestamp(seconds: 1_000_000)

    private static func alert(
        _ name: String,
        _ state: Alert.State = .firing,
        severity: Severity = .major
    ) -> Alert {
        Alert(
            id: AlertID(rule: name, labels: ["environment": "production"]),
            state: state,
            severity: severity,
            episode: 1,
            pendingSince: now,
            firingSince: now
        )
    }

    private static func notice(of alert: Alert, to receiver: String, at time: Timestamp = now) -> Notice {
        var randomness = SystemRandomNumberGenerator()
        return Notice(
            id: NoticeID(at: time, using: &randomness),
            receiver: receiver,
            kind: .firing,
            alert: alert,
            createdAt: time
        )
    }

    private func withDatabase(
        _ body: (SQLiteAlertStore, SQLiteAuditSource) async throws -> Void
    ) async throws {
        let folder = try ScratchFolder("audit")
        let path = folder.file("alerts.db")
        let store = try AlertDatabase.open(at: path).alerts
        try await body(store, SQLiteAuditSource(path: path))
    }

    @Test func `what fires is listed with what was told of it`() async throws {
        try await withDatabase { store, audit in
            let (told, untold, over) = (
                Self.alert("told", severity: .outage), Self.alert("untold", .recovering),
                Self.alert("over", .resolved)
            )
            try await store.commit(
                AlertCommit(
                    alerts: [told, untold, over, Self.alert("early", .pending)],
                    notices: [Self.notice(of: told, to: "a"), Self.notice(of: told, to: "b")]
                )
            )
            let firing = try await audit.ledger(deadSince: Self.now).firing
            let byRule = Dictionary(uniqueKeysWithValues: firing.map { ($0.rule, $0) })
            #expect(byRule.keys.sorted() == ["told", "untold"])
            #expect(byRule["told"]?.notices == 2)
            #expect(byRule["told"]?.worstTold == .outage)
            #expect(byRule["told"]?.alert == told.key)
            #expect(byRule["untold"]?.notices == 0)
            #expect(byRule["untold"]?.worstTold == nil)
        }
    }

    @Test func `what waits is counted, and the oldest of severity 1 apart`() async throws {
        try await withDatabase { store, audit in
            let (mild, bad) = (Self.alert("mild", severity: .minor), Self.alert("bad", severity: .outage))
            try await store.commit(
                AlertCommit(
                    alerts: [mild, bad],
                    notices: [
                        Self.notice(of: mild, to: "a", at: Self.now - .seconds(60)),
                        Self.notice(of: bad, to: "a", at: Self.now - .seconds(30)),
                        Self.notice(of: bad, to: "b", at: Self.now),
                    ]
                )
            )
            let ledger = try await audit.ledger(deadSince: Self.now)
            #expect(ledger.queued == 3)
            #expect(ledger.oldestQueued == Self.now - .seconds(60))
            #expect(ledger.oldestOutage == Self.now - .seconds(30))
        }
    }

    @Test func `what was given up lately is told by receiver`() async throws {
        try await withDatabase { store, audit in
            let (mild, bad) = (Self.alert("mild", severity: .minor), Self.alert("bad", severity: .outage))
            let notices = [Self.notice(of: mild, to: "a"), Self.notice(of: bad, to: "a")]
            try await store.commit(AlertCommit(alerts: [mild, bad], notices: notices))
            _ = try await store.retireReceivers(otherThan: [], at: Self.now, reason: "status 400")
            let ledger = try await audit.ledger(deadSince: Self.now)
            #expect(
                ledger.dead == [
                    SelfFacts.DeadNotices(
                        receiver: "a",
                        count: 2,
                        worst: .outage,
                        latest: Self.now,
                        reason: "status 400"
                    )
                ]
            )
            #expect(ledger.firing.map(\.dead) == [1, 1])
            #expect(ledger.firing.map(\.notices) == [0, 0])
            #expect(try await audit.ledger(deadSince: Self.now + .seconds(1)).dead.isEmpty)
        }
    }

    @Test func `an empty database has nothing to tell, and a commit can be proved`() async throws {
        try await withDatabase { store, audit in
            #expect(try await audit.ledger(deadSince: .epoch) == AuditLedger())
            try await store.proveCommit(at: Self.now)
            try await store.proveCommit(at: Self.now + .seconds(10))
            #expect(try await audit.ledger(deadSince: .epoch) == AuditLedger())
        }
    }

    @Test func `a missing database is an error`() throws {
        let folder = try ScratchFolder("audit")
        #expect(throws: StorageError.self) { try SQLiteAuditSource(path: folder.file("alerts.db")) }
    }
}
