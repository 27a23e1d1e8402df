import LookoutAlerting
import LookoutModel
import Testing

extension AlertStoreContract {
    /// What nobody has seen yet is told as part of what is newer.
    static let superseding = [
        Clause(name: "what fired and became worse is told as one, as bad as it is") { store in
            try await store.commit(AlertCommit(notices: [notice(1, severity: .minor)]))
            try await store.commit(
                AlertCommit(notices: [notice(2, severity: .outage, kind: .escalated)])
            )
            let delivery = try #require(try await claim(store))
            #expect(delivery.notice == notice(2, severity: .outage, kind: .firing))
            try await store.settle(delivery.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await claim(store) == nil)
            #expect(try await store.outboxCounts()["team"] == OutboxCounts(delivered: 1, superseded: 1))
        },
        Clause(name: "what fired and is over is told as one to who does not keep alerts by name") { store in
            try await store.commit(AlertCommit(notices: [notice(1), notice(2, kind: .resolved)]))
            let delivery = try #require(try await unkeyedClaim(store))
            #expect(delivery.notice == notice(2, kind: .firedAndResolved))
            #expect(try await store.outboxCounts()["team"]?.superseded == 1)
        },
        Clause(name: "what somebody may have seen stays as it is") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await unkeyedClaim(store))
            try await store.commit(AlertCommit(notices: [notice(2, kind: .resolved)]))
            let retry = Settlement.retry(due: start, countsAttempt: true, reason: "503")
            try await store.settle(first.id, owner: "boot-1", as: retry)
            let second = try #require(try await unkeyedClaim(store))
            #expect(second.notice == notice(1))
            #expect(second.failedAttempts == 1)
            try await store.settle(first.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await unkeyedClaim(store)?.notice == notice(2, kind: .resolved))
        },
        Clause(name: "reminders that cannot be told do not pile up") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store))
            for number in 2...9 {
                try await store.commit(AlertCommit(notices: [notice(UInt64(number), kind: .reminder)]))
            }
            #expect(try await store.outboxCounts()["team"]?.waiting == 2)
            try await store.settle(first.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await claim(store)?.notice == notice(9, kind: .reminder))
        },
        Clause(name: "what takes another's place has waited as long") { store in
            let early = start - .seconds(100)
            try await store.commit(AlertCommit(notices: [notice(1, severity: .outage, at: early)]))
            try await store.commit(
                AlertCommit(notices: [notice(2, severity: .outage, kind: .reminder)])
            )
            let counts = try #require(try await store.outboxCounts()["team"])
            #expect(counts.oldestWaiting == early)
            #expect(counts.oldestOutage == early)
        },
        Clause(name: "who is not told of ends is told of what began, and of nothing else") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await unkeyedClaim(store, sendsResolved: false))
            try await store.settle(first.id, owner: "boot-1", as: .delivered(at: start))
            try await store.commit(
                AlertCommit(notices: [
                    notice(2, kind: .resolved), notice(3, rule: "other"),
                    notice(4, rule: "other", kind: .resolved),
                ])
            )
            let second = try #require(try await unkeyedClaim(store, sendsResolved: false))
            #expect(second.notice == notice(4, rule: "other", kind: .firedAndResolved))
            try await store.settle(second.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await unkeyedClaim(store, sendsResolved: false) == nil)
            #expect(try await store.outboxCounts()["team"] == OutboxCounts(delivered: 2, superseded: 2))
        },
    ]
}
