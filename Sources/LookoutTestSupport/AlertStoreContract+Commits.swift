import LookoutAlerting
import LookoutModel
import Testing

extension AlertStoreContract {
    /// Rows are kept whole, and a commit is all or nothing.
    static let commits = [
        Clause(name: "a new store is empty") { store in
            #expect(try await store.alerts().isEmpty)
            #expect(try await store.outboxCounts().isEmpty)
            let claim = try await store.claim(for: "team", lease: lease(), at: start, horizon: horizon)
            #expect(claim == .nothing)
        },
        Clause(name: "an alert comes back as it was written") { store in
            let written = [alert(rule: "one"), alert(rule: "two", severity: .outage)]
            try await store.commit(AlertCommit(alerts: written))
            #expect(Set(try await store.alerts()) == Set(written))
        },
        Clause(name: "an alert replaces the one with its key") { store in
            var row = alert()
            try await store.commit(AlertCommit(alerts: [row]))
            row.state = .resolved
            row.relief = nil
            row.told = [:]
            try await store.commit(AlertCommit(alerts: [row]))
            #expect(try await store.alerts() == [row])
        },
        Clause(name: "a removed alert is gone, an unknown one does not matter") { store in
            let kept = alert(rule: "kept")
            let gone = alert(rule: "gone")
            try await store.commit(AlertCommit(alerts: [kept, gone]))
            try await store.commit(AlertCommit(removed: [gone.key, alert(rule: "unknown").key]))
            #expect(try await store.alerts() == [kept])
        },
        Clause(name: "a notice comes back as it was written") { store in
            let written = notice(1)
            try await store.commit(AlertCommit(notices: [written]))
            let delivery = try #require(try await claim(store))
            #expect(delivery.notice == written)
            #expect(delivery.failedAttempts == 0)
            #expect(delivery.lease == lease())
        },
        Clause(name: "a commit with a notice that is there already does nothing at all") { store in
            try await store.commit(
                AlertCommit(alerts: [alert(rule: "one")], notices: [notice(1, rule: "one")])
            )
            let second = AlertCommit(
                alerts: [alert(rule: "two")],
                removed: [alert(rule: "one").key],
                notices: [notice(2, rule: "two"), notice(1, rule: "one")]
            )
            await #expect(throws: (any Error).self) { try await store.commit(second) }
            #expect(try await store.alerts() == [alert(rule: "one")])
            #expect(try await store.outboxCounts()["team"]?.waiting == 1)
        },
        Clause(name: "an empty commit changes nothing") { store in
            try await store.commit(AlertCommit())
            #expect(try await store.alerts().isEmpty)
        },
        Clause(name: "all kinds of transitions come back as they were written, in order") { store in
            let transitions = AlertTransition.Cause.allCases.enumerated().map { index, cause in
                AlertTransition(
                    alert: alert().key,
                    episode: index,
                    from: index.isMultiple(of: 2) ? nil : .firing,
                    to: index.isMultiple(of: 3) ? nil : .resolved,
                    severity: .minor,
                    cause: cause,
                    at: start
                )
            }
            try await store.commit(AlertCommit(transitions: transitions))
            let recorded = try await store.transitions(of: nil, since: start, limit: 100)
            #expect(recorded.map(\.transition) == transitions)
        },
        Clause(name: "transitions are found by alert and by time, the newest if they are too many") { store in
            let (one, other) = (alert(rule: "one").key, alert(rule: "other").key)
            let transitions = (0..<6).map { number in
                AlertTransition(
                    alert: number.isMultiple(of: 2) ? one : other,
                    episode: number,
                    from: nil,
                    to: .pending,
                    severity: .major,
                    cause: .appeared,
                    at: start + .seconds(number)
                )
            }
            for transition in transitions {
                try await store.commit(AlertCommit(removed: [one], transitions: [transition]))
            }
            func episodes(_ alert: AlertKey?, _ second: Int, _ limit: Int) async throws -> [Int] {
                try await store.transitions(of: alert, since: start + .seconds(second), limit: limit)
                    .map(\.transition.episode)
            }
            #expect(try await episodes(nil, 0, 100) == [0, 1, 2, 3, 4, 5])
            #expect(try await episodes(one, 0, 100) == [0, 2, 4])
            #expect(try await episodes(other, 2, 100) == [3, 5])
            #expect(try await episodes(nil, 2, 2) == [4, 5])
            #expect(try await episodes(alert(rule: "unknown").key, 0, 100).isEmpty)
            #expect(try await episodes(nil, 0, 0).isEmpty)
        },
    ]

