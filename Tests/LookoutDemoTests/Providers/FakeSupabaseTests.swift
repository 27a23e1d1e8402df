import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct FakeSupabaseBehaviour {
    private let project = "/v1/projects/\(StandardNames.production.supabaseProject)"

    private func databaseFaults(_ change: (inout SupabaseProjectState) -> Void) -> Set<DemoFaultKind> {
        var fixture = CloudFixture()
        change(&fixture.cloud.supabase.projects[0])
        guard case .backend(let backend, _) = fixture.cloud.backend(of: "production", now: fixture.now) else {
            return []
        }
        return backend.faults
    }

    @Test func `a database that is gone is what the backend reports`() {
        #expect(databaseFaults { _ in } == [])
        #expect(databaseFaults { $0.status = "INACTIVE" } == [.databaseUnhealthy])
        #expect(databaseFaults { $0.unhealthy["db"] = "no connection" } == [.databaseUnhealthy])
        #expect(databaseFaults { $0.unhealthy["storage"] = "full" } == [])
    }

    @Test func `the authentication is well while its database is down`() throws {
        var fixture = CloudFixture()
        fixture.cloud.supabase.projects[0].unhealthy["db"] = "connection refused"
        let health = try fixture.json(.supabase, "GET", project + "/health?services=auth,db")
        #expect(health.elements?.map { $0["status"] } == ["ACTIVE_HEALTHY", "UNHEALTHY"])
        let request = DemoRequest(target: "/auth/v1/health", headers: [("apikey", "anon-key")])
        #expect(fixture.cloud.reply(of: .supabase, to: request, now: fixture.now).status == 200)
        #expect(
            fixture.cloud.reply(of: .supabase, to: DemoRequest(target: "/auth/v1/health"), now: fixture.now)
                .status == 401
        )
    }

    @Test(arguments: ["", "?services=nonsense"])
    func `which services are meant has to be said`(query: String) {
        var fixture = CloudFixture()
        #expect(fixture.ask(.supabase, "GET", project + "/health" + query).status == 400)
    }

    @Test func `migrations are for partners`() throws {
        var fixture = CloudFixture()
        #expect(fixture.ask(.supabase, "GET", project + "/database/migrations").status == 403)
        fixture.cloud.supabase.projects[0].listsMigrations = true
        let rows = try fixture.json(.supabase, "GET", project + "/database/migrations").elements
        #expect(rows?.first?["version"] == "20250701090000")
    }

    @Test func `backups that failed are listed, and are not the newest that counts`() throws {
        var fixture = CloudFixture()
        fixture.cloud.supabase.projects[0].backups = [
            .init(id: 1, at: fixture.now - .seconds(7200)),
            .init(id: 2, at: fixture.now - .seconds(60), status: "FAILED"),
        ]
        let answer = try fixture.json(.supabase, "GET", project + "/database/backups")
        #expect(answer["backups"]?.elements?.map { $0["status"] } == ["FAILED", "COMPLETED"])
        #expect(
            answer["physical_backup_data"]?["latest_physical_backup_date_unix"]
                == .int((fixture.now - .seconds(7200)).microseconds / 1_000_000)
        )
    }
}
