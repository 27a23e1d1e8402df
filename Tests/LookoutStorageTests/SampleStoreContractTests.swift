import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutStorage
import LookoutTestSupport
import Testing

@Suite struct SampleStoreContractTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: SampleStoreContract.clauses)
    func `SQLite keeps the contract`(_ clause: SampleStoreContract.Clause) async throws {
        let database = try HistoryDatabase.open(at: folder.file("history.db"), now: .epoch)
        try await clause.verify(on: database.samples)
    }

    @Test(arguments: SampleStoreContract.clauses)
    func `the store in memory keeps the contract`(_ clause: SampleStoreContract.Clause) async throws {
        try await clause.verify(on: MemorySampleStore())
    }
}
