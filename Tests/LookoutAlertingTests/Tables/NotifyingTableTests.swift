import LookoutAlerting
import LookoutModel
import Testing

/// When a receiver is told, by the rows of others.
struct NotifyingTableTests {
    private static let names = ["1", "2", "3", "4", "5"]

    private static func crowd(reminder minutes: Int?, sendsResolved: Bool = true) -> AlertCrowd {
        let reminders = minutes.map { Reminders([.major: .seconds($0 * 60)]) }
        return AlertCrowd(
            names,
            routes: Routes(receivers: ["team"], withoutResolved: sendsResolved ? [] : ["team"]),
            policy: AlertPolicy(reminders: reminders ?? .never)
        )
    }

    @Test(arguments: NotifyingRow.rows)
    func `a receiver is told`(row: NotifyingRow) {
        #expect(row.difference != nil || row.updates == !row.told.isEmpty)
        var crowd = Self.crowd(reminder: row.reminder, sendsResolved: true)
        let known = row.knownFiring + row.knownResolved
        _ = crowd.judge(known.map { ($0, "2") }, at: 0)
        _ = crowd.judge(row.knownResolved.map { ($0, "-") }, at: 0)
        crowd = row.sendsResolved ? crowd : Self.copy(of: crowd, reminder: row.reminder)
        // What nobody knows of fired and ended between two looks.
        let outcomes =
            row.firing.map { ($0, "2") } + row.resolved.map { ($0, known.contains($0) ? "-" : "2-") }
        #expect(crowd.judge(outcomes, at: row.age * 60) == row.told)
        for name in row.resolved where known.contains(name) {
            #expect(crowd.alert(name)?.told["team"]?.isResolved == true)
        }
        #expect(crowd.pass(to: row.age * 60).isEmpty)
    }

    /// The same alerts for a receiver that does not want to hear of the end of anything.
    private static func copy(of crowd: AlertCrowd, reminder: Int?) -> AlertCrowd {
        var copy = Self.crowd(reminder: reminder, sendsResolved: false)
        copy.take(crowd.book.alerts)
        return copy
    }

    /// The remaining row: there an empty time of the last notification counts as 1970, so that it is repeated at
    /// once; here as now, since a time that was not noted is no reason to tell people what they know.
    @Test func `where it was not noted when a receiver was told, a reminder comes in due time`() {
        var crowd = Self.crowd(reminder: 10)
        _ = crowd.judge(["1": "2", "2": "2", "3": "2"], at: 0)
        crowd.take(
            crowd.book.alerts.map { alert in
                var alert = alert
                alert.told = ["team": Alert.Told(episode: 1, severity: .major)]
                return alert
            }
        )
        #expect(crowd.judge(["1": "2", "2": "2", "3": "2"], at: 3_600).isEmpty)
        #expect(crowd.judge(["1": "2", "2": "2", "3": "2"], at: 4_199).isEmpty)
        #expect(crowd.pass(to: 4_200) == ["reminder 1", "reminder 2", "reminder 3"])
    }

    /// Alertmanager, `notify/notify_test.go`, TestRetryStageNoResolved and TestRetryStageSendResolved
    /// (Copyright Prometheus Team, Apache License 2.0): an alert that is over and one that fires, then both over.
    ///
    /// There a group's message repeats what is over; here it is told once.
    @Test(arguments: [
        (false, ["firing 2"], [String]()),
        (true, ["firing 2", "resolved 1"], ["resolved 2"]),
    ])
    func `an end is told to whom wants to hear of it`(sendsResolved: Bool, first: [String], then: [String]) {
        var crowd = Self.crowd(reminder: nil, sendsResolved: sendsResolved)
        _ = crowd.judge(["1": "2"], at: 0)
        #expect(crowd.judge(["1": "-", "2": "2"], at: 60) == first)
        #expect(crowd.judge(["1": "-", "2": "-"], at: 120) == then)
    }
}
