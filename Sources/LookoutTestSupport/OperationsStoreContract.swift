package import LookoutAlerting
import LookoutModel
import Testing

/// What every `OperationsStore` promises, as tests.
package enum OperationsStoreContract {
    /// One promise; `check` gets a new, empty store and records an issue if it breaks the promise.
    package struct Clause: Sendable, CustomTestStringConvertible {
        package let name: String
        package let check: @Sendable (any AlertStore, any OperationsStore) async throws -> Void

        package var testDescription: String { name }
    }

    /// A pattern that matches what is equal to it, for stores that have to make patterns.
    package static func pattern(_ source: String) throws -> TextPattern {
        TextPattern(source) { $0 == source }
    }

    private static let start = AlertStoreContract.start

    private static func silence(_ id: String, from first: Int, to last: Int) throws -> Silence {
        Silence(
            id: id,
            kind: .maintenance,
            matchers: [
                LabelMatcher("team", .equal("web \"ü\"\u{0}")),
                LabelMatcher("environment", .notMatching(try pattern("stag.*"))),
            ],
            startsAt: start + .seconds(first),
            endsAt: start + .seconds(last),
            author: "ada\u{0}",
            comment: "disk\n100%",
            expiresOnResolve: true
        )
    }

    private static func note(_ incident: Int64, _ second: Int, _ text: String) -> IncidentNote {
        IncidentNote(incident: incident, at: start + .seconds(second), author: "ada", text: text)
    }

    private static func announcement(_ second: Int, _ name: String = "2.0.4") -> Announcement {
        Announcement(
            topic: .deployment(name),
            stage: .update,
            environment: "production",
            isEmergency: true,
            plannedFor: start,
            author: "ada\u{0}",
            remark: "news \(second)",
            at: start + .seconds(second)
        )
    }

    package static let clauses = [
        Clause(name: "silences come back as they were written, in the order of their beginning") { _, store in
            #expect(try await store.silences().isEmpty)
            let later = try silence("a", from: 60, to: 90)
            let earlier = try silence("b\u{0}%", from: 0, to: 30)
            for silence in [later, earlier] { try await store.save(silence) }
            #expect(try await store.silences() == [earlier, later])
        },
        Clause(name: "silences can be asked for without those that are over") { _, store in
            let silences = [try silence("a", from: 0, to: 30), try silence("b", from: 0, to: 31)]
            for silence in silences { try await store.save(silence) }
            #expect(try await store.silences(endingAfter: start + .seconds(29)) == silences)
            #expect(try await store.silences(endingAfter: start + .seconds(30)) == [silences[1]])
            #expect(try await store.silences(endingAfter: start + .seconds(31)).isEmpty)
        },
        Clause(name: "a silence replaces the one of the same id") { _, store in
            try await store.save(try silence("a", from: 60, to: 90))
            let moved = try silence("a", from: 10, to: 20)
            try await store.save(moved)
            #expect(try await store.silences() == [moved])
        },
        Clause(name: "only silences that ended before a time are forgotten") { _, store in
            let silences = [try silence("a", from: 0, to: 30), try silence("b", from: 0, to: 31)]
            for silence in silences { try await store.save(silence) }
            #expect(try await store.forgetSilences(endedBefore: start + .seconds(31)) == 1)
            #expect(try await store.silences() == [silences[1]])
        },
        Clause(name: "notes come back as they were written, oldest first") { _, store in
            let notes = [
                note(7, 3, "third"), note(7, 1, "first \u{0}"), note(8, 2, "other"), note(7, 3, "4th"),
            ]
            for note in notes { try await store.add(note) }
            #expect(try await store.notes(of: 7) == [notes[1], notes[0], notes[3]])
            #expect(try await store.notes(of: nil) == [notes[1], notes[2], notes[0], notes[3]])
            #expect(try await store.notes(of: 9).isEmpty)
        },
        Clause(name: "notices are shown with what has become of them") { alerts, store in
            let notices = [
                AlertStoreContract.notice(1), AlertStoreContract.notice(2, kind: .escalated),
                AlertStoreContract.notice(3, rule: "other"), AlertStoreContract.notice(4, rule: "third"),
            ]
            try await alerts.commit(AlertCommit(notices: notices))
            let first = try #require(try await AlertStoreContract.claim(alerts))
            let now = start + .seconds(1)
            try await alerts.settle(first.id, owner: "boot-1", as: .delivered(at: now))
            let second = try #require(try await AlertStoreContract.claim(alerts))
            try await alerts.settle(second.id, owner: "boot-1", as: .dead(at: now, reason: "400"))
            let third = try #require(try await AlertStoreContract.claim(alerts))
            let retry = Settlement.retry(due: now, countsAttempt: true, reason: "503")
            try await alerts.settle(third.id, owner: "boot-1", as: retry)
            let records = try await store.notices(of: nil, since: start, limit: 10)
            #expect(records.map(\.status) == [.superseded, .delivered, .dead, .waiting])
            #expect(records.map(\.settledAt) == [start, now, now, nil])
            #expect(records.map(\.reason) == [nil, nil, "400", "503"])
            #expect(records.map(\.failedAttempts) == [0, 0, 0, 1])
            #expect(records[1].notice.kind == .firing)
            let key = notices[0].alert?.key
            #expect(try await store.notices(of: key, since: start, limit: 10) == Array(records.prefix(2)))
            #expect(try await store.notices(of: nil, since: start, limit: 1) == [records[3]])
            #expect(try await store.notices(of: nil, since: now, limit: 10).isEmpty)
        },
        Clause(name: "notes of every kind come back") { _, store in
            for (second, kind) in IncidentNote.Kind.allCases.enumerated() {
                var note = note(7, second, "text")
                note.kind = kind
                try await store.add(note)
            }
            #expect(try await store.notes(of: 7).map(\.kind) == IncidentNote.Kind.allCases)
        },
        Clause(name: "announcements come back in order, the newest if there are too many") { alerts, store in
            let announcements = [1, 0, 2].map { announcement($0) }
            for announcement in announcements {
                try await alerts.commit(AlertCommit(announcements: [announcement]))
            }
            #expect(try await store.announcements(since: .epoch, limit: 10) == announcements)
            #expect(try await store.announcements(since: .epoch, limit: 2) == Array(announcements.suffix(2)))
            let later = try await store.announcements(since: start + .seconds(1), limit: 10)
            #expect(later == [announcements[0], announcements[2]])
        },
        Clause(name: "announcements are told one by one, in order, and never in a digest") { alerts, _ in
            var notices = (1...20).map { AlertStoreContract.notice($0, rule: "rule \($0)") }
            notices += (21...32).map { number in
                Notice(
                    id: AlertStoreContract.notice(number).id,
                    receiver: "team",
                    announcement: announcement(Int(number), number < 31 ? "a" : "b"),
                    createdAt: start
                )
            }
            try await alerts.commit(AlertCommit(notices: notices))
            var told: [Notice] = []
            while let delivery = try await AlertStoreContract.unkeyedClaim(alerts) {
                if delivery.isDigest {
                    #expect(delivery.notices == Array(notices.prefix(20)))
                } else {
                    #expect(
                        delivery.thread
                            == (told.contains { $0.subjectKey == delivery.notice.subjectKey } ? "m" : nil)
                    )
                    told += delivery.notices
                }
                let delivered = Settlement.delivered(at: start, reference: "m")
                try await alerts.settle(delivery.id, owner: "boot-1", as: delivered)
            }
            #expect(told == Array(notices.suffix(12)))
        },
    ]
}
