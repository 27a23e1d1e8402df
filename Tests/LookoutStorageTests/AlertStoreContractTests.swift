import LookoutStorage
import LookoutTestSupport
import Testing

@Suite struct AlertStoreContractTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: AlertStoreContract.clauses)
    func `SQLite keeps the contract`(_ clause: AlertStoreContract.Clause) async throws {
        let database = try AlertDatabase.open(at: folder.file("alerts.db"))
        try await clause.check(database.alerts)
    }
}
