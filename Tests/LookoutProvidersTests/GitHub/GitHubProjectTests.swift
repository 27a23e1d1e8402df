import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Testing

/// What GitHub says of a commit and of a branch, and what is posted there.
struct GitHubProjectTests {
    private static let commit = String(repeating: "c", count: 40)
    private static let root = "/repos/acme/wheels"

    private static func project(_ paths: [String: String]) throws -> GitHubProject {
        try GitHubReviewTests.project(ScriptedProvider(paths: paths))
    }

    private static func run(_ name: String, _ status: String, _ conclusion: String?) -> String {
        let word = conclusion.map { "\"\($0)\"" } ?? "null"
        return #"{"name":"\#(name)","status":"\#(status)","conclusion":\#(word)}"#
    }

    private static func status(_ context: String, _ state: String) -> String {
        #"{"context":"\#(context)","state":"\#(state)"}"#
    }

    private static func checks(runs: [String], statuses: [String] = []) async throws -> CommitChecks {
        let project = try project([
            "\(root)/commits/\(commit)/check-runs":
                #"{"total_count":\#(runs.count),"check_runs":[\#(runs.joined(separator: ","))]}"#,
            // GitHub says "pending" where there is nothing at all.
            "\(root)/commits/\(commit)/status":
                #"{"state":"pending","total_count":0,"statuses":[\#(statuses.joined(separator: ","))]}"#,
        ])
        return try await project.checks(of: GitHubReviewTests.id(commit))
    }

    @Test(arguments: [
        ("completed", "success", CommitChecks(passed: ["build"])),
        ("completed", "neutral", CommitChecks(passed: ["build"])),
        ("completed", "skipped", CommitChecks(passed: ["build"])),
        ("completed", "failure", CommitChecks(failed: ["build"])),
        ("completed", "cancelled", CommitChecks(failed: ["build"])),
        ("completed", "timed_out", CommitChecks(failed: ["build"])),
        ("completed", "action_required", CommitChecks(failed: ["build"])),
        ("completed", "startup_failure", CommitChecks(failed: ["build"])),
        ("completed", "a word of next year", CommitChecks(pending: ["build"])),
        ("completed", nil, CommitChecks(pending: ["build"])),
        ("queued", nil, CommitChecks(pending: ["build"])),
        ("in_progress", nil, CommitChecks(pending: ["build"])),
        ("waiting", nil, CommitChecks(pending: ["build"])),
        ("requested", nil, CommitChecks(pending: ["build"])),
        ("pending", "success", CommitChecks(pending: ["build"])),
    ])
    func `each word for a check run has its meaning`(
        status: String,
        conclusion: String?,
        checks: CommitChecks
    )
        async throws
    {
        #expect(try await Self.checks(runs: [Self.run("build", status, conclusion)]) == checks)
    }

