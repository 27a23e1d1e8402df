import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct DeploymentFoldTests {
    private static let reaching: [DeploymentPhase: [DeploymentEvent.Kind]] = [
        .planned: [.began(EventExamples.intent, origin: .person)],
        .following: [.mainMoved(from: EventExamples.good, to: EventExamples.bad)],
        .watching: [.watchBegan(EventExamples.plan)],
        .judged: [.watchBegan(EventExamples.plan), .judged(WatchVerdict(.pass, reasons: []))],
        .rollingBack: [.rollbackSeen(part: nil, detail: "back")],
        .closed: [.closed(.successful)],
    ]

    private func deployment(in phase: DeploymentPhase) -> Deployment {
        let kinds = Self.reaching[phase] ?? []
        return Deployment(
            EventExamples.id("d"),
            events: kinds.map { DeploymentEvent(at: EventExamples.time, $0) }
        )
    }

    @Test(arguments: DeploymentPhase.allCases)
    func `each phase is reached by its events`(phase: DeploymentPhase) {
        #expect(deployment(in: phase).phase == phase)
    }

    @Test(arguments: DeploymentPhase.allCases)
    func `every event counts once in every phase, and only some change the phase`(phase: DeploymentPhase) {
        for kind in EventExamples.kinds {
            var deployment = deployment(in: phase)
            let count = deployment.count
            deployment.apply(DeploymentEvent(at: EventExamples.time + .seconds(1), kind))
            #expect(deployment.count == count + 1)
            switch kind {
            case .closed: #expect(deployment.phase == .closed)
            case .rollbackSeen: #expect(deployment.phase == .rollingBack)
            case .noted, .amended, .validated, .announced, .reminded, .ticked, .overridden, .gateJudged:
                #expect(deployment.phase == phase, "\(kind.word)")
            case .watchBegan, .judged, .mainMoved, .deploySeen:
                // Nothing of these goes back.
                #expect(deployment.phase >= phase, "\(kind.word)")
            default: break
            }
        }
    }

    @Test func `a fold of a prefix and the rest is the fold of all`() async {
        await checkAll(cases: 200) { generator in
            let events = (0..<Int.random(in: 1...40, using: &generator)).map { index in
                DeploymentEvent(
                    at: EventExamples.time + .seconds(index),
                    EventExamples.kinds[Int.random(in: 0..<EventExamples.kinds.count, using: &generator)]
                )
            }
            let cut = Int.random(in: 0...events.count, using: &generator)
            var deployment = Deployment(EventExamples.id("d"), events: events[..<cut])
            for event in events[cut...] { deployment.apply(event) }
            try #require(deployment == Deployment(EventExamples.id("d"), events: events))
            let summary = DeploymentSummary(deployment)
            let document = try #require(summary?.document)
            try #require(try DeploymentSummary(document: document) == summary)
        }
    }

    @Test func `a step of the clock moves the ends that lie ahead and no more`() {
        var deployment = deployment(in: .watching)
        let hour = Duration.seconds(3600)
        deployment.apply(
            DeploymentEvent(
                at: EventExamples.time + hour,
                .clockStepped(from: EventExamples.time, to: EventExamples.time + hour)
            )
        )
        #expect(deployment.watch?.start == EventExamples.plan.start)
        #expect(deployment.watch?.end == EventExamples.plan.end + hour)
        let now = EventExamples.plan.start + hour + .seconds(60)
        #expect(deployment.elapsed(since: .watchStart, at: now) == .seconds(60))
    }

    @Test func `an alert from before counts only where it becomes worse`() {
        var deployment = deployment(in: .planned)
        var alert = EventExamples.alert
        alert.since = EventExamples.time - .seconds(60)
        alert.severity = .major
        let key = AlertID(rule: alert.rule, labels: alert.labels)
        deployment.apply(DeploymentEvent(at: EventExamples.time, .alertSeen(alert)))
        #expect(deployment.alertTimes[key]?.episodes == [])
        alert.severity = .outage
        let later = EventExamples.time + .seconds(300)
        deployment.apply(DeploymentEvent(at: later, .alertSeen(alert)))
        #expect(deployment.alertTimes[key]?.episodes == [AlertTimes.Episode(since: later, until: nil)])
        #expect(deployment.alertTimes[key]?.worst == .outage)
    }
}
