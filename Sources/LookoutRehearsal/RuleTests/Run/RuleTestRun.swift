import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation

/// Runs one test: lets time pass, delivers samples, lets things happen, and looks when the test asks.
///
/// At one time first the program starts that was down, then events happen, then samples come in, then
/// the test looks.
final class RuleTestRun {
    /// What the test looks at a time at.
    struct Snapshot: Sendable {
        var alerts: [Alert]
        /// Values of expressions, by their index in the test.
        var expressions: [Int: ExpressionOutcome] = [:]
    }

    let test: RuleTest
    let world: Simulation
    private let clock: TestClock
    let surroundings: RehearsedAgent.Surroundings
    private let receivers: ScriptedReceivers
    private let timeline: Timeline
    private var cursors: [SeriesCursor]
    private var events: ArraySlice<RehearsalEvent>
    private var setting: RehearsedSetting
    private var silences: [Silence] = []
    /// Nil while the program is down.
    private(set) var agent: RehearsedAgent?
    private var runs = 0
    private var startsAt: Duration?
    private var sleepsUntil = Duration.zero
    private var isOffline = false
    private var errors: [AlertID: String] = [:]
    private var snapshots: [Duration: Snapshot] = [:]
    private var sampleCount = 0

    init(_ test: RuleTest) {
        self.test = test
        world = Simulation(at: Moment(wall: test.start, monotonic: .zero))
        clock = TestClock(timekeeper: world.timekeeper)
        timeline = Timeline(clock: clock)
        receivers = ScriptedReceivers(scripts: test.scripts, timeline: timeline)
        surroundings = RehearsedAgent.Surroundings(
            world: world,
            alerts: MemoryAlertStore(),
            samples: MemorySampleStore(),
            receivers: receivers,
            timeline: timeline,
            flushInterval: test.flushInterval
        )
        cursors = test.series.map { SeriesCursor($0) }
        events = test.events[...]
        setting = test.setting
    }

    /// Everything that happened, and what the test looked at.
    func record() throws -> RuleTestRecord {
        try start()
        var looks = test.looks[...]
        while let time = [nextCue, looks.first].compactMap(\.self).min() {
            advance(to: time)
            if let due = startsAt, due <= time { try start() }
            while let event = events.first, event.time <= time {
                events.removeFirst()
                try happen(event)
            }
            try deliver(at: time)
            if looks.first == time {
                looks.removeFirst()
                snapshots[time] = try snapshot(at: time)
            }
        }
        advance(to: test.length)
        let alerts = surroundings.alerts
        let last = try world.answer { try await alerts.alerts() }
        agent?.kill()
        return RuleTestRecord(
            timeline: timeline.all,
            snapshots: snapshots,
            alerts: last,
            sampleCount: sampleCount,
            end: test.length
        )
    }

    /// The next time at which anything happens of itself.
    private var nextCue: Duration? {
        var next = events.first?.time
        if let startsAt { next = min(next ?? startsAt, startsAt) }
        for cursor in cursors {
            guard let due = cursor.due else { continue }
            next = min(next ?? due, due)
        }
        return next
    }

    private func advance(to time: Duration) {
        guard time >= sleepsUntil else { return }
        world.advance(to: clock.monotonic(at: time))
    }

    // MARK: Samples

    private func deliver(at time: Duration) throws {
        var batch: [(sample: Sample, check: Check)] = []
        let now = world.now
        let isAwake = time >= sleepsUntil
        for index in cursors.indices where cursors[index].due == time {
            guard let template = cursors[index].next(), isAwake, agent != nil else { continue }
            let check = cursors[index].series.check
            guard isOffline == false || !template.outcome.isConclusive else {
                let silent = SampleTemplate.silent(.inconclusive("Lookout is offline"))
                batch.append((silent.sample(of: check.id, at: now.wall), check))
                continue
            }
            batch.append((template.sample(of: check.id, at: now.wall), check))
        }
        let present = Set(setting.checks.map(\.id))
        batch.removeAll { !present.contains($0.check.id) }
        guard let agent, !batch.isEmpty else { return }
        sampleCount += batch.count
        let pipeline = agent.pipeline
        let deliveries = batch
        let current = try world.answer {
            for delivery in deliveries {
                await pipeline.receive(delivery.sample, of: delivery.check, at: now)
            }
            return await pipeline.currentRuleErrors
        }
        note(current)
    }

