import LookoutAlerting
import LookoutSimulation
import LookoutTestSupport
import Testing

struct AlertStoreContractTests {
    @Test(arguments: AlertStoreContract.clauses)
    func `the store in memory keeps the contract`(clause: AlertStoreContract.Clause) async throws {
        try await clause.check(MemoryAlertStore())
    }
}
