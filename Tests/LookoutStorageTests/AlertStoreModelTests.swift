import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// The SQLite store against the plain model of the test support, on random scripts.
@Suite struct AlertStoreModelTests {
    @Test func `SQLite answers as the plain model does, whatever is asked of them`() async {
        await checkAll(cases: 25) { generator in
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let file = DatabaseFile(path: folder.file("alerts.db"), schema: .alerts, durability: .process)
            let crowd = Int.random(in: 2...8, using: &generator)
            let real = SQLiteAlertStore(try file.open(), crowd: crowd)
            let model = MemoryAlertStore(crowd: crowd)
            var script = Script()
            for _ in 0..<60 {
                try await script.step(&generator, real, model)
            }
            let alerts = try await real.alerts()
            try #require(Set(alerts) == Set(await model.alerts()))
            let counts = try await real.outboxCounts()
            try #require(counts == (await model.outboxCounts()))
            let operations = SQLiteOperationsStore(real, pattern: OperationsStoreContract.pattern)
            let records = try await operations.notices(of: nil, since: .epoch, limit: 1000)
            try #require(records == (try await model.notices(of: nil, since: .epoch, limit: 1000)))
        }
    }

    /// Draws calls and compares the answers.
    private struct Script {
        private var now = AlertExamples.time
        private var number: UInt64 = 0
        private var claimed: [NoticeID] = []
        private let horizon = Duration.seconds(300)
        private let receivers = ["a", "b", "c"]
        private let owners = ["one", "two"]
        private let kinds = Notice.Kind.allCases.filter { $0 != .announcement }

        mutating func step(
            _ generator: inout SeededGenerator,
            _ real: SQLiteAlertStore,
            _ model: MemoryAlertStore
        ) async throws {
            // Mostly forward, now and then set back by more or less than the horizon.
            let jump =
                Int.random(in: 0..<20, using: &generator) == 0
                ? -Int.random(in: 0..<900, using: &generator) : 40
            now = now + .seconds(Int.random(in: min(0, jump)...max(0, jump), using: &generator))
            let owner = owners.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<10, using: &generator) {
            case 0...2:
                let commit = randomCommit(&generator)
                try await real.commit(commit)
                try await model.commit(commit)
            case 3...5:
                let request = randomRequest(owner, &generator)
                let answer = try await real.claim(request)
                let expected = try await model.claim(request)
                try #require(answer == expected)
                if case .delivery(let delivery) = answer { claimed.append(delivery.id) }
            case 6...8:
                guard let delivery = claimed.randomElement(using: &generator) else { return }
                let settlement = randomSettlement(&generator)
                try await real.settle(delivery, owner: owner, as: settlement)
                try await model.settle(delivery, owner: owner, as: settlement)
            default:
                if Bool.random(using: &generator) {
                    let freed = try await real.releaseLeases(exceptOf: owner)
                    try #require(freed == (await model.releaseLeases(exceptOf: owner)))
                } else if Int.random(in: 0..<4, using: &generator) == 0 {
                    let kept = Set(receivers.filter { _ in Bool.random(using: &generator) })
                    let retired = try await real.retireReceivers(otherThan: kept, at: now, reason: "gone")
                    try #require(
                        retired == (await model.retireReceivers(otherThan: kept, at: now, reason: "gone"))
                    )
                }
            }
        }

        private mutating func randomCommit(_ generator: inout SeededGenerator) -> AlertCommit {
            var commit = AlertCommit()
            for rule in Set((0..<3).map { _ in Int.random(in: 0..<5, using: &generator) }) {
                let severity = Severity.allCases.randomElement(using: &generator) ?? .minor
                let episode = Int.random(in: 1...3, using: &generator)
                let alert = AlertExamples.alert("rule-\(rule)", severity: severity, episode: episode)
                if Bool.random(using: &generator) {
                    commit.alerts.append(alert)
                } else {
                    commit.removed.append(alert.key)
                }
                for receiver in receivers where Bool.random(using: &generator) {
                    number += 1
                    commit.notices.append(
                        AlertExamples.notice(
                            number,
                            of: alert,
                            receiver: receiver,
                            kind: kinds.randomElement(using: &generator) ?? .firing,
                            at: now
                        )
                    )
                }
            }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                commit.notices.append(announcement(&generator))
            }
            return commit
        }

        private func announcement(_ generator: inout SeededGenerator) -> Notice {
            let name = ["1.0", "1.1"].randomElement(using: &generator) ?? ""
            let announcement = Announcement(
                topic: .deployment(name),
                stage: .start,
                isEmergency: Bool.random(using: &generator),
                author: "ann",
                at: now
            )
            return Notice(
                id: NoticeID(at: now, using: &generator),
                receiver: receivers.randomElement(using: &generator) ?? "",
                announcement: announcement,
                createdAt: now
            )
        }

        private mutating func randomRequest(
            _ owner: String,
            _ generator: inout SeededGenerator
        ) -> ClaimRequest {
            ClaimRequest(
                receiver: receivers.randomElement(using: &generator) ?? "",
                lease: Lease(owner: owner, until: now + .seconds(60)),
                now: now,
                horizon: horizon,
                isKeyed: Int.random(in: 0..<4, using: &generator) == 0,
                sendsResolved: Int.random(in: 0..<4, using: &generator) > 0,
                digestID: NoticeID(at: now, using: &generator),
                digestThreshold: Int.random(in: 1...4, using: &generator),
                digestLimit: Int.random(in: 2...5, using: &generator)
            )
        }

        private func randomSettlement(_ generator: inout SeededGenerator) -> Settlement {
            let wait = Duration.seconds(Int.random(in: 0..<400, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: return .delivered(at: now, reference: Bool.random(using: &generator) ? "message" : nil)
            case 1: return .dead(at: now, reason: "400")
            case 2: return .plain(reason: "400")
            case 3: return .split(at: now, reason: "413")
            default:
                return .retry(
                    due: now + wait,
                    countsAttempt: Bool.random(using: &generator),
                    reason: "503",
                    isUnclear: Bool.random(using: &generator)
                )
            }
        }
    }
}
