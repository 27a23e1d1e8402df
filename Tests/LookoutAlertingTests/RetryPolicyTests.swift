import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct RetryPolicyTests {
    static let policy = RetryPolicy()
    static let created = Timestamp(seconds: 1_790_000_000)

    private static func delivery(_ severity: Severity = .major, failed: Int = 0) -> Delivery {
        var generator = SeededGenerator(seed: 1)
        let notice = Notice(
            id: NoticeID(at: created, using: &generator),
            receiver: "team",
            kind: .firing,
            alert: Alert(id: AlertStory.id, severity: severity, pendingSince: created),
            createdAt: created
        )
        return Delivery(
            notice: notice,
            sequence: 1,
            failedAttempts: failed,
            lease: Lease(owner: "boot", until: created)
        )
    }

    private static func digest(failed: Int = 0) -> Delivery {
        var generator = SeededGenerator(seed: 2)
        let single = delivery(failed: failed)
        return Delivery(
            id: NoticeID(at: created, using: &generator),
            digest: [single.notice, single.notice],
            sequence: 1,
            failedAttempts: failed,
            lease: single.lease
        )
    }

    private static func decide(
        _ verdict: SendVerdict,
        _ delivery: Delivery,
        failuresInARow: Int = 1,
        after age: Duration = .seconds(1),
        seed: UInt64 = 1
    ) -> RetryPolicy.Decision {
        var generator = SeededGenerator(seed: seed)
        return policy.decision(
            after: verdict,
            of: delivery,
            failuresInARow: failuresInARow,
            at: created + age,
            using: &generator
        )
    }

    @Test(arguments: [(0, 1), (1, 2), (2, 4), (5, 32), (8, 256), (9, 300), (10, 300), (1_000_000, 300)])
    func `waits double from one second to five minutes, with full jitter`(failed: Int, limit: Int64) {
        var waits: [Duration] = []
        for seed in UInt64(0)..<200 {
            let verdict = SendVerdict.retry(after: nil, reason: "503")
            let decision = Self.decide(verdict, Self.delivery(failed: failed), seed: seed)
            guard
                case .retry(let due, countsAttempt: true, reason: "503", isUnclear: false) = decision
                    .settlement
            else {
                Issue.record("not a counted retry: \(decision)")
                return
            }
            waits.append(due - (Self.created + .seconds(1)))
        }
        #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(limit) })
        #expect(waits.contains { $0 < .seconds(limit) / 4 })
        #expect(waits.contains { $0 > .seconds(limit) * 3 / 4 })
    }

    @Test(arguments: [(7, 7), (0, 0), (-5, 0), (3600, 3600), (1_000_000, 3600)])
    func `what the receiver asks for is kept, costs no attempt, and is not believed without limit`(
        asked: Int64,
        kept: Int64
    ) {
        let decision = Self.decide(.retry(after: .seconds(asked), reason: "429"), Self.delivery(failed: 3))
        let due = Self.created + .seconds(1 + kept)
        #expect(decision.settlement == .retry(due: due, countsAttempt: false, reason: "429"))
        #expect(decision.pause == .seconds(kept))
    }

    @Test func `a broken receiver is left alone for a quarter of an hour, its notices stay due`() {
        let decision = Self.decide(.broken(reason: "401"), Self.delivery())
        let now = Self.created + .seconds(1)
        #expect(decision.settlement == .retry(due: now, countsAttempt: false, reason: "401"))
        #expect(decision.pause == .seconds(900))
        #expect(decision.health == .broken(since: now, reason: "401"))
    }

    @Test func `what is rejected goes once more in plain words, and is dead then, whatever its severity`() {
        var delivery = Self.delivery(.outage)
        let first = Self.decide(.rejected(reason: "400"), delivery)
        #expect(first.settlement == .plain(reason: "400"))
        #expect(first.pause == .zero)
        delivery.form = .plain
        let second = Self.decide(.rejected(reason: "400"), delivery)
        #expect(second.settlement == .dead(at: Self.created + .seconds(1), reason: "400"))
        #expect(second.pause == .zero)
    }

    @Test func `a rejected digest goes once more in plain words, and notice by notice then`() {
        var digest = Self.digest()
        #expect(Self.decide(.rejected(reason: "413"), digest).settlement == .plain(reason: "413"))
        digest.form = .plain
        let split = Settlement.split(at: Self.created + .seconds(1), reason: "413")
        #expect(Self.decide(.rejected(reason: "413"), digest).settlement == split)
    }

    @Test func `a digest that fails for the third time while the receiver takes other things is split`() {
        let failed = SendVerdict.retry(after: nil, reason: "500")
        for (attempts, failuresInARow, isSplit) in [
            (0, 1, false), (1, 1, false), (2, 1, true), (2, 2, false), (9, 10, false), (9, 1, true),
        ] {
            let decision = Self.decide(failed, Self.digest(failed: attempts), failuresInARow: failuresInARow)
            let split = if case .split = decision.settlement { true } else { false }
            #expect(split == isSplit)
        }
    }

    @Test func `a receiver works again once it takes or refuses something`() {
        #expect(Self.decide(.delivered, Self.delivery()).health == .working)
        #expect(Self.decide(.rejected(reason: "400"), Self.delivery()).health == .working)
    }

    @Test func `a receiver rests when it asks for that, or fails three times in a row`() {
        let now = Self.created + .seconds(1)
        let asked = Self.decide(.retry(after: .seconds(42), reason: "429"), Self.delivery())
        #expect(asked.health == .resting(until: now + .seconds(42), reason: "429"))
        for failures in 1...4 {
            let verdict = SendVerdict.retry(after: nil, reason: "503")
            let decision = Self.decide(verdict, Self.delivery(), failuresInARow: failures)
            let rest = ReceiverHealth.resting(until: now + decision.pause, reason: "503")
            #expect(decision.health == (failures < 3 ? nil : rest))
        }
    }

    @Test(arguments: [
        SendVerdict.retry(after: nil, reason: "503"), .retry(after: .seconds(5), reason: "429"),
        .broken(reason: "404"),
    ])
    func `after a day only severity 1 is tried on`(verdict: SendVerdict) {
        for severity in Severity.allCases {
            let decision = Self.decide(verdict, Self.delivery(severity), after: .seconds(86_400))
            let isDead = if case .dead = decision.settlement { true } else { false }
            #expect(isDead == (severity != .outage))
        }
    }

    @Test func `a receiver that fails again and again is left alone for ten seconds at most`() {
        for failures in [1, 4, 100] {
            for seed in UInt64(0)..<50 {
                let verdict = SendVerdict.retry(after: nil, reason: "refused")
                let decision = Self.decide(
                    verdict,
                    Self.delivery(),
                    failuresInARow: failures,
                    seed: seed
                )
                #expect(decision.pause <= min(.seconds(10), .seconds(1 << min(failures - 1, 10))))
            }
        }
    }
}
