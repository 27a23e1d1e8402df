import Foundation
import GRDB
import LookoutAlerting
import LookoutModel
import LookoutProbing
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// Files as released versions of Lookout left them, saved as SQL in `Fixtures/`: one for each migration.
///
/// Whatever they hold must be read and worked with for ever.
@Suite struct SavedFileTests {
    static let alert = AlertExamples.alert("down", severity: .outage, episode: 3)

    /// What the second version added: the rule's labels, parents, a row of judgements, further texts, an
    /// acknowledgement.
    static var full: Alert {
        var alert = AlertExamples.alert("full", episode: 2)
        alert.labels = ["team": "web"]
        alert.parents = ["network"]
        alert.state = .recovering
        alert.streak = 2
        alert.texts.annotations = ["dashboard": "https://example.org/"]
        alert.texts.suggestion = .rollback
        alert.acknowledgement = Alert.Acknowledgement(by: "ada", at: AlertExamples.time)
        return alert
    }

    static let commit = AlertCommit(
        alerts: [alert, AlertExamples.alert("slow")],
        transitions: [
            AlertTransition(
                alert: alert.key,
                episode: 3,
                from: .pending,
                to: .firing,
                severity: .outage,
                cause: .held,
                at: AlertExamples.time
            )
        ],
        notices: [
            AlertExamples.notice(1, of: alert),
            AlertExamples.notice(2, of: alert, kind: .resolved),
            AlertExamples.notice(3, of: alert, receiver: "journal"),
        ]
    )

    static var samples: [Sample] {
        SampleExamples.ofEveryKind(check: CheckID(environment: "production", probe: "api"))
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func restore(_ name: String) throws -> String { try Self.restore(name, in: folder) }

    /// Makes the database that a saved file describes; its path.
    static func restore(_ name: String, in folder: TemporaryFolder) throws -> String {
        let fixtures = SourceTree.realPath(#filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let sql = try String(contentsOf: fixtures.appending(path: "\(name).sql"), encoding: .utf8)
        let path = folder.file("\(name).db")
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
        return path
    }

    @Test(arguments: ["alerts-001", "alerts-002"])
    func `saved alerts are read, told and added to`(name: String) async throws {
        let store = try AlertDatabase.open(at: restore(name)).alerts
        let isFirst = name == "alerts-001"
        #expect(Set(try await store.alerts()) == Set(Self.commit.alerts + (isFirst ? [] : [Self.full])))
        let transitions = try await store.transitions(of: nil, since: .epoch, limit: 10)
        #expect(transitions.map(\.transition) == Self.commit.transitions)
        #expect(try await store.releaseLeases(exceptOf: "second") == 1)
        let lease = Lease(owner: "second", until: AlertExamples.time + .seconds(60))
        for notice in Self.commit.notices {
            let claim = try await store.claim(
                for: notice.receiver,
                lease: lease,
                at: AlertExamples.time,
                horizon: .seconds(300)
            )
            guard case .delivery(let delivery) = claim else {
                Issue.record("there is no delivery of \(notice.id)")
                return
            }
            #expect(delivery.notice == notice)
            try await store.settle(notice.id, owner: "second", as: .delivered(at: AlertExamples.time))
        }
        let added = AlertExamples.alert("added")
        try await store.commit(AlertCommit(alerts: [added], notices: [AlertExamples.notice(4, of: added)]))
        #expect(try await store.alerts().count == (isFirst ? 3 : 4))
    }

    @Test(arguments: ["history-001"])
    func `a saved history is read and added to`(name: String) async throws {
        let store = try HistoryDatabase.open(at: restore(name), now: .epoch).samples
        var expected = Self.samples
        for index in expected.indices { expected[index].observation = nil }
        let check = try #require(expected.first).check
        #expect(try await store.newest(1000) == [check: expected])
        let added = Sample(check: check, startedAt: AlertExamples.time, outcome: .ok)
        try await store.append([added])
        #expect(try await store.newest(1) == [check: [added]])
    }
}
