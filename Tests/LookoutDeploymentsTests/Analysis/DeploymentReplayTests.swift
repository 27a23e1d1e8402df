import LookoutDeployments
import LookoutModel
import LookoutSimulation
import LookoutStatistics
import Testing

/// Verdicts under other rules.
struct DeploymentReplayTests {
    private static let begin = Timestamp(seconds: 1_755_693_748)
    private static let start = begin + .seconds(6_000)
    private static let check = CheckID(environment: "production", probe: "api")
    private static let rule = AlertID(rule: "backend-down", labels: ["environment": "production"])

    /// A watch whose runs are no worse than before.
    private static func watched() throws -> (DeploymentID, [DeploymentEvent], [CheckID: ComparedRuns]) {
        var generator = SeededGenerator(seed: 3)
        func runs(_ count: Int, from begin: Timestamp) -> [CheckSample] {
            (0..<count).map { index in
                let time = Double((begin + .seconds(index * 10)).microseconds) / 1e6
                return CheckSample(
                    time: time,
                    isOK: true,
                    seconds: 0.2 * Double.random(in: 0.5...1.5, using: &generator)
                )
            }
        }
        let plan = WatchPlan(
            start: start,
            end: start + .seconds(1_800),
            latestEnd: start + .seconds(3_600),
            baseline: begin..<start,
            transition: start..<start,
            checks: [WatchedCheck(check, policy: ComparisonPolicy())]
        )
        let intent = DeploymentIntent(environment: "production", author: "alice")
        let events = [
            DeploymentEvent(at: begin, .began(intent, origin: .person)),
            DeploymentEvent(at: start, .watchBegan(plan)),
        ]
        let compared = [check: ComparedRuns(baseline: runs(590, from: begin), window: runs(180, from: start))]
        return (try #require(DeploymentID("x")), events, compared)
    }

    private static func alert(isFiring: Bool) -> WatchedAlert {
        WatchedAlert(
            rule: rule.rule,
            labels: rule.labels,
            severity: .outage,
            summary: "503",
            isFiring: isFiring,
            since: start + .seconds(100)
        )
    }

    /// The stored end: an alert fired for five minutes, so the deployment was worse.
    private static func regressed() throws -> (DeploymentID, [DeploymentEvent], [CheckID: ComparedRuns]) {
        var (id, events, runs) = try watched()
        events.append(DeploymentEvent(at: start + .seconds(100), .alertSeen(alert(isFiring: true))))
        let now = start + .seconds(400)
        let judge = WatchJudge(plan: try #require(Deployment(id, events: events).watch), runs: runs)
        let verdict = try #require(judge.verdict(of: Deployment(id, events: events), at: now))
        try #require(verdict.word == .regressed)
        events.append(DeploymentEvent(at: now, .judged(verdict)))
        return (id, events, runs)
    }

    @Test func `rules that fire as before lead to the same verdict`() throws {
        let (id, events, runs) = try Self.regressed()
        let firing = DeploymentReplay.Firing(
            alert: Self.rule,
            severity: .outage,
            began: Self.start + .seconds(100),
            ended: nil
        )
        let replay = try #require(
            DeploymentReplay(id, events: events, runs: runs, replacing: ["backend-down"], with: [firing])
        )
        #expect(!replay.isDifferent)
        #expect(replay.stored.word == .regressed)
    }

    @Test func `without the alert nothing speaks against the deployment then`() throws {
        let (id, events, runs) = try Self.regressed()
        let replay = try #require(
            DeploymentReplay(id, events: events, runs: runs, replacing: ["backend-down"], with: [])
        )
        // The watch would have gone on: nobody has a verdict five minutes into it.
        #expect(replay.replayed == nil)
        #expect(replay.isDifferent)
    }

    @Test func `alerts of rules that are not on trial stay`() throws {
        let (id, events, runs) = try Self.regressed()
        let replay = try #require(
            DeploymentReplay(id, events: events, runs: runs, replacing: ["page-slow"], with: [])
        )
        #expect(replay.replayed == replay.stored)
    }

    @Test func `what fired long before is not blamed on the deployment`() throws {
        let (id, events, runs) = try Self.regressed()
        let firing = DeploymentReplay.Firing(alert: Self.rule, severity: .outage, began: nil, ended: nil)
        let replay = try #require(
            DeploymentReplay(id, events: events, runs: runs, replacing: ["backend-down"], with: [firing])
        )
        #expect(replay.replayed?.word != .regressed)
    }

    @Test func `without a verdict there is nothing to replay`() throws {
        let (id, events, runs) = try Self.watched()
        #expect(DeploymentReplay(id, events: events, runs: runs, replacing: [], with: []) == nil)
        #expect(DeploymentReplay(id, events: [], runs: [:], replacing: [], with: []) == nil)
        #expect(DeploymentExplanation(id, events: events, runs: runs) == nil)
    }

    @Test func `a run comes back from its line`() throws {
        for run in [
            CheckSample(time: 1_755_600_000.123456, isOK: true, seconds: 0.1),
            CheckSample(time: 5, isOK: false, seconds: nil),
        ] {
            let line = try RunLine(parsing: Array(RunLine(check: "a\"/b", run).text.utf8))
            #expect(line.check == "a\"/b")
            #expect(line.sample == run)
        }
    }
}