    /// Keeps when which rule could not be evaluated.
    private func note(_ current: [AlertID: String]) {
        guard current != errors else { return }
        let ids = Set(current.keys).union(errors.keys).sorted {
            ($0.rule, $0.labels.text) < ($1.rule, $1.labels.text)
        }
        for id in ids where current[id] != errors[id] {
            if errors[id] != nil { timeline.record(.errorEnded(id)) }
            if let message = current[id] { timeline.record(.errorBegan(id, message)) }
        }
        errors = current
    }

    // MARK: Events

    private func start() throws {
        startsAt = nil
        runs += 1
        let agent = RehearsedAgent(setting, silences: silences, number: runs, surroundings)
        try agent.start(setting)
        self.agent = agent
        if runs > 1 { timeline.record(.event("started again")) }
    }

    private func happen(_ event: RehearsalEvent) throws {
        timeline.record(.event(event.action.description))
        let now = world.now
        switch event.action {
        case .restart(let down):
            try agent?.stop()
            try goDown(until: event.time + down)
        case .crash(let down):
            agent?.kill()
            try goDown(until: event.time + down)
        case .reload(let setting):
            self.setting = setting
            try agent?.reload(setting)
            try noteErrors()
        case .clockJump(let step): world.timekeeper.stepWallClock(by: step)
        case .suspend(let length):
            clock.sleep(for: length)
            sleepsUntil = event.time + length
        case .offline:
            isOffline = true
            receivers.setOffline(true)
        case .online:
            isOffline = false
            receivers.setOffline(false)
        case .addSilence(let silence):
            silences.append(
                Silence(
                    id: silence.name,
                    matchers: silence.matchers,
                    startsAt: now.wall,
                    endsAt: now.wall + silence.length
                )
            )
            try replaceSilences()
        case .endSilence(let name):
            silences.removeAll { $0.id == name }
            try replaceSilences()
        case .acknowledge(let alert, by: let person, until: let length):
            let until = length.map { now.wall + $0 }
            try acknowledge(alert, .init(by: person, at: now.wall, until: until), at: event)
        case .receiverStatus(let receiver, let script): receivers.replace(script, of: receiver)
        case .deploy(let environment, let version):
            let deployment = Release(id: version, version: version, beganAt: now.wall)
            guard let pipeline = agent?.pipeline else { return }
            try world.answer { await pipeline.note(deployment, in: environment) }
        }
        world.settle()
    }

    private func goDown(until time: Duration) throws {
        agent = nil
        note([:])
        if time <= clock.now { try start() } else { startsAt = time }
    }

    private func noteErrors() throws {
        guard let pipeline = agent?.pipeline else { return }
        note(try world.answer { await pipeline.currentRuleErrors })
    }

    private func replaceSilences() throws {
        guard let keeper = agent?.keeper else { return }
        let silences = silences
        let now = world.now
        try world.answer { try await keeper.replace(silences: silences, at: now) }
    }

    private func acknowledge(
        _ alert: AlertID,
        _ acknowledgement: Alert.Acknowledgement,
        at event: RehearsalEvent
    ) throws {
        guard let keeper = agent?.keeper else { return }
        let now = world.now
        let isFound = try world.answer {
            try await keeper.acknowledge(AlertKey(alert), acknowledgement, at: now)
        }
        if !isFound { timeline.record(.event("ack: \(alert.rule) does not fire then")) }
    }
}
