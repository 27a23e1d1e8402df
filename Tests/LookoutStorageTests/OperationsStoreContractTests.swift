import LookoutStorage
import LookoutTestSupport
import Testing

@Suite struct OperationsStoreContractTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: OperationsStoreContract.clauses)
    func `SQLite keeps the contract`(_ clause: OperationsStoreContract.Clause) async throws {
        let alerts = try AlertDatabase.open(at: folder.file("alerts.db")).alerts
        let operations = SQLiteOperationsStore(alerts, pattern: OperationsStoreContract.pattern)
        try await clause.check(alerts, operations)
    }
}