    @Test func `statuses count beside check runs, but for Lookout's own`() async throws {
        let checks = try await Self.checks(
            runs: [Self.run("build", "completed", "success"), Self.run("lint", "completed", "success")],
            statuses: [
                Self.status("netlify", "success"), Self.status("render", "pending"),
                Self.status("old-ci", "error"),
                Self.status("scan", "failure"), Self.status("lookout/preflight", "failure"),
                Self.status("lint", "failure"),
            ]
        )
        #expect(
            checks
                == CommitChecks(
                    passed: ["build", "netlify"],
                    failed: ["lint", "old-ci", "scan"],
                    pending: ["render"]
                )
        )
    }

    @Test func `a commit without checks has none, and nothing is pending`() async throws {
        #expect(try await Self.checks(runs: []) == CommitChecks())
    }

    @Test func `a branch that nothing protects has no protection`() async throws {
        let project = try Self.project(["\(Self.root)/branches/main": #"{"protected":false}"#])
        #expect(try await project.protection(of: "main") == nil)
    }

    private static let protected = #"{"protected":true,"protection":{"enabled":true}}"#

    @Test(arguments: [
        (#"{"allow_force_pushes":{"enabled":true}}"#, (true, false, false)),
        (
            #"{"allow_force_pushes":{"enabled":false},"required_pull_request_reviews":{}}"#,
            (false, true, false)
        ),
        (#"{"lock_branch":{"enabled":true}}"#, (false, false, true)),
        ("{}", (false, false, false)),
    ])
    func `the settings of a branch tell what a rollback meets`(
        settings: String,
        expected: (force: Bool, review: Bool, lock: Bool)
    ) async throws {
        let project = try Self.project([
            "\(Self.root)/branches/main": Self.protected, "\(Self.root)/branches/main/protection": settings,
        ])
        let protection = BranchProtection(
            allowsForcePush: expected.force,
            requiresPullRequest: expected.review,
            isLocked: expected.lock
        )
        #expect(try await project.protection(of: "main") == protection)
    }

    @Test(arguments: [
        (#"[{"type":"non_fast_forward"}]"#, (false, false, false)),
        (#"[{"type":"pull_request"},{"type":"deletion"}]"#, (true, true, false)),
        (#"[{"type":"update"}]"#, (true, false, true)), (#"[{"type":"creation"}]"#, (true, false, false)),
    ])
    func `rulesets protect a branch as well`(
        rules: String,
        expected: (force: Bool, review: Bool, lock: Bool)
    )
        async throws
    {
        let project = try Self.project([
            "\(Self.root)/branches/main": #"{"protected":false}"#, "\(Self.root)/rules/branches/main": rules,
        ])
        let protection = BranchProtection(
            allowsForcePush: expected.force,
            requiresPullRequest: expected.review,
            isLocked: expected.lock
        )
        #expect(try await project.protection(of: "main") == protection)
    }

    @Test func `a token that may not see the protection knows nothing of it`() async throws {
        for (status, message) in [
            (403, "Resource not accessible by personal access token"), (404, "Not Found"),
        ] {
            let provider = ScriptedProvider { request, _ in
                if request.url.hasSuffix("/protection") {
                    return .answer(#"{"message":"\#(message)"}"#, status: status)
                }
                return request.url.contains("/rules/") ? .answer("[]") : .answer(Self.protected)
            }
            let failure = await #expect(throws: ProviderFailure.self) {
                try await GitHubReviewTests.project(provider).protection(of: "main")
            }
            #expect(failure?.code == "forbidden")
        }
    }

    @Test func `only a ruleset protects where the branch has no settings of its own`() async throws {
        let provider = ScriptedProvider { request, _ in
            if request.url.hasSuffix("/protection") {
                return .answer(#"{"message":"Branch not protected"}"#, status: 404)
            }
            let rules = #"[{"type":"non_fast_forward"}]"#
            return request.url.contains("/rules/") ? .answer(rules) : .answer(Self.protected)
        }
        let protection = try await GitHubReviewTests.project(provider).protection(of: "main")
        #expect(protection?.allowsForcePush == false)
    }

    @Test func `a branch with a slash is one part of the path`() async throws {
        let provider = ScriptedProvider(paths: ["\(Self.root)/branches/release%2F1": #"{"protected":false}"#])
        let project = try GitHubReviewTests.project(provider)
        #expect(try await project.protection(of: "release/1") == nil)
        await #expect(throws: ProviderFailure.self) { try await project.protection(of: "../../user") }
        #expect(provider.asked.allSatisfy { !$0.contains("user") })
    }

    @Test func `the token's owner, scopes and rights are told`() async throws {
        let provider = ScriptedProvider { request, _ in
            request.url.hasSuffix("/user")
                ? .answer(#"{"login":"ada"}"#)
                : .answer(#"{"permissions":{"push":true}}"#, ["x-oauth-scopes": "repo, read:org"])
        }
        let access = try await GitHubReviewTests.project(provider).access()
        #expect(access == ProviderAccess(identity: "ada", scopes: ["repo", "read:org"], canWrite: true))
    }

    @Test func `the token of an app has no owner`() async throws {
        let provider = ScriptedProvider { request, _ in
            request.url.hasSuffix("/user")
                ? .answer(#"{"message":"Resource not accessible by integration"}"#, status: 403)
                : .answer("{}")
        }
        let access = try await GitHubReviewTests.project(provider).access()
        #expect(access == ProviderAccess(identity: "", scopes: nil, canWrite: nil))
    }

    @Test func `a status is posted once, with its description cut`() async throws {
        let provider = ScriptedProvider([.answer("{}", status: 201)])
        let project = try GitHubReviewTests.project(provider, isReadOnly: false)
        let text = String(repeating: "é", count: 200) + "\u{1B}[31m"
        try await project.post(
            CommitStatus(.failure, description: text, page: "https://lookout.example/d/1"),
            to: GitHubReviewTests.id(Self.commit)
        )
        #expect(provider.asked == ["POST \(Self.root)/statuses/\(Self.commit)"])
        let body = try JSONValue(parsing: try #require(provider.requests.values.first?.body))
        #expect(body["state"] == "failure")
        #expect(body["context"] == "lookout/preflight")
        #expect(body["target_url"] == "https://lookout.example/d/1")
        #expect(body["description"]?.string?.count == 140)
    }

    @Test func `read only posts nothing`() async throws {
        let provider = ScriptedProvider([.answer("{}", status: 201)])
        let failure = await #expect(throws: ProviderFailure.self) {
            try await GitHubReviewTests.project(provider).post(
                CommitStatus(.success, description: "go"),
                to: GitHubReviewTests.id(Self.commit)
            )
        }
        #expect(failure?.code == "read_only")
        #expect(provider.asked.isEmpty)
    }

    @Test(
        arguments: [
            (401, [:], "unauthorized"), (404, [:], "not_found"), (403, [:], "forbidden"),
            (502, [:], "unreachable"),
            (403, ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1900000000"], "rate_limited"),
            (403, ["retry-after": "7200"], "rate_limited"), (429, ["retry-after": "7200"], "rate_limited"),
        ] as [(Int, [String: String], String)]
    )
    func `each refusal is told from the others`(
        status: Int,
        headers: [String: String],
        code: String
    ) async throws {
        let words = code == "rate_limited" ? "You have exceeded a secondary rate limit" : "no"
        let provider = ScriptedProvider([.answer(#"{"message":"\#(words)"}"#, status: status, headers)])

        let failure = await #expect(throws: ProviderFailure.self) {
            try await GitHubReviewTests.project(provider).checks(of: GitHubReviewTests.id(Self.commit))
        }
        #expect(failure?.code == code)
        #expect(failure?.message.contains("ghp_") == false)
    }
}
