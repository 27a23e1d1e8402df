import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// The promises about delivery, over random schedules of faults, against a plain list of what was committed.
struct OutboxScheduleTests {
    private static let schedules = DeliveryProofTests.schedules

    @Test func `whatever fails, what was committed is told, in order, and no more often than it must`() async
    {
        var attempts = 0
        var digests = 0
        var kills = 0
        await checkAll(cases: Self.schedules) { generator in
            let schedule = OutboxSchedule(generator)
            try await schedule.play(steps: Int.random(in: 6...16, using: &generator))
            let seen = schedule.world.attempts
            attempts += seen.count
            digests += seen.count { $0.delivery.isDigest }
            kills += schedule.kills
            try #require(schedule.world.violations == [])
            try await OutboxJudge(schedule).check()
        }
        print(
            "outbox: \(Self.schedules) schedules, \(attempts) attempts, \(digests) of digests, \(kills) kills"
        )
        // A schedule in which nothing happens proves nothing.
        #expect(attempts > Self.schedules && digests > 100 && kills > 100)
    }
}

/// Holds what receivers saw, and what the store says became of it, against the plain list.
struct OutboxJudge {
    private let schedule: OutboxSchedule
    private let attempts: [OutboxWorld.Attempt]

    init(_ schedule: OutboxSchedule) {
        self.schedule = schedule
        attempts = schedule.world.attempts
    }

    func check() async throws {
        let rows = await schedule.world.store.outbox
        try #require(rows.map(\.notice.id) == schedule.committed.map(\.id))
        try checkNothingIsLost(rows)
        try checkNothingIsRepeated()
        try checkOrder(rows)
        try checkThrottling()
    }

    /// P1, P9: everything is settled, and what was not taken was refused in plain words or asked for no more.
    private func checkNothingIsLost(_ rows: [MemoryAlertStore.Row]) throws {
        let taken = Set(
            attempts.filter { $0.verdict?.isDelivered == true }.flatMap(\.delivery.notices).map(\.id)
        )
        let refused = Set(
            attempts.filter { attempt in
                if case .rejected = attempt.verdict { attempt.delivery.form == .plain } else { false }
            }.flatMap(\.delivery.notices).map(\.id)
        )
        for (index, row) in rows.enumerated() {
            let id = row.notice.id
            switch row.status {
            case .waiting: Issue.record("\(id) still waits")
            case .delivered: try #require(taken.contains(id))
            case .dead(at: _, reason: Notice.uncalledFor): try #require(row.notice.kind == .resolved)
            case .dead: try #require(refused.contains(id))
            case .superseded:
                let heir = rows[(index + 1)...].first { later in
                    Story(later.notice) == Story(row.notice) && !later.status.isSuperseded
                }
                try #require(heir != nil)
            }
        }
    }

    /// P2: one and the same delivery is taken twice only if the program died in between.
    private func checkNothingIsRepeated() throws {
        let taken = attempts.filter { $0.verdict?.isDelivered == true }
        for repeated in Dictionary(grouping: taken, by: \.delivery.id).values {
            try #require(Set(repeated.map(\.run)).count == repeated.count)
            try #require(repeated.count <= 1 + schedule.kills)
        }
        // What is sent under one name is the same each time, but for plain words.
        for same in Dictionary(grouping: attempts, by: \.delivery.id).values {
            try #require(Set(same.map(\.delivery.notices)).count == 1)
            let forms = same.map(\.delivery.form)
            try #require(forms == forms.filter { $0 == .full } + forms.filter { $0 == .plain })
        }
    }

    /// P3: in sequence for each alert, and the end of an episode only to those who took something of it.
    private func checkOrder(_ rows: [MemoryAlertStore.Row]) throws {
        let places = Dictionary(uniqueKeysWithValues: rows.map { ($0.notice.id, $0.sequence) })
        var last: [String: Int64] = [:]
        var known: Set<Story> = []
        for attempt in attempts where attempt.verdict?.isDelivered == true {
            for notice in attempt.delivery.notices {
                let place = try #require(places[notice.id])
                let alert = "\(notice.receiver) \(notice.subjectKey)"
                try #require(place >= last[alert] ?? 0)
                last[alert] = place
                if notice.kind == .resolved { try #require(known.contains(Story(notice))) }
                known.insert(Story(notice))
            }
        }
    }

    /// P8: who asks to be left alone is, and that counts as no attempt.
    private func checkThrottling() throws {
        guard !schedule.hasClockSteps, !schedule.hasDiskFaults else { return }
        for (index, attempt) in attempts.enumerated() {
            guard case .retry(after: let asked?, reason: _) = attempt.verdict else { continue }
            let later = attempts[(index + 1)...]
            if let next = later.first(where: { $0.receiver == attempt.receiver }), next.run == attempt.run {
                try #require(next.at >= attempt.at + asked)
            }
            if let again = later.first(where: { $0.delivery.id == attempt.delivery.id }) {
                try #require(again.delivery.failedAttempts == attempt.delivery.failedAttempts)
            }
        }
    }
}

/// One episode of one alert, as one receiver hears of it.
private struct Story: Hashable {
    let receiver: String
    let episode: String

    init(_ notice: Notice) {
        receiver = notice.receiver
        episode = notice.threadKey
    }
}

extension MemoryAlertStore.Row.Status {
    fileprivate var isSuperseded: Bool {
        if case .superseded = self { true } else { false }
    }
}
