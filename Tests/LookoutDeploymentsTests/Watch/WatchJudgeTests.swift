import LookoutModel
import LookoutStatistics
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct WatchJudgeTests {
    private let plan: WatchPlan
    private let before: [CheckSample]
    private var deployment: Deployment

    init() {
        let time = EventExamples.time
        before = RunExamples.runs(in: (time - .seconds(21_600))..<(time + .seconds(240)))
        var policy = ComparisonPolicy.sharing(checks: 1)
        policy.alpha = 0.01
        plan = WatchPlan(
            start: time + .seconds(240),
            end: time + .seconds(2040),
            latestEnd: time + .seconds(3840),
            baseline: (time - .seconds(21_600))..<time,
            transition: time..<(time + .seconds(240)),
            checks: [WatchedCheck(EventExamples.check, policy: policy)]
        )
        deployment = Deployment(
            EventExamples.id("d"),
            events: [
                DeploymentEvent(at: time, .began(EventExamples.intent, origin: .mainMoved)),
                DeploymentEvent(at: time, .mainMoved(from: EventExamples.good, to: EventExamples.bad)),
                DeploymentEvent(at: time + .seconds(240), .watchBegan(plan)),
            ]
        )
    }

    private func judge(_ runs: [CheckSample]) -> WatchJudge {
        WatchJudge(plan: plan, runs: [EventExamples.check: ComparedRuns(baseline: before, window: runs)])
    }

    private func runs(
        until end: Timestamp? = nil,
        slowdown: Double = 1,
        failures: Double = 0
    ) -> [CheckSample] {
        RunExamples.runs(in: plan.start..<(end ?? plan.end), slowdown: slowdown, failures: failures)
    }

    @Test func `no worse is a pass, with its proof`() throws {
        let verdict = try #require(judge(runs()).verdict(of: deployment, at: plan.end))
        #expect(verdict.word == .pass)
        #expect(verdict.reasons.allSatisfy { $0.kind == "proof" } && verdict.reasons.count == 1)
        #expect(verdict.detectable.count == 1)
    }

    @Test func `before the end there is no verdict as long as nothing is worse`() {
        let judge = judge(runs(until: plan.start + .seconds(1500)))
        #expect(judge.verdict(of: deployment, at: plan.end - .seconds(1)) == nil)
    }

    @Test func `nothing found is no pass`() throws {
        let verdict = try #require(judge([]).verdict(of: deployment, at: plan.end))
        #expect(verdict.word == .inconclusive)
        let few = try #require(
            judge(runs(until: plan.start + .seconds(300))).verdict(of: deployment, at: plan.end)
        )
        #expect(few.word == .inconclusive)
        let noChecks = WatchJudge(
            plan: WatchPlan(
                start: plan.start,
                end: plan.end,
                latestEnd: plan.latestEnd,
                baseline: plan.baseline,
                transition: plan.transition,
                checks: []
            ),
            runs: [:]
        )
        #expect(try #require(noChecks.verdict(of: deployment, at: plan.end)).word == .inconclusive)
    }

    @Test(arguments: [(2.0, 0.0, "latency"), (1.0, 0.3, "failures")])
    func `worse is said at once`(slowdown: Double, failures: Double, kind: String) throws {
        let judge = judge(runs(until: plan.start + .seconds(900), slowdown: slowdown, failures: failures))
        let verdict = try #require(judge.verdict(of: deployment, at: plan.start + .seconds(900)))
        #expect(verdict.word == .regressed)
        #expect(verdict.reasons.contains { $0.kind == kind }, "\(verdict.reasons.map(\.text))")
    }

    @Test func `three failures in a row are an outage, also if they are over later`() throws {
        var window = runs()
        for index in 30..<33 {
            window[index] = CheckSample(time: window[index].time, isOK: false, seconds: nil)
        }
        let verdict = try #require(judge(window).verdict(of: deployment, at: plan.end))
        #expect(verdict.word == .regressed)
    }

    @Test func `a check that failed before is not held against the deployment`() throws {
        let broken = before.map { CheckSample(time: $0.time, isOK: false, seconds: nil) }
        let window = runs().map { CheckSample(time: $0.time, isOK: false, seconds: nil) }
        let judge = WatchJudge(
            plan: plan,
            runs: [EventExamples.check: ComparedRuns(baseline: broken, window: window)]
        )
        let verdict = try #require(judge.verdict(of: deployment, at: plan.end))
        #expect(verdict.word == .inconclusive)
    }

    private func alert(_ severity: Severity, since: Timestamp, isFiring: Bool = true) -> WatchedAlert {
        var alert = EventExamples.alert
        alert.severity = severity
        alert.since = since
        alert.isFiring = isFiring
        return alert
    }

    private func verdict(_ events: [DeploymentEvent], at time: Timestamp) -> WatchVerdict.Word? {
        var deployment = deployment
        for event in events { deployment.apply(event) }
        return judge(runs(until: min(time, plan.end))).verdict(of: deployment, at: time)?.word
    }

    @Test func `a new alert counts once it has fired for a minute`() {
        let since = plan.start + .seconds(300)
        let seen = DeploymentEvent(at: since, .alertSeen(alert(.major, since: since)))
        #expect(verdict([seen], at: since + .seconds(59)) == nil)
        #expect(verdict([seen], at: since + .seconds(60)) == .regressed)
        let ended = DeploymentEvent(
            at: since + .seconds(30),
            .alertSeen(alert(.major, since: since, isFiring: false))
        )
        #expect(verdict([seen, ended], at: since + .seconds(300)) == nil)
        #expect(verdict([seen, ended], at: plan.end) == .inconclusive)
        let late = DeploymentEvent(
            at: since + .seconds(90),
            .alertSeen(alert(.major, since: since, isFiring: false))
        )
        #expect(verdict([seen, late], at: since + .seconds(300)) == .regressed)
    }

    @Test func `an alert that came and went unseen counts by its own times`() {
        let since = plan.start + .seconds(300)
        var gone = alert(.major, since: since, isFiring: false)
        let unknown = DeploymentEvent(at: since + .seconds(600), .alertSeen(gone))
        #expect(verdict([unknown], at: since + .seconds(600)) == nil)
        #expect(verdict([unknown], at: plan.end) == .inconclusive)
        gone.endedAt = since + .seconds(120)
        let known = DeploymentEvent(at: since + .seconds(600), .alertSeen(gone))
        #expect(verdict([known], at: since + .seconds(600)) == .regressed)
    }

    @Test func `an alert of the switch counts only if it goes on afterwards`() {
        let since = plan.transition.lowerBound + .seconds(30)
        let seen = DeploymentEvent(at: since, .alertSeen(alert(.outage, since: since)))
        #expect(verdict([seen], at: plan.start + .seconds(89)) == nil)
        #expect(verdict([seen], at: plan.start + .seconds(90)) == .regressed)
    }

    @Test func `a minor alert keeps it from passing and no more`() {
        let since = plan.start + .seconds(300)
        let seen = DeploymentEvent(at: since, .alertSeen(alert(.minor, since: since)))
        #expect(verdict([seen], at: plan.end - .seconds(1)) == nil)
        #expect(verdict([seen], at: plan.end) == .inconclusive)
    }

    @Test func `an alert from before is not held against the deployment`() {
        let since = EventExamples.time - .seconds(300)
        let seen = DeploymentEvent(at: EventExamples.time, .alertSeen(alert(.outage, since: since)))
        #expect(verdict([seen], at: plan.end) == .pass)
    }

    @Test(arguments: [
        ("error", 1, WatchVerdict.Word.inconclusive), ("error", 50, .regressed), ("info", 50, .pass),
    ])
    func `new errors count by how many users have them`(level: String, users: Int, word: WatchVerdict.Word) {
        var issue = EventExamples.issue
        (issue.level, issue.users, issue.count) = (level, users, users)
        issue.lastSeen = plan.start + .seconds(60)
        let seen = DeploymentEvent(at: plan.start + .seconds(60), .issuesSeen([issue]))
        #expect(verdict([seen], at: plan.end) == word)
    }

    @Test func `what a provider does not say keeps it from passing`() {
        let unknown = ValidationResult(item: "deploy-backend", verdict: .unknown, detail: "no answer")
        let seen = DeploymentEvent(at: plan.start, .validated(unknown))
        #expect(verdict([seen], at: plan.end) == .inconclusive)
    }

    @Test func `a page over the limit keeps it from passing`() throws {
        var plan = plan
        plan.checks[0].isPage = true
        plan.pageLimit = .milliseconds(250)
        let judge = WatchJudge(
            plan: plan,
            runs: [EventExamples.check: ComparedRuns(baseline: before, window: runs())]
        )
        let verdict = try #require(judge.verdict(of: deployment, at: plan.end))
        #expect(verdict.word == .inconclusive)
        #expect(verdict.reasons.map(\.kind) == ["page"])
    }

    @Test func `the verdict does not depend on when it is asked for`() async {
        await checkAll(cases: 20) { generator in
            let slowdown = Double.random(in: 1...1.8, using: &generator)
            let failures = Double.random(in: 0...0.2, using: &generator)
            let window = RunExamples.runs(
                in: plan.start..<plan.end,
                slowdown: slowdown,
                failures: failures,
                seed: generator.next()
            )
            var live = WatchJudge(plan: plan, before: [EventExamples.check: before])
            var first: WatchVerdict.Word?
            for run in window {
                live.observe(run, of: EventExamples.check)
                first = first ?? live.verdict(of: deployment, at: run.startedAt)?.word
            }
            let restarted = judge(window).verdict(of: deployment, at: plan.end)
            try #require(restarted == live.verdict(of: deployment, at: plan.end))
            try #require((first ?? restarted?.word) == restarted?.word)
        }
    }
}
