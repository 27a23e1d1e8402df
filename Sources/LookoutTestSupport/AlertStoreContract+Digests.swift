import LookoutAlerting
import LookoutModel
import Testing

extension AlertStoreContract {
    /// A notice for each of so many alerts: the last one is of severity 1.
    private static func crowd(_ count: Int, from first: Int = 0) -> [Notice] {
        (first..<(first + count)).map { number in
            notice(
                UInt64(number),
                rule: "rule-\(number)",
                severity: number == first + count - 1 ? .outage : .minor
            )
        }
    }

    /// Many alerts are told as one message, which stays the same until it is settled.
    static let digests = [
        Clause(name: "as many alerts as the threshold are told one by one, one more as a digest") { store in
            try await store.commit(AlertCommit(notices: crowd(3)))
            let single = try #require(try await unkeyedClaim(store, threshold: 3))
            #expect(single.notice.severity == .outage && !single.isDigest)
            try await store.settle(single.id, owner: "boot-1", as: .delivered(at: start))
            try await store.commit(AlertCommit(notices: crowd(2, from: 10)))
            let digest = try #require(try await unkeyedClaim(store, threshold: 3))
            #expect(digest.notices == crowd(2) + crowd(2, from: 10) || digest.notices.count == 4)
            #expect(digest.severity == .outage)
            #expect(try await unkeyedClaim(store, digest: 1001, threshold: 3) == nil)
        },
        Clause(name: "a digest has the most urgent alerts, in the order of their commits") { store in
            try await store.commit(AlertCommit(notices: crowd(20)))
            let digest = try #require(try await unkeyedClaim(store, limit: 12))
            #expect(digest.notices == Array(crowd(20).prefix(11)) + [crowd(20)[19]])
            #expect(digest.sequence == 1)
        },
        Clause(name: "peers that keep alerts by their names get no digest") { store in
            try await store.commit(AlertCommit(notices: crowd(20)))
            #expect(try await claim(store)?.isDigest == false)
        },
        Clause(name: "a digest is sent again as it was, whatever came since") { store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            let digest = try #require(try await unkeyedClaim(store))
            try await store.commit(
                AlertCommit(notices: [notice(50, rule: "rule-0", severity: .minor, kind: .resolved)])
            )
            let due = start + .seconds(5)
            let retry = Settlement.retry(due: due, countsAttempt: true, reason: "503")
            try await store.settle(digest.id, owner: "boot-1", as: retry)
            #expect(try await unkeyedClaim(store, digest: 1001) == nil)
            let again = try #require(try await unkeyedClaim(store, digest: 1002, at: due))
            #expect(again.id == digest.id && again.notices == digest.notices)
            #expect(again.failedAttempts == 1)
            try await store.settle(digest.id, owner: "boot-1", as: .delivered(at: due))
            let end = try #require(try await unkeyedClaim(store, digest: 1003, at: due))
            #expect(end.notice.kind == .resolved && !end.isDigest)
            #expect(try await store.outboxCounts()["team"]?.delivered == 12)
        },
        Clause(name: "what is urgent and new does not wait for a digest's next attempt") { store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            let digest = try #require(try await unkeyedClaim(store))
            let retry = Settlement.retry(due: start + .seconds(60), countsAttempt: true, reason: "503")
            try await store.settle(digest.id, owner: "boot-1", as: retry)
            try await store.commit(AlertCommit(notices: [notice(99, rule: "new", severity: .outage)]))
            #expect(try await unkeyedClaim(store, digest: 1001)?.notice.rule == "new")
        },
        Clause(name: "a refused digest is sent in plain words, and then notice by notice") { store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            let digest = try #require(try await unkeyedClaim(store))
            try await store.settle(digest.id, owner: "boot-1", as: .plain(reason: "413"))
            let plain = try #require(try await unkeyedClaim(store, digest: 1001))
            #expect(plain.id == digest.id && plain.form == .plain && plain.notices == digest.notices)
            try await store.settle(digest.id, owner: "boot-1", as: .split(at: start, reason: "413"))
            var singles: [Notice] = []
            while let single = try await unkeyedClaim(store, digest: 1002) {
                #expect(!single.isDigest && single.form == .full)
                singles.append(single.notice)
                try await store.settle(single.id, owner: "boot-1", as: .delivered(at: start))
            }
            #expect(singles == [crowd(12)[11]] + crowd(12).dropLast())
        },
        Clause(name: "a digest that is given up takes what is in it along") { store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            let digest = try #require(try await unkeyedClaim(store))
            try await store.settle(digest.id, owner: "boot-1", as: .dead(at: start, reason: "late"))
            #expect(try await store.outboxCounts() == ["team": OutboxCounts(dead: 12)])
        },
        Clause(name: "the digest of a dead process is sent again, and only its owner may settle it") {
            store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            let digest = try #require(try await unkeyedClaim(store))
            #expect(try await store.releaseLeases(exceptOf: "boot-2") == 1)
            try await store.settle(digest.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await store.outboxCounts()["team"]?.waiting == 12)
            #expect(try await unkeyedClaim(store, digest: 1001)?.id == digest.id)
        },
        Clause(name: "of what nobody knows whether it was taken goes by itself again") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            _ = try #require(try await unkeyedClaim(store))
            #expect(try await store.releaseLeases(exceptOf: "boot-2") == 1)
            try await store.commit(AlertCommit(notices: crowd(12, from: 10)))
            let digest = try #require(try await unkeyedClaim(store))
            #expect(digest.notices == crowd(12, from: 10))
            #expect(try await unkeyedClaim(store, digest: 1001)?.notice == notice(1))
        },
        Clause(name: "a removed receiver's digest is gone with it") { store in
            try await store.commit(AlertCommit(notices: crowd(12)))
            _ = try #require(try await unkeyedClaim(store))
            #expect(try await store.retireReceivers(otherThan: [], at: start, reason: "gone") == 12)
            #expect(try await unkeyedClaim(store, digest: 1001) == nil)
        },
    ]
}
