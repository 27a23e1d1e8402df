import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// An `alerts.db` in a folder of its own.
struct AlertFile {
    static let start = Timestamp(seconds: 1_790_000_000)

    let path: String
    private let folder: TemporaryFolder

    private struct NothingToClaim: Error {
        let answer: Claim
    }

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("alerts.db")
    }

    func open() throws -> SQLiteAlertStore {
        try AlertDatabase.open(at: path).alerts
    }

    func lease(_ owner: String = "boot-1") -> Lease {
        Lease(owner: owner, until: Self.start + .seconds(60))
    }

    func claim(
        _ store: SQLiteAlertStore,
        receiver: String = "team",
        owner: String = "boot-1"
    ) async throws -> Claim {
        try await store.claim(
            for: receiver,
            lease: lease(owner),
            at: Self.start,
            horizon: .seconds(3600)
        )
    }

    /// What is to be sent next; throws if that is nothing.
    func delivery(_ store: SQLiteAlertStore, owner: String = "boot-1") async throws -> Delivery {
        let claim = try await claim(store, owner: owner)
        guard case .delivery(let delivery) = claim else { throw NothingToClaim(answer: claim) }
        return delivery
    }
}
