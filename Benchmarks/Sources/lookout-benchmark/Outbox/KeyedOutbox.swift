import LookoutAlerting
import LookoutModel
import LookoutStorage

/// What one notice costs at a receiver that takes them one by one, however many wait behind it.
struct KeyedOutbox {
    private static let rounds = 200

    let folder: String

    func run() async throws {
        var table = TextTable("one by one, medians", "claim ms", "settle ms")
        for waiting in [100, 1000, 10_000, 100_000] {
            let store = try AlertDatabase.open(at: "\(folder)/keyed-\(waiting).db").alerts
            for first in stride(from: 0, to: waiting, by: 10_000) {
                try await store.commit(OutboxPattern.commit(first..<min(first + 10_000, waiting)))
            }
            var (claims, settlements): ([Double], [Double]) = ([], [])
            for _ in 0..<min(Self.rounds, waiting) {
                let start = ContinuousClock.now
                let claim = try await store.claim(
                    for: "team",
                    lease: Lease(owner: "bench", until: OutboxPattern.time + .seconds(60)),
                    at: OutboxPattern.time,
                    horizon: .seconds(3600)
                )
                guard case .delivery(let delivery) = claim else {
                    throw BenchmarkError("nothing to claim")
                }
                let claimed = ContinuousClock.now
                let told = Settlement.delivered(at: OutboxPattern.time)
                try await store.settle(delivery.id, owner: "bench", as: told)
                claims.append((claimed - start).seconds * 1000)
                settlements.append((ContinuousClock.now - claimed).seconds * 1000)
            }
            table.add("\(waiting.grouped) waiting", claims.median.short, settlements.median.short)
        }
        table.show()
    }
}
