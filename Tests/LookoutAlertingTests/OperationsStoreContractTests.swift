import LookoutSimulation
import LookoutTestSupport
import Testing

struct OperationsStoreContractTests {
    @Test(arguments: OperationsStoreContract.clauses)
    func `the store in memory keeps the contract`(_ clause: OperationsStoreContract.Clause) async throws {
        let store = MemoryAlertStore()
        try await clause.check(store, store)
    }
}
