import GRDB
import LookoutDeployments
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutStatistics
import LookoutTestSupport
import Testing

@testable import LookoutStorage

@Suite struct DeploymentStorageTests {
    private let file: AlertFile
    private let time = AlertFile.start

    init() throws {
        file = try AlertFile()
    }

    private func store() throws -> SQLiteDeploymentStore { SQLiteDeploymentStore(try file.open()) }

    private func id(_ text: String) throws -> DeploymentID { try #require(DeploymentID(text)) }

    private func began(_ trigger: String = "a quote \" and \0", after seconds: Int = 0) -> DeploymentEvent {
        let intent = DeploymentIntent(environment: "production", trigger: trigger, author: "ada")
        return DeploymentEvent(at: time + .seconds(seconds), .began(intent, origin: .person))
    }

    private let note = DeploymentEvent(at: AlertFile.start, .noted(by: "ada", text: "🚨"))
    private let closed = DeploymentEvent(at: AlertFile.start, .closed(.inconclusive(reason: "x")))

    @Test func `events are read in their order, also by another process`() async throws {
        let (store, id) = (try store(), try id("one"))
        try await store.append([began(), note], to: id, after: 0)
        try await store.append([closed], to: id, after: 2)
        #expect(try await store.events(of: id) == [began(), note, closed])
        #expect(try await self.store().events(of: id) == [began(), note, closed])
        #expect(try await store.events(of: self.id("other")).isEmpty)
    }

    @Test func `who does not know the newest event stores nothing`() async throws {
        let (store, id) = (try store(), try id("one"))
        try await store.append([began()], to: id, after: 0)
        for count in [0, 2, 7] {
            await #expect(throws: DeploymentConflict.self) {
                try await store.append([note], to: id, after: count)
            }
        }
        #expect(try await store.events(of: id) == [began()])
        try await store.append([], to: id, after: 9)
    }