    /// Which notice is handed out first.
    static let order = [
        Clause(name: "the worst severity goes first, then the order of commit") { store in
            try await store.commit(
                AlertCommit(notices: [
                    notice(1, rule: "a", severity: .minor), notice(2, rule: "b", severity: .major),
                    notice(3, rule: "c", severity: .outage), notice(4, rule: "d", severity: .outage),
                ])
            )
            var rules: [String] = []
            while let delivery = try await claim(store) { rules.append(delivery.notice.rule) }
            #expect(rules == ["c", "d", "b", "a"])
        },
        Clause(name: "the order of commit is the sequence, over all commits") { store in
            try await store.commit(AlertCommit(notices: [notice(1, rule: "a"), notice(2, rule: "b")]))
            try await store.commit(AlertCommit(notices: [notice(3, rule: "c")]))
            var sequences: [Int64] = []
            while let delivery = try await claim(store) { sequences.append(delivery.sequence) }
            #expect(sequences.count == 3)
            #expect(sequences == sequences.sorted())
            #expect(Set(sequences).count == 3)
        },
        Clause(name: "an alert's notices go out one after the other") { store in
            try await store.commit(AlertCommit(notices: [notice(1), notice(2, kind: .resolved)]))
            let first = try #require(try await claim(store))
            #expect(first.notice.kind == .firing)
            #expect(try await claim(store) == nil)
            try await store.settle(first.notice.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await claim(store)?.notice.kind == .resolved)
        },
        Clause(name: "a notice that waits for a retry holds back the later ones of its alert only") { store in
            try await store.commit(
                AlertCommit(notices: [notice(1), notice(2, kind: .resolved), notice(3, rule: "other")])
            )
            let first = try #require(try await claim(store))
            let retry = Settlement.retry(due: start + .seconds(30), countsAttempt: true, reason: "503")
            try await store.settle(first.notice.id, owner: "boot-1", as: retry)
            #expect(try await claim(store)?.notice.rule == "other")
            #expect(try await claim(store) == nil)
            let later = start + .seconds(30)
            #expect(try await claim(store, at: later)?.notice.id == first.notice.id)
        },
        Clause(name: "a dead notice does not hold back the later ones of its alert") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store))
            try await store.commit(AlertCommit(notices: [notice(2, kind: .escalated)]))
            try await store.settle(first.notice.id, owner: "boot-1", as: .dead(at: start, reason: "400"))
            #expect(try await claim(store)?.notice.kind == .escalated)
        },
        Clause(name: "who was never told of an episode is not told of its end") { store in
            for (number, kind) in [(1, Notice.Kind.firing), (2, .escalated)] {
                try await store.commit(AlertCommit(notices: [notice(UInt64(number), kind: kind)]))
                let delivery = try #require(try await claim(store))
                let end = Settlement.dead(at: start, reason: "400")
                try await store.settle(delivery.notice.id, owner: "boot-1", as: end)
            }
            try await store.commit(
                AlertCommit(notices: [notice(3, kind: .resolved), notice(4, rule: "other")])
            )
            #expect(try await claim(store)?.notice.rule == "other")
            #expect(try await claim(store) == nil)
            #expect(try await store.outboxCounts()["team"]?.dead == 3)
        },
        Clause(name: "who was told of an episode at least once is told of its end") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let first = try #require(try await claim(store))
            try await store.settle(first.notice.id, owner: "boot-1", as: .dead(at: start, reason: "400"))
            try await store.commit(
                AlertCommit(notices: [notice(2, kind: .escalated), notice(3, kind: .resolved)])
            )
            let second = try #require(try await claim(store))
            try await store.settle(second.notice.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await claim(store)?.notice.kind == .resolved)
        },
        Clause(name: "an episode is told to one receiver whatever became of it at another") { store in
            try await store.commit(
                AlertCommit(notices: [
                    notice(1, receiver: "bad"), notice(2, receiver: "good"),
                    notice(3, kind: .resolved, receiver: "bad"), notice(4, kind: .resolved, receiver: "good"),
                ])
            )
            let bad = try #require(try await claim(store, receiver: "bad"))
            try await store.settle(bad.notice.id, owner: "boot-1", as: .dead(at: start, reason: "400"))
            let good = try #require(try await claim(store, receiver: "good"))
            try await store.settle(good.notice.id, owner: "boot-1", as: .delivered(at: start))
            #expect(try await claim(store, receiver: "bad") == nil)
            #expect(try await claim(store, receiver: "good")?.notice.kind == .resolved)
        },
        Clause(name: "an urgent notice does not wait behind its own milder beginning") { store in
            try await store.commit(
                AlertCommit(notices: [
                    notice(1, rule: "other", severity: .major), notice(2, rule: "worse", severity: .minor),
                    notice(3, rule: "worse", severity: .outage, kind: .escalated),
                ])
            )
            let first = try #require(try await claim(store))
            #expect(first.notice.rule == "worse")
            #expect(first.notice.kind == .firing)
        },
        Clause(name: "receivers do not see each other's notices") { store in
            try await store.commit(
                AlertCommit(notices: [notice(1, receiver: "one"), notice(2, receiver: "two")])
            )
            #expect(try await claim(store, receiver: "two")?.notice.receiver == "two")
            #expect(try await claim(store, receiver: "two") == nil)
            #expect(try await claim(store, receiver: "three") == nil)
            #expect(try await claim(store, receiver: "one")?.notice.receiver == "one")
        },
    ]
}
