import LookoutModel
import LookoutStatistics
import Testing

@testable import LookoutDeployments

@Suite struct WatchPlannerTests {
    private let time = EventExamples.time
    private var transition: Range<Timestamp> { time..<(time + .seconds(240)) }

    private func deployment(_ kinds: [(Duration, DeploymentEvent.Kind)]) -> Deployment {
        let events = kinds.map { DeploymentEvent(at: time - $0.0, $0.1) }
        return Deployment(EventExamples.id("before"), events: events)
    }

    private func plan(after earlier: [Deployment] = [], history: [CheckSample] = []) -> WatchPlan {
        WatchPlanner(DeploymentSettings.Watch()).plan(
            transition: transition,
            of: [WatchPlanner.Subject(EventExamples.check, history: history)],
            after: earlier,
            at: time + .seconds(240)
        )
    }

    @Test func `the ends are absolute, and the baseline ends where the switch begins`() {
        let plan = plan()
        #expect(plan.start == time + .seconds(240))
        #expect(plan.end == plan.start + .seconds(1800))
        #expect(plan.latestEnd == plan.start + .seconds(3600))
        #expect(plan.baseline == (time - .seconds(6 * 3600))..<time)
        #expect(plan.excluded.isEmpty)
    }

    @Test func `a bad deployment before is no baseline, and is made up for further back`() {
        let bad = deployment([
            (.seconds(3600), .began(EventExamples.intent, origin: .mainMoved)),
            (.seconds(3600), .mainMoved(from: nil, to: EventExamples.good)),
            (.seconds(1800), .judged(WatchVerdict(.regressed, reasons: []))),
            (.seconds(600), .rollbackSeen(part: nil, detail: "back")),
            (.seconds(300), .recovered), (.seconds(300), .closed(.rolledBack)),
        ])
        let plan = plan(after: [bad])
        #expect(plan.excluded == [(time - .seconds(3600))..<(time - .seconds(300))])
        #expect(plan.baseline.lowerBound == time - .seconds(6 * 3600 + 3300))
    }

    @Test func `of a good deployment before only the switch is left out`() {
        var watched = EventExamples.plan
        watched.start = time - .seconds(7000)
        watched.transition = (time - .seconds(7300))..<(time - .seconds(7000))
        let good = deployment([
            (.seconds(7250), .began(EventExamples.intent, origin: .mainMoved)),
            (.seconds(7250), .mainMoved(from: nil, to: EventExamples.good)),
            (.seconds(7000), .watchBegan(watched)),
            (.seconds(5000), .judged(WatchVerdict(.pass, reasons: []))),
            (.seconds(3000), .closed(.successful)),
        ])
        #expect(plan(after: [good]).excluded == [watched.transition])
    }

    @Test func `a history that drifts raises the margin, and says how many windows alarmed`() throws {
        var runs: [CheckSample] = []
        for window in 0..<48 {
            let begin = time - .seconds((48 - window) * 1800)
            // Every third window is half again as slow, as a nightly job makes it.
            let slowdown = window.isMultiple(of: 3) ? 1.5 : 1.0
            runs += RunExamples.runs(in: begin..<(begin + .seconds(1800)), slowdown: slowdown)
        }
        let drifting = try #require(plan(history: runs).checks.first)
        #expect(drifting.placebos > 20)
        #expect(drifting.policy.margin > 1.1)
        let steady = RunExamples.runs(in: (time - .seconds(86_400))..<time)
        let calm = try #require(plan(history: steady).checks.first)
        #expect(calm.placebos > 20 && calm.placeboAlarms == 0)
        #expect(calm.policy.margin == 1.1)
    }
}
