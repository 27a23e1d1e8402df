import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct SentryProjectTests {
    /// Ten minutes before the virtual clock begins.
    private static let since = Timestamp(seconds: 1_790_000_000 - 600)

    private static func issue(_ id: Int, first: String, last: String = "2026-09-21T14:10:00Z") -> String {
        """
        {"id":"\(id)","shortId":"WEB-\(id)","title":"TypeError","level":"error","count":"17","userCount":6,\
        "firstSeen":"\(first)","lastSeen":"\(last)","permalink":"https://acme.sentry.io/issues/\(id)/"}
        """
    }

    /// Sentry with the lists that its searches find and the histories of issues.
    private func sentry(
        new: [String] = [],
        regressed: [String] = [],
        escalating: [String] = [],
        histories: [String: String] = [:]
    ) throws -> (SentryProject, ScriptedProvider) {
        let provider = ScriptedProvider { request, _ in
            let searches = ["firstSeen": new, "is%3Aregressed": regressed, "is%3Aescalating": escalating]
            for (word, found) in searches where request.url.contains(word) {
                return .answer("[\(found.joined(separator: ","))]")
            }
            let id = request.url.split(separator: "/").last.map(String.init) ?? ""
            return histories[id].map { .answer($0) } ?? .answer(#"{"detail":"no"}"#, status: 403)
        }
        let transport = try ProviderTransport(scripted: provider, .sentry(token: Secret("sntrys_x")))
        let project = SentryProject(
            organization: "acme",
            projects: ["web", "7"],
            environment: "production",
            through: transport
        )
        return (project, provider)
    }

    private func history(_ type: String, _ time: String) -> String {
        #"{"activity":[{"type":"note","dateCreated":"2026-09-21T14:12:00Z"},{"type":"\#(type)","dateCreated":"\#(time)"}]}"#
    }

    @Test func `an issue that was first seen since then is new`() async throws {
        let (sentry, provider) = try sentry(new: [Self.issue(5412, first: "2026-09-21T14:05:00Z")])
        #expect(
            try await sentry.issues(since: Self.since) == [
                TrackedIssue(
                    id: "5412",
                    shortID: "WEB-5412",
                    title: "TypeError",
                    level: "error",
                    novelty: .new,
                    count: 17,
                    users: 6,
                    firstSeen: Timestamp(seconds: 1_790_000_000 - 500),
                    lastSeen: Timestamp(seconds: 1_790_000_000 - 200),
                    page: "https://acme.sentry.io/issues/5412/"
                )
            ]
        )
        #expect(
            provider.asked.first
                == "GET /api/0/organizations/acme/issues/?project=web&project=7&environment=production"
                + "&query=firstSeen%3A%3E%3D2026-09-21T14%3A03%3A20Z&sort=new"
                + "&start=2026-09-21T14%3A03%3A20Z&end=2026-09-21T14%3A13%3A20Z&limit=100"
        )
    }

    @Test func `an older issue is not new, even if the search gives it`() async throws {
        let (sentry, _) = try sentry(new: [Self.issue(1, first: "2026-09-21T14:03:19Z")])
        #expect(try await sentry.issues(since: Self.since) == [])
    }

    @Test func `what came back since then is found, and what came back before it is not`() async throws {
        let old = "2026-01-01T00:00:00Z"
        let (sentry, _) = try sentry(
            regressed: [Self.issue(1, first: old), Self.issue(2, first: old)],
            escalating: [Self.issue(3, first: old), Self.issue(4, first: old, last: old)],
            histories: [
                "1": history("set_regression", "2026-09-21T14:05:00Z"),
                "2": history("set_regression", "2026-09-20T14:05:00Z"),
                "3": history("set_escalating", "2026-09-21T14:05:00Z"),
            ]
        )
        let issues = try await sentry.issues(since: Self.since)
        #expect(issues.map(\.id) == ["3", "1"])
        #expect(issues.map(\.novelty) == [.escalating, .regressed])
    }

    @Test(
        arguments: [nil, "[]", "{}", #"{"activity":[7]}"#, #"{"activity":[{"type":"set_regression"}]}"#]
            as [String?]
    )
    func `where the history says nothing, Sentry's word counts`(history: String?) async throws {
        let (sentry, _) = try sentry(
            regressed: [Self.issue(1, first: "2026-01-01T00:00:00Z")],
            histories: history.map { ["1": $0] } ?? [:]
        )
        #expect(try await sentry.issues(since: Self.since).map(\.novelty) == [.regressed])
    }

    @Test func `a new issue that already came back is one issue`() async throws {
        let issue = Self.issue(1, first: "2026-09-21T14:05:00Z")
        let (sentry, _) = try sentry(new: [issue], regressed: [issue], escalating: [issue])
        #expect(try await sentry.issues(since: Self.since).map(\.novelty) == [.new])
    }

    @Test func `many issues that came back are not all asked for their history`() async throws {
        let issues = (0..<60).map { Self.issue($0, first: "2026-01-01T00:00:00Z") }
        let (sentry, provider) = try sentry(regressed: issues)
        #expect(try await sentry.issues(since: Self.since).count == 60)
        #expect(provider.requests.count == 3 + 20)
    }

    @Test func `nothing can be seen since a time to come`() async throws {
        let (sentry, provider) = try sentry()
        #expect(try await sentry.issues(since: Timestamp(seconds: 1_790_000_000)) == [])
        #expect(provider.requests.count == 0)
    }

    @Test func `the newest release is the first of the list`() async throws {
        let provider = ScriptedProvider([
            .answer(#"[{"version":"web@9b813c2"},{"version":"web@old"}]"#), .answer("[]"),
        ])
        let transport = try ProviderTransport(scripted: provider, .sentry(token: Secret("x")))
        let sentry = SentryProject(organization: "acme", projects: [], environment: nil, through: transport)
        #expect(try await sentry.release() == "web@9b813c2")
        #expect(try await sentry.release() == nil)
        #expect(provider.asked.first == "GET /api/0/organizations/acme/releases/?per_page=1")
    }

    @Test func `a token without the scope is told so`() async throws {
        let provider = ScriptedProvider([
            .answer(#"{"detail":"You do not have permission to perform this action."}"#, status: 403)
        ])
        let transport = try ProviderTransport(scripted: provider, .sentry(token: Secret("x")))
        let sentry = SentryProject(
            organization: "acme",
            projects: ["web", "7"],
            environment: nil,
            through: transport
        )
        let failure = await problem { try await sentry.access() }
        #expect(failure?.code == "forbidden")
        #expect(failure?.message.contains("You do not have permission") == true)
        #expect(failure?.message.contains("SENTRY_TOKEN") == true)
    }
}
