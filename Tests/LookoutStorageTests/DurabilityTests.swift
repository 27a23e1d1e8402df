import Foundation
import Glibc
import LookoutAlerting
import LookoutModel
import LookoutProbing
import Testing

@testable import LookoutStorage

/// What a killed process leaves behind.
@Suite struct DurabilityTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [1, 3, 20])
    func `every commit that was confirmed before a kill is there after it`(kills: Int) async throws {
        let alerts = folder.file("alerts.db")
        let confirmed = folder.file("confirmed")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [alerts = alerts as String, confirmed = confirmed as String, kills = kills as Int] in
            let store = try AlertDatabase.open(at: alerts).alerts
            let journal = open(confirmed, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for number in 1...1000 {
                let alert = AlertExamples.alert("rule-\(number)")
                try await store.commit(
                    AlertCommit(alerts: [alert], notices: [AlertExamples.notice(UInt64(number), of: alert)])
                )
                let line = Array("\(number)\n".utf8)
                try #require(write(journal, line, line.count) == line.count)
                // While the next commit is being made, so that it may or may not be there.
                if number == kills {
                    Thread.detachNewThread { kill(getpid(), SIGKILL) }
                }
            }
        }
        let lines = String(decoding: try folder.bytes("confirmed"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count >= kills)
        let store = try AlertDatabase.open(at: alerts).alerts
        let stored = try await store.alerts()
        #expect(stored.count >= lines.count)
        // Whole commits, without a gap: with each alert its notice.
        let rules = Set(stored.map(\.id.rule))
        #expect(rules == Set((1...stored.count).map { "rule-\($0)" }))
        #expect(try await store.outboxCounts()["team"]?.waiting == stored.count)
    }

    @Test func `a notice that was being sent at a kill is handed out again`() async throws {
        let alerts = folder.file("alerts.db")
        await #expect(processExitsWith: .signal(SIGKILL)) { [alerts = alerts as String] in
            let store = try AlertDatabase.open(at: alerts).alerts
            let alert = AlertExamples.alert("down")
            try await store.commit(
                AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)])
            )
            let lease = Lease(owner: "first start", until: AlertExamples.time + .seconds(60))
            let claim = try await store.claim(
                for: "team",
                lease: lease,
                at: AlertExamples.time,
                horizon: .seconds(300)
            )
            guard case .delivery = claim else { return }
            kill(getpid(), SIGKILL)
        }
        let store = try AlertDatabase.open(at: alerts).alerts
        #expect(try await store.releaseLeases(exceptOf: "second start") == 1)
        let lease = Lease(owner: "second start", until: AlertExamples.time + .seconds(60))
        let claim = try await store.claim(
            for: "team",
            lease: lease,
            at: AlertExamples.time,
            horizon: .seconds(300)
        )
        guard case .delivery(let delivery) = claim else {
            Issue.record("the notice is lost")
            return
        }
        #expect(delivery.notice == AlertExamples.notice(1, of: AlertExamples.alert("down")))
    }

    @Test func `samples survive a kill, batch by batch`() async throws {
        let history = folder.file("history.db")
        await #expect(processExitsWith: .signal(SIGKILL)) { [history = history as String] in
            let store = try HistoryDatabase.open(at: history, now: .epoch).samples
            for round in 0..<5 {
                try await store.append(
                    (0..<100).map { number in
                        Sample(
                            check: CheckID(environment: "production", probe: "probe-\(number)"),
                            startedAt: Timestamp(seconds: Int64(round)),
                            outcome: .ok
                        )
                    }
                )
            }
            kill(getpid(), SIGKILL)
        }
        let database = try HistoryDatabase.open(at: history, now: .epoch)
        #expect(database.replaced == nil)
        let newest = try await database.samples.newest(9)
        #expect(newest.count == 100 && newest.values.allSatisfy { $0.count == 5 })
    }
}
