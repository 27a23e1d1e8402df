import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDaemon

@Suite struct AskingTheAgent {
    @Test(arguments: [
        ("abc-4", "abc-4"), ("a b/c", "a%20b%2Fc"), ("Europe/Berlin", "Europe%2FBerlin"),
        ("é?", "%C3%A9%3F"), ("../x", "..%2Fx"), ("\n", "%0A"),
    ])
    func `a name cannot leave its place in the address`(name: String, escaped: String) {
        #expect(AgentClient.escaped(name) == escaped)
    }

    @Test func `where nobody listens it says so`() async {
        let error = await #expect(throws: AgentClient.Failure.self) {
            try await AgentClient(address: "127.0.0.1:1").get("status")
        }
        guard case .unreachable(let text)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains("is the daemon running?"))
    }
}
