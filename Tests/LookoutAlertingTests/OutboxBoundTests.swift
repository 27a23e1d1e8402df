import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What piles up for a receiver that is away for long (P14).
struct OutboxBoundTests {
    @Test func `what piles up is bounded, severity 1 stays whole and goes first, every episode is told`()
        async
    {
        var passed = 0
        await checkAll(cases: 60) { generator in
            let backlog = Backlog(using: &generator)
            for _ in 0..<200 {
                try await backlog.grow(using: &generator)
                try await backlog.checkBound()
            }
            try await backlog.checkOutages()
            passed += try await backlog.drain(using: &generator)
        }
        // A bound that nothing ever meets would prove nothing.
        #expect(passed > 200)
    }
}

/// Notices of a few alerts, in a store that is soon crowded and in one that never is.
private final class Backlog {
    private struct Story {
        let rule: String
        let severity: Severity
        var episode = 0
        var isFiring = false
    }

    private static let crowd = 20
    /// What may wait of one alert: the end of an episode that is known, and the last one.
    private static let most = 6

    private let store = MemoryAlertStore(crowd: crowd)
    private let boundless = MemoryAlertStore(crowd: .max)
    private let isKeyed: Bool
    private var now = Timestamp(seconds: 1_790_000_000)
    private var stories: [Story]

    init(using generator: inout SeededGenerator) {
        isKeyed = Bool.random(using: &generator)
        stories = (0..<8).map { Story(rule: "rule-\($0)", severity: $0 < 2 ? .outage : .minor) }
    }

    /// Something happens to an alert; now and then the receiver refuses something.
    func grow(using generator: inout SeededGenerator) async throws {
        now = now + .seconds(1)
        if Int.random(in: 0..<10, using: &generator) == 0 { try await refuse(using: &generator) }
        let index = Int.random(in: 0..<stories.count, using: &generator)
        var kind = Notice.Kind.firing
        if stories[index].isFiring {
            let kinds: [Notice.Kind] = [.reminder, .flapping, .resolved, .resolved]
            kind = kinds.randomElement(using: &generator) ?? .resolved
        } else {
            stories[index].episode += 1
        }
        stories[index].isFiring = kind != .resolved
        let notice = Notice(
            id: NoticeID(at: now, using: &generator),
            receiver: "team",
            kind: kind,
            alert: Alert(
                id: AlertID(rule: stories[index].rule, labels: [:]),
                severity: stories[index].severity,
                episode: stories[index].episode,
                pendingSince: now
            ),
            createdAt: now
        )
        for store in [store, boundless] { try await store.commit(AlertCommit(notices: [notice])) }
    }

    private func refuse(using generator: inout SeededGenerator) async throws {
        let request = request(digestID: nil)
        for store in [store, boundless] {
            guard case .delivery(let delivery) = try await store.claim(request) else { continue }
            let again = Settlement.retry(due: now, countsAttempt: true, reason: "503")
            try await store.settle(delivery.id, owner: "boot", as: again)
        }
    }

    private func request(digestID: NoticeID?) -> ClaimRequest {
        ClaimRequest(
            receiver: "team",
            lease: Lease(owner: "boot", until: now + .seconds(60)),
            now: now,
            horizon: .seconds(3600),
            isKeyed: isKeyed,
            digestID: digestID
        )
    }

    func checkBound() async throws {
        let minor = await store.outbox.count { $0.status == .waiting && $0.notice.severity == .minor }
        let alerts = stories.count { $0.severity == .minor }
        try #require(minor <= Self.crowd + alerts * Self.most, "\(minor) wait")
    }

    /// What is left of severity 1 is what would be left without a bound.
    func checkOutages() async throws {
        func outages(_ store: MemoryAlertStore) async -> [Notice] {
            await store.outbox.filter { $0.status == .waiting && $0.notice.severity == .outage }.map(\.notice)
        }
        try #require(await outages(store) == outages(boundless))
    }

    /// Takes all that waits; how many episodes were told of by their number.
    func drain(using generator: inout SeededGenerator) async throws -> Int {
        var named: Set<String> = []
        var passed = 0
        var wasMinor = false
        while case .delivery(let delivery) = try await store.claim(
            request(digestID: NoticeID(at: now, using: &generator))
        ) {
            let hasOutage = delivery.notices.contains { $0.severity == .outage }
            try #require(!(wasMinor && hasOutage), "severity 1 came behind severity 3")
            wasMinor = !hasOutage
            for notice in delivery.notices {
                named.insert(notice.threadKey)
                passed += notice.earlierEpisodes
            }
            try await store.settle(delivery.id, owner: "boot", as: .delivered(at: now))
        }
        try #require(named.count + passed == stories.map(\.episode).reduce(0, +))
        return passed
    }
}
