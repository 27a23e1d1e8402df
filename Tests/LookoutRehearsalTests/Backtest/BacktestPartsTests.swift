import LookoutAlerting
import LookoutModel
import LookoutRules
import Testing

@testable import LookoutRehearsal

/// The clock of a replay, what is recorded of alerts, and how far a rule can be replayed.
@Suite struct BacktestPartsTests {
    private func sample(at second: Int, lasting seconds: Int = 0) -> Sample {
        Sample(
            check: BacktestWorld.health.id,
            startedAt: Timestamp(seconds: Int64(second)),
            outcome: .ok,
            timings: Timings(total: .seconds(seconds))
        )
    }

    @Test func `the clock shows when runs ended, and never goes back`() {
        var clock = ReplayClock(checks: [BacktestWorld.health], origin: .epoch)
        let times = [(0, 5), (30, 1), (20, 1), (60, 0)].map {
            clock.advance(to: sample(at: $0.0, lasting: $0.1)).now.monotonic
        }
        #expect(times == [5, 31, 31, 60].map { .seconds($0) })
    }

    // Two intervals of 30 s and one timeout of 10 s.
    @Test(arguments: [(30, false), (60, false), (70, false), (71, true), (100_000, true)])
    func `silence for longer than runs can take is a restart`(seconds: Int, isRestart: Bool) {
        var clock = ReplayClock(checks: [BacktestWorld.health, BacktestWorld.page], origin: .epoch)
        _ = clock.advance(to: sample(at: 1000))
        let reading = clock.advance(to: sample(at: 1000 + seconds))
        #expect(reading.silentSince == (isRestart ? Timestamp(seconds: 1000) : nil))
    }

    private static func statistics(_ change: (inout RuleStatistics) -> Void) -> RuleStatistics {
        var statistics = RuleStatistics()
        statistics.evaluations = 10
        change(&statistics)
        return statistics
    }

    @Test func `how far a rule can be replayed follows from what its evaluations came to`() {
        #expect(Replayability(nil) == .unasked)
        #expect(Replayability(RuleStatistics()) == .unasked)
        #expect(Replayability(Self.statistics { $0.noData = 10 }) == .full)
        let blind = Self.statistics {
            $0.noData = 10
            $0.unstored = ["sample.json": 4, "sample.body": 5]
        }
        #expect(Replayability(blind) == .impossible(fields: ["sample.body", "sample.json"]))
        let dim = Self.statistics {
            $0.noData = 4
            $0.unstored = ["sample.json": 4]
        }
        #expect(Replayability(dim) == .partial(unjudged: 4, of: 10, fields: ["sample.json"]))
        let broken = Self.statistics {
            $0.errors = 10
            $0.currentError = "no such key"
        }
        #expect(Replayability(broken) == .broken("no such key"))
        #expect(Replayability(Self.statistics { $0.errors = 9 }) == .full)
    }

    private static let alert = AlertID(rule: "slow", labels: ["environment": "production"])

    private static func transition(
        _ from: Alert.State?,
        _ to: Alert.State?,
        at second: Int
    ) -> AlertTransition {
        AlertTransition(
            alert: AlertKey(alert),
            episode: 1,
            from: from,
            to: to,
            severity: .minor,
            cause: .held,
            at: Timestamp(seconds: Int64(second))
        )
    }

    private func episodes(_ transitions: [AlertTransition], firingSince: Int?, until: Int = 1000) -> [Episode]
    {
        let alert = Alert(
            id: Self.alert,
            state: firingSince == nil ? .resolved : .firing,
            severity: .minor,
            episode: 1,
            pendingSince: .epoch,
            firingSince: firingSince.map { Timestamp(seconds: Int64($0)) }
        )
        return RecordedEpisodes(transitions, [alert], until: Timestamp(seconds: Int64(until))).episodes
    }

    @Test func `what was recorded is made of transitions, and of alerts that fire without one`() {
        let fired = Self.transition(nil, .firing, at: 10)
        let resolved = Self.transition(.firing, .resolved, at: 20)
        let time = { Timestamp(seconds: $0) }
        #expect(
            episodes([fired, resolved], firingSince: nil)
                == [Episode(alert: Self.alert, began: time(10), ended: time(20), worst: .minor)]
        )
        #expect(
            episodes([resolved], firingSince: nil)
                == [Episode(alert: Self.alert, began: nil, ended: time(20), worst: .minor)]
        )
        let open = [Episode(alert: Self.alert, began: time(7), ended: nil, worst: .minor)]
        #expect(episodes([], firingSince: 7) == open)
        #expect(episodes([], firingSince: 2000).isEmpty)
        #expect(episodes([Self.transition(nil, .firing, at: 2000)], firingSince: 2000).isEmpty)
    }

    @Test func `a transition of an alert whose row is gone is left out`() {
        let fired = Self.transition(nil, .firing, at: 10)
        #expect(RecordedEpisodes([fired], [], until: Timestamp(seconds: 99)).episodes.isEmpty)
    }
}
