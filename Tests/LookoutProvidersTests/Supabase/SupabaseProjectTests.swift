import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct SupabaseProjectTests {
    private static let path = "/v1/projects/abcdefghijklmnopqrst"

    private func project(_ answers: [String: String]) throws -> (SupabaseProject, ScriptedProvider) {
        let paths = Dictionary(uniqueKeysWithValues: answers.map { (Self.path + $0.key, $0.value) })
        let provider = ScriptedProvider(paths: paths)
        let transport = try ProviderTransport(scripted: provider, .supabase(token: Secret("sbp_x")))
        return (SupabaseProject(reference: "abcdefghijklmnopqrst", through: transport), provider)
    }

    private func status(_ word: String) -> String {
        #"{"status":"\#(word)","organization_slug":"org"}"#
    }

    private static let healthy =
        #"[{"name":"auth","healthy":true,"status":"ACTIVE_HEALTHY"},{"name":"db","healthy":true,"status":"ACTIVE_HEALTHY"}]"#

    @Test func `a project is healthy if it and all of its services say so`() async throws {
        let (project, provider) = try project([
            "": status("ACTIVE_HEALTHY"), "/health": Self.healthy,
            "/readonly": #"{"enabled":false,"override_enabled":false,"override_active_until":""}"#,
        ])
        #expect(
            try await project.condition()
                == DatabaseCondition(
                    project: "ACTIVE_HEALTHY",
                    isHealthy: true,
                    isPaused: false,
                    isReadOnly: false
                )
        )
        #expect(
            provider.asked[1]
                == "GET \(Self.path)/health?services=auth&services=db&services=pooler&services=realtime"
                + "&services=rest&services=storage&timeout_ms=5000"
        )
        #expect(try await project.access().identity == "org")
    }

    @Test func `a database that is down behind a healthy login is seen`() async throws {
        let (project, _) = try project([
            "": status("ACTIVE_HEALTHY"),
            "/health":
                #"[{"name":"auth","status":"ACTIVE_HEALTHY"},{"name":"db","healthy":true,"status":"UNHEALTHY","error":"refused\n"},{"name":"rest","status":"COMING_UP"}]"#,
            "/readonly": #"{"enabled":true}"#,
        ])
        let condition = try await project.condition()
        #expect(!condition.isHealthy)
        #expect(condition.unhealthyServices == [#"db: UNHEALTHY (refused\n)"#, "rest: COMING_UP"])
        #expect(condition.isReadOnly == true)
    }

    @Test(arguments: [
        ("INACTIVE", true), ("PAUSING", true), ("PAUSE_FAILED", true), ("ACTIVE_UNHEALTHY", false),
        ("COMING_UP", false), ("UNKNOWN", false), ("GOING_DOWN", false), ("INIT_FAILED", false),
        ("REMOVED", false), ("RESTORING", false), ("UPGRADING", false), ("RESTORE_FAILED", false),
        ("RESTARTING", false), ("RESIZING", false), ("SOMETHING_NEW", false),
    ])
    func `no other word is healthy, and some mean a pause`(word: String, isPaused: Bool) async throws {
        let (project, provider) = try project(["": status(word), "/health": Self.healthy])
        let condition = try await project.condition()
        #expect(condition.project == word)
        #expect(!condition.isHealthy)
        #expect(condition.isPaused == isPaused)
        #expect(provider.requests.count == (isPaused ? 1 : 3), "a paused project has no services to ask for")
    }

    @Test func `services that cannot be asked are not healthy by that`() async throws {
        let (project, _) = try project(["": status("ACTIVE_HEALTHY")])
        #expect(await problem { try await project.condition() }?.code == "not_found")
    }

    @Test func `backups are newest first, and only complete ones are complete`() async throws {
        let (project, _) = try project([
            "/database/backups": """
            {"region":"x","walg_enabled":true,"pitr_enabled":true,"backups":[
            {"id":8,"is_physical_backup":true,"status":"COMPLETED","inserted_at":"2025-08-19T03:10:11.000Z"},
            {"id":9,"is_physical_backup":true,"status":"FAILED","inserted_at":"2025-08-20T03:10:11.000Z"}],
            "physical_backup_data":{"latest_physical_backup_date_unix":1755659411}}
            """
        ])
        let backups = try await project.backups()
        #expect(backups.map(\.status) == ["FAILED", "point in time", "COMPLETED"])
        #expect(backups.map(\.isComplete) == [false, true, true])
        #expect(backups[1].at == Timestamp(seconds: 1_755_659_411))
    }

    @Test func `a project without backups has none`() async throws {
        let (project, _) = try project([
            "/database/backups":
                #"{"pitr_enabled":false,"backups":[],"physical_backup_data":{"latest_physical_backup_date_unix":1755659411}}"#
        ])
        #expect(try await project.backups() == [])
    }

    @Test func `migrations are oldest first, by number where they are numbers`() async throws {
        let (project, _) = try project([
            "/database/migrations": #"[{"version":"20250820"},{"version":"9","name":"x"},{"version":"10"}]"#
        ])
        #expect(try await project.migrations() == ["9", "10", "20250820"])
    }

    @Test func `migrations are for partners, and the failure says so`() async throws {
        let provider = ScriptedProvider([.answer(#"{"message":"Forbidden resource"}"#, status: 403)])
        let transport = try ProviderTransport(scripted: provider, .supabase(token: Secret("sbp_x")))
        let project = SupabaseProject(reference: "abcdefghijklmnopqrst", through: transport)
        #expect(
            await problem { try await project.migrations() }
                == .forbidden(
                    "Supabase, the migrations of the project: the token in SUPABASE_TOKEN lacks the right, "
                        + "or the plan lacks the feature (403: Forbidden resource)"
                )
        )
    }

    @Test(arguments: [
        ("", "[]"), ("", "{}"), ("", #"{"status":7}"#), ("/health", "{}"), ("/health", #"[{"name":"db"}]"#),
        ("/health", #"[{"status":"ACTIVE_HEALTHY"}]"#),
    ])
    func `an answer of another shape says nothing`(place: String, body: String) async throws {
        let good = ["": status("ACTIVE_HEALTHY"), "/health": Self.healthy]
        let (project, _) = try project(good.merging([place: body]) { _, new in new })
        #expect(await problem { try await project.condition() }?.code == "unexpected")
    }

    @Test(
        arguments: [
            (ScriptedProvider.Reply.answer(#"{"name":"GoTrue","version":"v2"}"#), nil),
            (.answer("<html>"), "gateway: the Supabase project, the health of its login service"),
            (.answer("", status: 404), "gateway: the Supabase project, the health of its login service"),
            (.answer(#"{"message":"Invalid API key"}"#, status: 401), nil),
            (.answer("", status: 429, ["Retry-After": "999"]), nil),
        ] as [(ScriptedProvider.Reply, String?)]
    )
    func `a gateway that is not there is told beside the services`(
        reply: ScriptedProvider.Reply,
        fault: String?
    ) async throws {
        let management = ScriptedProvider(paths: [
            Self.path: status("ACTIVE_HEALTHY"), Self.path + "/health": Self.healthy,
        ])
        let gate = ScriptedProvider([reply])
        let account = ProviderAccount.supabaseGateway(key: Secret("k"), base: "https://x.supabase.co")
        let project = SupabaseProject(
            reference: "abcdefghijklmnopqrst",
            through: try ProviderTransport(scripted: management, .supabase(token: Secret("sbp_x"))),
            gateway: SupabaseGateway(through: try ProviderTransport(scripted: gate, account))
        )
        let condition = try await project.condition()
        #expect(condition.isHealthy == (fault == nil))
        #expect(condition.unhealthyServices.first?.hasPrefix(fault ?? "-") == (fault == nil ? nil : true))
        #expect(gate.asked == ["GET /auth/v1/health"])
    }

    @Test(arguments: ["{}", #"{"data":{"backups":[]}}"#, #"{"backups":null}"#, #"{"backups":{}}"#])
    func `an answer without a list is not a project without backups`(body: String) async throws {
        let (project, _) = try project(["/database/backups": body])
        #expect(await problem { try await project.backups() }?.code == "unexpected")
    }
}
