import GRDB
import LookoutAlerting
import LookoutModel
import Testing

@testable import LookoutStorage

/// What is settled costs nothing: no statement of the way of a notice reads rows that it does not need.
@Suite struct OutboxPlanTests {
    private let folder: TemporaryFolder
    private let store: SQLiteAlertStore

    init() throws {
        folder = try TemporaryFolder()
        store = try AlertDatabase.open(at: folder.file("alerts.db")).alerts
    }

    private static let tables = ["notices", "digests", "heads"]

    /// Does everything once that happens to notices, and collects each statement.
    private func statements() async throws -> Set<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        try await store.pool.writeWithoutTransaction { db in
            db.trace(options: .statement) { event in
                if case .statement(let statement) = event { continuation.yield(statement.sql) }
            }
        }
        let alerts = (0..<12).map { AlertExamples.alert("rule-\($0)", severity: .minor) }
        try await store.commit(
            AlertCommit(notices: alerts.enumerated().map { AlertExamples.notice(UInt64($0), of: $1) })
        )
        let ends = alerts.prefix(2).enumerated().map { number, alert in
            AlertExamples.notice(UInt64(100 + number), of: alert, kind: .resolved)
        }
        try await store.commit(AlertCommit(notices: ends))
        var generator = SystemRandomNumberGenerator()
        let settlements: [Settlement] = [
            .plain(reason: "413"), .split(at: AlertExamples.time, reason: "413"),
            .retry(due: AlertExamples.time, countsAttempt: true, reason: "503"),
            .delivered(at: AlertExamples.time, reference: "one"),
            .dead(at: AlertExamples.time, reason: "400"),
        ]
        for settlement in settlements {
            let request = ClaimRequest(
                receiver: "team",
                lease: Lease(owner: "boot", until: AlertExamples.time + .seconds(60)),
                now: AlertExamples.time,
                horizon: .seconds(3600),
                digestID: NoticeID(at: AlertExamples.time, using: &generator)
            )
            guard case .delivery(let delivery) = try await store.claim(request) else { continue }
            try await store.settle(delivery.id, owner: "boot", as: settlement)
        }
        _ = try await store.releaseLeases(exceptOf: "boot-2")
        try await store.pool.writeWithoutTransaction { $0.trace(options: []) }
        continuation.finish()
        var statements: Set<String> = []
        for await statement in stream where Self.tables.contains(where: statement.contains) {
            statements.insert(statement)
        }
        return statements
    }

    @Test func `commits, claims and settlements find rows by an index`() async throws {
        let statements = try await statements()
        #expect(statements.count > 15)
        let plans = try await store.pool.read { db in
            try statements.map { sql in
                let count = sql.filter { $0 == "?" }.count
                var arguments = StatementArguments(Array(repeating: nil as Int?, count: count))
                if sql.contains(":value") { arguments = ["value": 0] }
                let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments)
                return (sql, plan.map { $0["detail"] as String })
            }
        }
        for (sql, plan) in plans {
            for step in plan where step.hasPrefix("SCAN") {
                // What a statement has collected itself may be read from end to end.
                let isOwn = ["first", "subject", "CONSTANT"].contains { step.contains("SCAN \($0)") }
                // Only what is waiting is in this index, and only the start reads all of that.
                let isOpen = ["digests_waiting", "notices_waiting"].contains(where: step.contains)
                #expect(isOwn || isOpen, "\(step) in \(sql)")
            }
            guard sql.hasPrefix("INSERT INTO heads") else { continue }
            // By this index all that waits for a receiver would be read to find what waits of one subject.
            #expect(!plan.contains { $0.contains("notices_counted") }, "\(plan)")
        }
    }

    @Test func `a claim looks at the first head alone, however many wait`() async throws {
        let claims = try await statements().filter { $0.contains("FROM heads") && $0.hasPrefix("SELECT") }
        #expect(claims.count > 1)
        let plans = try await store.pool.read { db in
            try claims.map { sql in
                let nothing = Array(repeating: nil as Int?, count: sql.filter { $0 == "?" }.count)
                let arguments = StatementArguments(nothing)
                return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments)
                    .map { $0["detail"] as String }
            }
        }
        for plan in plans {
            // In the order of an index, with nothing to be sorted.
            #expect(
                plan.allSatisfy { $0.contains("SEARCH heads USING") && $0.contains("INDEX heads_") },
                "\(plan)"
            )
        }
    }
}
