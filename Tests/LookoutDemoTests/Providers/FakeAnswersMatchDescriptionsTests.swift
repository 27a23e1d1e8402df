import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeAnswersMatchDescriptions {
    /// A call, and the path of the description that it is.
    struct Call: Sendable, CustomTestStringConvertible {
        let provider: ProviderName
        let method: String
        let target: String
        let path: String
        var body: JSONValue?
        var status = 200

        var testDescription: String { "\(provider.rawValue): \(method) \(path) → \(status)" }
    }

    @Test(arguments: netlifyCalls + renderCalls + supabaseCalls + githubCalls + sentryCalls)
    func `every answer has the fields and types of the provider's description`(call: Call) throws {
        guard let description = try OpenAPIDescription(call.provider.rawValue) else { return }
        var fixture = CloudFixture()
        // Something has to be under way, and something has to have gone wrong, for all fields to be there.
        try fixture.push(flaws: [.error(.frontend, title: "TypeError: Failed to fetch")])
        fixture.pass(400)
        let target = call.target.replacing(try self.words(call.provider, fixture))
        let body = try call.body.map { body in
            try JSONValue(parsing: Array(body.jsonText.replacing(try words(call.provider, fixture)).utf8))
        }
        let reply = fixture.ask(call.provider, call.method, target, body)
        #expect(reply.status == call.status, "\(reply.body)")
        guard !reply.body.isEmpty else { return }
        let answer = try JSONValue(parsing: Array(reply.body.utf8))
        let objections = try description.objections(
            to: answer,
            of: call.method,
            call.path,
            status: reply.status
        )
        #expect(objections.filter { !Self.knownDifferences.contains($0.fieldName) } == [])
        #expect(try isFilled(answer, call), "an empty list proves nothing")
    }

    /// Fields that the trimmed descriptions leave out and the research names.
    private static let knownDifferences: Set<String> = ["buildFilter", "cursor"]

    private func isFilled(_ answer: JSONValue, _ call: Call) throws -> Bool {
        if case .array(let elements) = answer { return !elements.isEmpty }
        return true
    }

    private func words(_ provider: ProviderName, _ fixture: CloudFixture) throws -> [String: String] {
        let live =
            provider == .netlify ? try fixture.site.release?.deploy : try fixture.service.release?.deploy
        let commit = try #require(fixture.cloud.github.history.branches["main"])
        let release = try #require(fixture.cloud.sentry.releases.last?.version)
        return ["DEPLOY": try #require(live), "COMMIT": commit, "RELEASE": PercentCoding.encoded(release)]
    }
}

extension String {
    fileprivate func replacing(_ words: [String: String]) -> String {
        words.reduce(self) { $0.replacing($1.key, with: $1.value) }
    }

    /// `buildFilter` of `$.buildFilter is not in the description`.
    fileprivate var fieldName: String {
        guard hasSuffix("is not in the description") else { return self }
        let place = prefix { $0 != " " }
        return String(place.split(separator: ".").last ?? "")
    }
}
