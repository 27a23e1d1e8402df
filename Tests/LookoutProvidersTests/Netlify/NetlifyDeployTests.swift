import LookoutDeployments
import LookoutModel
import Testing

@testable import LookoutProviders

@Suite struct NetlifyDeployTests {
    private static let current = "current00000000000000001"
    private static let publication = NetlifyPublication(id: current, publishedAt: time("12:00"))

    private static func time(_ clock: String) -> Timestamp {
        Timestamp(rfc3339: "2025-08-20T\(clock):00Z") ?? .epoch
    }

    /// A deploy of production that was made at 11:00, with other fields over it.
    private func deploy(
        _ fields: [String: JSONValue],
        given publication: NetlifyPublication = publication
    ) throws -> ProviderDeploy {
        var members: [String: JSONValue] = [
            "id": "68a5c1f0e4b0a10008a1b2c3", "state": "ready", "context": "production", "branch": "main",
            "created_at": "2025-08-20T11:00:00Z", "updated_at": "2025-08-20T11:03:00Z",
        ]
        members.merge(fields) { _, new in new }
        return try NetlifyDeploy(AnswerObject(.object(members), of: "Netlify")).deploy(given: publication)
    }

    @Test(arguments: [
        ("new", ProviderDeploy.State.queued), ("accepted", .queued), ("enqueued", .queued),
        ("pending_review", .held(reason: "it waits for a person to approve it at Netlify")),
        ("rejected", .failed(reason: "a person did not approve it at Netlify")),
        ("building", .building), ("retrying", .building),
        ("uploading", .releasing), ("uploaded", .releasing), ("preparing", .releasing),
        ("prepared", .releasing),
        ("processing", .releasing), ("processed", .releasing),
        ("ready", .held(reason: "built, and the site shows deploy \(current)")), ("old", .superseded),
        ("error", .failed(reason: "Netlify gives no message; its page has the build log")),
        ("pending", .unknown("pending")), ("", .unknown("")), ("R\u{1B}[2J", .unknown(#"R\u{1b}[2J"#)),
    ])
    func `each word of Netlify has its meaning`(word: String, state: ProviderDeploy.State) throws {
        let deploy = try deploy(["state": .string(word)])
        #expect(deploy.state == state)
        #expect(deploy.liveAt == nil, "without a time of publishing it was never live")
    }

    @Test(
        arguments: [
            (["skipped": true, "error_message": "Skipped"], ProviderDeploy.State.skipped(reason: "Skipped")),
            (["skipped": true], .skipped(reason: "Skipped")),
            (["error_message": "Skipped"], .skipped(reason: "Skipped")),
            (
                [
                    "error_message":
                        "Failed during stage 'checking build content for changes': Canceled build due to no content change"
                ],
                .skipped(
                    reason:
                        "Failed during stage 'checking build content for changes': Canceled build due to no content change"
                )
            ),
            (["error_message": "Canceled build"], .cancelled),
            (
                ["error_message": "Build script returned non-zero exit code: 2"],
                .failed(reason: "Build script returned non-zero exit code: 2")
            ),
            (["error_message": "a\nb\u{1B}[0m"], .failed(reason: #"a\nb\u{1b}[0m"#)),
            (
                ["skipped": nil, "error_message": nil],
                .failed(reason: "Netlify gives no message; its page has the build log")
            ),
        ] as [([String: JSONValue], ProviderDeploy.State)]
    )
    func `an error may be a build that nobody wanted`(
        fields: [String: JSONValue],
        state: ProviderDeploy.State
    ) throws {
        #expect(try deploy(fields.merging(["state": "error"]) { one, _ in one }).state == state)
    }

    @Test func `the published deploy is live, whatever its own word is`() throws {
        for word in ["ready", "old", "processing"] {
            let live = try deploy(["id": .string(Self.current), "state": .string(word)])
            #expect(live.state == .live)
            #expect(live.liveAt == Self.time("12:00"))
        }
    }

    @Test func `what was published before the current one was live`() throws {
        for word in ["ready", "old"] {
            let deploy = try deploy(["state": .string(word), "published_at": "2025-08-20T11:03:30Z"])
            #expect(deploy.state == .superseded)
            #expect(deploy.liveAt == Timestamp(rfc3339: "2025-08-20T11:03:30Z"))
        }
    }

    @Test(
        arguments: [
            ["published_at": "2025-08-20T12:00:00Z"], ["published_at": "2025-08-20T13:00:00Z"], [:],
            ["published_at": "2025-08-20T11:00:00Z", "context": "deploy-preview"],
            ["published_at": "2025-08-20T11:00:00Z", "context": "branch-deploy"],
            ["published_at": "2025-08-20T11:00:00Z", "context": nil],
            ["published_at": "2025-08-20T11:00:00Z", "draft": true],
            ["published_at": "2025-08-20T11:00:00Z", "state": "error"],
            ["published_at": "2025-08-20T11:00:00Z", "state": "building"],
        ] as [[String: JSONValue]]
    )
    func `what was not certainly live is no target of a rollback`(fields: [String: JSONValue]) throws {
        #expect(try deploy(fields).liveAt == nil)
    }

    @Test func `a deploy that is newer than the locked one is held, and says by which`() throws {
        let locked = NetlifyPublication(id: Self.current, publishedAt: Self.time("12:00"), isLocked: true)
        let deploy = try deploy(["created_at": "2025-08-20T13:00:00Z"], given: locked)
        #expect(deploy.state == .held(reason: "built, and the site is locked to deploy \(Self.current)"))
        #expect(!deploy.isFinal)
    }

    @Test func `without a published deploy nobody can say what was live`() throws {
        let deploy = try deploy(["published_at": "2025-08-20T11:00:00Z"], given: NetlifyPublication())
        #expect(deploy.liveAt == nil)
        #expect(deploy.state == .held(reason: "built, and the site publishes nothing"))
    }

    @Test func `a preview is not taken for a deploy that waits`() throws {
        #expect(
            try deploy(["context": "deploy-preview"]).state
                == .held(reason: "a deploy-preview, which is not published by itself")
        )
    }

    @Test func `what it was built from is said only where Netlify says it`() throws {
        let commit = String(repeating: "9b813c29", count: 5)
        let pushed = try deploy(["commit_ref": .string(commit)])
        #expect(pushed.commit == CommitID(commit))
        #expect(pushed.cause == .commit)
        let uploaded = try deploy(["commit_ref": nil])
        #expect(uploaded.commit == nil)
        #expect(uploaded.cause == .manual)
        #expect(try deploy(["commit_ref": "HEAD"]).commit == nil)
    }

    @Test func `its pages are web addresses or nothing`() throws {
        let good = try deploy([
            "admin_url": "https://app.netlify.com/sites/wheels", "locked": true,
            "deploy_ssl_url": "https://68a5c1f0e4b0a10008a1b2c3--wheels.netlify.app",
        ])
        #expect(good.page == "https://app.netlify.com/sites/wheels/deploys/68a5c1f0e4b0a10008a1b2c3")
        #expect(good.permalink == "https://68a5c1f0e4b0a10008a1b2c3--wheels.netlify.app")
        #expect(good.isLocked)
        let bad = try deploy(["admin_url": "javascript:x", "deploy_ssl_url": "https://a\u{1B}"])
        #expect(bad.page == nil && bad.permalink == nil)
    }

    @Test(
        arguments: [
            ("id", 7), ("id", "$(id)"), ("state", 1), ("context", []), ("created_at", "yesterday"),
            ("skipped", "yes"),
            ("locked", 1), ("published_at", 0), ("error_message", ["x"]), ("branch", [:]), ("commit_ref", 5),
        ] as [(String, JSONValue)]
    )
    func `a field of another shape is named`(field: String, value: JSONValue) throws {
        let error = #expect(throws: ProviderFailure.self) { try deploy([field: value]) }
        #expect(error?.code == "unexpected")
        #expect(error?.message.contains("\"\(field)\"") == true)
    }

    @Test func `without any time it is not a deploy`() throws {
        #expect(throws: ProviderFailure.self) { try deploy(["created_at": nil, "updated_at": nil]) }
        #expect(try deploy(["created_at": nil]).createdAt == Timestamp(rfc3339: "2025-08-20T11:03:00Z"))
    }
}
