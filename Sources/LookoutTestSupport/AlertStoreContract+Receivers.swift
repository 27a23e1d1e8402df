import LookoutAlerting
import LookoutModel
import Testing

extension AlertStoreContract {
    /// What receivers said is remembered.
    static let receivers = [
        Clause(name: "a refused notice is sent in plain words") { store in
            try await store.commit(AlertCommit(notices: [notice(1)]))
            let full = try #require(try await claim(store))
            try await store.settle(full.id, owner: "boot-1", as: .plain(reason: "400"))
            let plain = try #require(try await claim(store))
            #expect(plain.notice == full.notice)
            #expect((full.form, plain.form) == (.full, .plain))
        },
        Clause(name: "later notices of an episode go below its first message, those of others do not") {
            store in
            try await store.commit(AlertCommit(notices: [notice(1), notice(2, receiver: "two")]))
            let first = try #require(try await claim(store))
            #expect(first.thread == nil)
            let taken = Settlement.delivered(at: start, reference: "message 17")
            try await store.settle(first.id, owner: "boot-1", as: taken)
            try await store.commit(
                AlertCommit(notices: [
                    notice(3, kind: .escalated), notice(4, kind: .resolved, receiver: "two"),
                    notice(5, rule: "other"),
                ])
            )
            let second = try #require(try await claim(store))
            #expect(second.thread == "message 17")
            let below = Settlement.delivered(at: start, reference: "message 18")
            try await store.settle(second.id, owner: "boot-1", as: below)
            #expect(try await claim(store)?.thread == nil)
            #expect(try await claim(store, receiver: "two")?.thread == nil)
            try await store.commit(AlertCommit(notices: [notice(6, kind: .resolved)]))
            #expect(try await claim(store)?.thread == "message 17")
        },
        Clause(name: "how receivers fare is remembered until they work again") { store in
            let resting = ReceiverHealth.resting(until: start + .seconds(60), reason: "429")
            let broken = ReceiverHealth.broken(since: start, reason: "401")
            #expect(try await store.receiverHealth().isEmpty)
            try await store.setHealth(resting, of: "one")
            try await store.setHealth(broken, of: "two")
            #expect(try await store.receiverHealth() == ["one": resting, "two": broken])
            try await store.setHealth(broken, of: "one")
            try await store.setHealth(.working, of: "two")
            try await store.setHealth(.working, of: "three")
            #expect(try await store.receiverHealth() == ["one": broken])
        },
    ]
}