    @Test func `of many who append at once each is stored or told`() async throws {
        let (store, id) = (try store(), try id("one"))
        try await store.append([began()], to: id, after: 0)
        let stored = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { [note] in
                    do {
                        try await store.append([note], to: id, after: 1)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(stored == 1)
        #expect(try await store.events(of: id).count == 2)
    }

    @Test func `lists are by the time of the beginning, and the open ones are those not closed`() async throws
    {
        let store = try store()
        for (index, name) in ["b", "a", "c"].enumerated() {
            try await store.append([began(name, after: index)], to: id(name), after: 0)
        }
        try await store.append([closed], to: id("a"), after: 1)
        #expect(try await store.deployments(limit: 2, before: nil).map(\.text) == ["c", "a"])
        #expect(try await store.deployments(limit: 9, before: time + .seconds(1)).map(\.text) == ["b"])
        #expect(try await store.openDeployments().map(\.text) == ["b", "c"])
        let summaries = try await store.summaries(limit: 9, before: nil)
        #expect(summaries.map(\.trigger) == ["c", "a", "b"])
        #expect(summaries.map(\.phase) == [.planned, .closed, .planned])
        let rolledBack = DeploymentEvent(at: time, .rollbackSeen(part: nil, detail: "after all"))
        try await store.append([rolledBack], to: id("a"), after: 2)
        #expect(try await store.openDeployments().map(\.text) == ["b", "a", "c"])
    }

    @Test func `the list of ten thousand reads their summaries and no event`() async throws {
        let alerts = try file.open()
        let store = SQLiteDeploymentStore(alerts)
        try await store.append([began()], to: id("first"), after: 0)
        try await alerts.pool.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9999)
                    INSERT INTO deployments (id, began_at, is_open, count, summary)
                    SELECT 'd' || n, began_at + n, 0, 1, replace(summary, '"first"', '"d' || n || '"')
                    FROM deployments, numbers
                    """
            )
            // Were an event read, the list would fail.
            try db.execute(sql: "UPDATE deployment_events SET document = 'no JSON'")
        }
        let summaries = try await store.summaries(limit: 20_000, before: nil)
        #expect(summaries.count == 10_000)
        #expect(summaries.first?.id.text == "d9999")
        let plan = try await alerts.pool.read { db in
            try Row.fetchAll(
                db,
                sql: "EXPLAIN QUERY PLAN SELECT id FROM deployments WHERE is_open ORDER BY began_at, id"
            ).map { $0["detail"] as String }
        }
        #expect(plan.count == 1 && plan[0].contains("deployments_open"), "\(plan)")
    }

    @Test func `the runs of a verdict come back bit by bit`() async throws {
        let (store, id) = (try store(), try id("one"))
        let check = CheckID(environment: "production", probe: "api % \0")
        let runs = [
            CheckSample(time: 0.1, isOK: false, seconds: .infinity),
            CheckSample(time: 1_790_000_000.5, isOK: true, seconds: 0.25),
        ]
        try await store.keep([check: ComparedRuns(baseline: runs, window: [])], of: id)
        #expect(try await store.runs(of: id) == [check: ComparedRuns(baseline: runs, window: [])])
        let later = ComparedRuns(baseline: runs, window: runs)
        try await store.keep([check: later], of: id)
        #expect(try await self.store().runs(of: id) == [check: later])
        #expect(try await store.runs(of: self.id("other")).isEmpty)
    }

    @Test func `the newest snapshot before a time is found, of its own place`() async throws {
        let store = try store()
        let place = VariablePlace(environment: "production", part: .backend)
        for (seconds, digest) in [(0, "a"), (10, "b"), (20, "c")] {
            let digests: [String: String?] = ["APP_URL": digest, "HIDDEN": nil]
            try await store.keep(
                VariableSnapshot(place: place, at: time + .seconds(seconds), digests: digests)
            )
        }
        let found = try await store.variables(of: place, before: time + .seconds(20))
        #expect(found?.digests == ["APP_URL": "b", "HIDDEN": nil])
        #expect(found?.at == time + .seconds(10))
        #expect(try await store.variables(of: place, before: time) == nil)
        let other = VariablePlace(environment: "production", part: .frontend)
        #expect(try await store.variables(of: other, before: .init(seconds: 9_000_000_000)) == nil)
    }

    @Test func `a damaged event is an error that says which deployment`() async throws {
        let alerts = try file.open()
        let (store, id) = (SQLiteDeploymentStore(alerts), try id("one"))
        try await store.append([began()], to: id, after: 0)
        try await alerts.pool.write { try $0.execute(sql: "UPDATE deployment_events SET document = '{}'") }
        do {
            _ = try await store.events(of: id)
            Issue.record("nothing was thrown")
        } catch let error as StorageError {
            #expect(error.code == .corrupt)
            #expect(error.message.contains("one"))
        }
    }

    @Test func `a file of the version before is brought to this one and keeps its alerts`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("alerts.db")
        let old = DatabaseSchema(
            applicationID: DatabaseSchema.alerts.applicationID,
            migrations: DatabaseSchema.alerts.migrations.filter { $0.name < "007" }
        )
        let pool = try DatabaseFile(path: path, schema: old, durability: .power).open()
        try await pool.write { db in
            try db.execute(sql: "INSERT INTO announcements (at, document) VALUES (7, '{}')")
        }
        try pool.close()
        let alerts = try AlertDatabase.open(at: path).alerts
        let store = SQLiteDeploymentStore(alerts)
        try await store.append([began()], to: id("one"), after: 0)
        #expect(try await store.openDeployments().map(\.text) == ["one"])
        let kept = try await alerts.pool.read { try Int.fetchOne($0, sql: "SELECT at FROM announcements") }
        #expect(kept == 7)
    }

    @Test func `the history gives conclusive runs as they are compared`() async throws {
        let folder = try TemporaryFolder()
        let samples = try HistoryDatabase.open(at: folder.file("history.db"), now: .epoch).samples
        let check = CheckID(environment: "production", probe: "api")
        let outcomes: [Outcome] = [
            .ok, .failed(Failure(.status, "500")), .failed(Failure(.timeout, "late")), .error("x"),
            .inconclusive("y"),
        ]
        try await samples.append(
            outcomes.enumerated().map { index, outcome in
                Sample(
                    check: check,
                    startedAt: time + .seconds(index),
                    outcome: outcome,
                    timings: Timings(total: .milliseconds(250))
                )
            }
        )
        let history = RecordedRuns(samples)
        let runs = try await history.runs(of: [check], in: time..<(time + .seconds(60)))
        let start = Double(time.microseconds) / 1e6
        #expect(
            runs[check] == [
                CheckSample(time: start, isOK: true, seconds: 0.25),
                CheckSample(time: start + 1, isOK: false, seconds: 0.25),
                CheckSample(time: start + 2, isOK: false, seconds: nil),
            ]
        )
    }
}
