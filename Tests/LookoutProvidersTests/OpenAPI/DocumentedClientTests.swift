import LookoutDeployments
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

/// Holds the clients against the providers' own descriptions of their APIs.
///
/// Without the shared data they say so and pass.
@Suite struct DocumentedClientTests {
    @Test(arguments: DocumentedClient.all)
    func `a client asks for what the description has, and takes what it promises`(
        client: DocumentedClient
    ) async throws {
        guard let described = described(client) else { return }
        try await client.run(described.provider())
        #expect(described.strange.values == [])
        #expect(described.asked.count > 0)
    }

    @Test(arguments: DocumentedClient.all)
    func `a field of another type is noticed and named exactly where the client uses it`(
        client: DocumentedClient
    ) async throws {
        guard let described = described(client) else { return }
        try await client.run(described.provider())
        var noticed: Set<String> = []
        for path in Set(described.asked.values) {
            for way in described.ways(at: client.prefix + path) {
                let provider = described.provider(spoiling: (path, way))
                guard let failure = await problem(of: { try await client.run(provider) }) else { continue }
                #expect(failure.code == "unexpected", "\(failure)")
                let name = way.filter { $0 != "[0]" }.last ?? ""
                #expect(failure.message.contains(name), "\(failure)")
                noticed.insert("\(path): \(way.joined(separator: "."))")
            }
        }
        #expect(noticed == client.fields)
    }

    @Test func `no word of a description is unknown to the clients`() throws {
        guard let netlify = OpenAPIDocument("netlify"), let render = OpenAPIDocument("render") else {
            return skip()
        }
        let states = netlify.deployStates
        #expect(states.count == 15)
        for word in states {
            let answer = try AnswerObject(
                ["id": "x", "state": .string(word), "created_at": "2025-08-20T12:00:00Z"],
                of: "Netlify"
            )
            #expect(
                !(try NetlifyDeploy(answer).deploy(given: NetlifyPublication()).state.isUnknown),
                "\(word)"
            )
        }
        let statuses = render.words(at: ["components", "schemas", "deployStatus"])
        #expect(statuses.count == 11)
        for word in statuses {
            let answer = try AnswerObject(
                ["id": "x", "status": .string(word), "createdAt": "2025-08-20T12:00:00Z"],
                of: "Render"
            )
            let deploy = try RenderDeploy(answer).deploy(of: HostedService(id: "x", name: "x"), page: nil)
            #expect(!deploy.state.isUnknown, "\(word)")
        }
    }

    private func described(_ client: DocumentedClient) -> DocumentedProvider? {
        guard let document = OpenAPIDocument(client.document, below: client.prefix) else {
            skip()
            return nil
        }
        return DocumentedProvider(document: document)
    }

    private func skip() {
        print("skipped: the descriptions of the providers' APIs are not there; set LOOKOUT_SHARED")
    }
}

extension OpenAPIDocument {
    /// The words that a list of Netlify's deploys can be asked for by.
    fileprivate var deployStates: [String] {
        guard case .object(let schema)? = operation("GET", "/sites/x/deploys")?.parameters["state"],
            case .array(let words)? = schema["enum"]
        else { return [] }
        return words.compactMap(\.string)
    }
}

extension ProviderDeploy.State {
    fileprivate var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}
