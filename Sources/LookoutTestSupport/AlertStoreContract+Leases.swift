import LookoutAlerting
import LookoutModel
import Testing

extension AlertStoreContract {
    /// A claimed notice is nobody else's, until its lease ends.
    static let leases = [
        Clause(name: "a leased notice is not handed out again until the lease ends") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store))
            let early = try await store.claim(for: "team", lease: lease(), at: start, horizon: horizon)
            #expect(early == .notBefore(first.lease.until))
            #expect(try await claim(store, at: first.lease.until)?.notice == first.notice)
        },
        Clause(name: "leases of other starts are released, one's own are not") { store in
            try await store.commit(AlertCommit(notices: [notice(1, rule: "a"), notice(2, rule: "b")]))
            let old = try #require(try await claim(store, owner: "boot-1"))
            let own = try #require(try await claim(store, owner: "boot-2"))
            #expect(try await store.releaseLeases(exceptOf: "boot-2") == 1)
            #expect(try await store.releaseLeases(exceptOf: "boot-2") == 0)
            #expect(try await claim(store, owner: "boot-2")?.notice == old.notice)
            #expect(try await claim(store, owner: "boot-2") == nil)
            #expect(own.notice != old.notice)
        },
        Clause(name: "only the owner of the lease may settle") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store, owner: "boot-1"))
            _ = try await store.releaseLeases(exceptOf: "boot-2")
            try await store.settle(first.notice.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await store.outboxCounts()["team"]?.waiting == 1)
            _ = try #require(try await claim(store, owner: "boot-2"))
            try await store.settle(first.notice.id, owner: "boot-1", as: .dead(at: start, reason: "late"))
            #expect(try await store.outboxCounts()["team"]?.waiting == 1)
        },
        Clause(name: "a lease further ahead than the horizon counts as ended") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            _ = try #require(try await claim(store))
            let setBack = start - .seconds(86_400)
            #expect(try await claim(store, at: setBack) != nil)
        },
        Clause(name: "the earliest time is given when nothing may be sent yet") { store in
            try await store.commit(AlertCommit(notices: [notice(1, rule: "a"), notice(2, rule: "b")]))
            for wait in [40, 30] {
                let delivery = try #require(try await claim(store))
                let due = start + .seconds(wait)
                try await store.settle(
                    delivery.notice.id,
                    owner: "boot-1",
                    as: .retry(due: due, countsAttempt: true, reason: "503")
                )
            }
            let answer = try await store.claim(for: "team", lease: lease(), at: start, horizon: horizon)
            #expect(answer == .notBefore(start + .seconds(30)))
        },
    ]

    /// What a settlement does to a notice.
    static let settlements = [
        Clause(name: "a delivered notice is never handed out again") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store))
            try await store.settle(first.notice.id, owner: "boot-1", as: .delivered(at: start))
            let answer = try await store.claim(
                for: "team",
                lease: lease(),
                at: start + .seconds(9999),
                horizon: horizon
            )
            #expect(answer == .nothing)
            #expect(try await store.outboxCounts() == ["team": OutboxCounts(delivered: 1)])
        },
        Clause(name: "only counted attempts are counted") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            var now = start
            for (counts, expected) in [(true, 1), (false, 1), (true, 2)] {
                let delivery = try #require(try await claim(store, at: now))
                now = now + .seconds(10)
                try await store.settle(
                    delivery.notice.id,
                    owner: "boot-1",
                    as: .retry(due: now, countsAttempt: counts, reason: "429")
                )
                let again = try #require(try await claim(store, at: now))
                #expect(again.failedAttempts == expected)
                try await store.settle(
                    delivery.notice.id,
                    owner: "boot-1",
                    as: .retry(due: now, countsAttempt: false, reason: "429")
                )
            }
        },
        Clause(name: "a due time further ahead than the horizon counts as reached") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let delivery = try #require(try await claim(store))
            try await store.settle(
                delivery.notice.id,
                owner: "boot-1",
                as: .retry(due: start + .seconds(30), countsAttempt: true, reason: "503")
            )
            #expect(try await claim(store, at: start - .seconds(86_400)) != nil)
        },
        Clause(name: "what is settled for good stays so, and an unknown notice does not matter") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let delivery = try #require(try await claim(store))
            try await store.settle(delivery.notice.id, owner: "boot-1", as: .dead(at: start, reason: "400"))
            try await store.settle(delivery.notice.id, owner: "boot-1", as: .delivered(at: start))
            try await store.settle(notice(9).id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await store.outboxCounts() == ["team": OutboxCounts(dead: 1)])
        },
        Clause(name: "notices to receivers that are gone become dead, leased or not") { store in
            try await store.commit(
                AlertCommit(notices: [
                    notice(1, receiver: "gone"), notice(2, rule: "other", receiver: "gone"),
                    notice(3, receiver: "kept"),
                ])
            )
            _ = try await claim(store, receiver: "gone")
            let retired = try await store.retireReceivers(
                otherThan: ["kept"],
                at: start,
                reason: "receiver removed"
            )
            #expect(retired == 2)
            #expect(try await claim(store, receiver: "gone", at: start + .seconds(600)) == nil)
            #expect(try await claim(store, receiver: "kept") != nil)
            let counts = try await store.outboxCounts()
            #expect(counts["gone"] == OutboxCounts(dead: 2))
            #expect(counts["kept"] == OutboxCounts(waiting: 1, oldestWaiting: start))
        },
    ]
}
