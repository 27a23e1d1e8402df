import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Testing

/// Draws what happens and makes it happen: notices as alerts cause them, and faults.
final class OutboxSchedule {
    /// One alert as one receiver hears of it.
    private struct Story {
        let receiver: String
        let rule: String
        var episode = 0
        var severity = Severity.minor
        var isFiring = false
    }

    private(set) var generator: SeededGenerator
    let world = OutboxWorld()
    /// The plain model: everything that was committed, in order.
    private(set) var committed: [Notice] = []
    private(set) var kills = 0
    /// Whether the disk ever failed, or the clock was ever set: some promises are weaker then.
    private(set) var hasDiskFaults = false
    private(set) var hasClockSteps = false
    private var stories: [Story] = []
    private var dispatcher: Dispatcher
    private var running: Task<Void, any Error>

    init(_ generator: SeededGenerator) {
        self.generator = generator
        for receiver in OutboxWorld.receivers {
            for rule in 0..<4 { stories.append(Story(receiver: receiver, rule: "rule-\(rule)")) }
        }
        let dispatcher = world.makeDispatcher()
        self.dispatcher = dispatcher
        running = world.simulation.start { await dispatcher.run() }
    }

    /// Random steps, then everything is mended and gets the time to be told.
    func play(steps: Int) async throws {
        for _ in 0..<steps { try await step() }
        await world.store.fail([])
        for receiver in OutboxWorld.receivers { world.answer(receiver, []) }
        dispatcher.setOffline(false)
        world.simulation.advance(by: .seconds(8000))
        try await stop()
    }

    private func step() async throws {
        let receiver = OutboxWorld.receivers[Int.random(in: 0..<3, using: &generator)]
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<7: try await tell()
        case 7..<11: world.answer(receiver, randomAnswers())
        case 11..<15: world.simulation.advance(by: .seconds(Int.random(in: 0..<90, using: &generator)))
        case 15:
            let isBroken = Bool.random(using: &generator)
            hasDiskFaults = hasDiskFaults || isBroken
            await world.store.fail(isBroken ? [.claim, .settle] : [])
        case 16: dispatcher.setOffline(Bool.random(using: &generator))
        case 17 where Int.random(in: 0..<3, using: &generator) == 0:
            hasClockSteps = true
            let step = Int.random(in: -4000..<4000, using: &generator)
            world.simulation.timekeeper.stepWallClock(by: .seconds(step))
        case 17, 18: try await kill()
        default:
            await world.store.fail([])
            try await stop()
            try start()
        }
    }

    // MARK: The program

    private func start() throws {
        let dispatcher = world.makeDispatcher()
        self.dispatcher = dispatcher
        running = world.simulation.start { await dispatcher.run() }
    }

    /// As near to a kill as a test comes: nothing is written any more.
    private func kill() async throws {
        kills += 1
        await world.store.fail([.claim, .settle])
        running.cancel()
        try await world.simulation.finish(running)
        await world.store.fail([])
        try start()
    }

    /// Ends within the grace, and leaves nothing claimed.
    private func stop() async throws {
        dispatcher.stop()
        world.simulation.advance(by: .seconds(2))
        try await world.simulation.finish(running)
        if await world.store.outbox.contains(where: { $0.lease != nil }) {
            world.complain("P15: something is claimed after the stop")
        }
    }

    // MARK: What is told

    private func tell() async throws {
        var notices: [Notice] = []
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let index = Int.random(in: 0..<stories.count, using: &generator)
            notices.append(nextNotice(of: index))
        }
        committed += notices
        try await world.commit(notices)
    }

    private func nextNotice(of index: Int) -> Notice {
        var kind = Notice.Kind.firing
        if stories[index].isFiring {
            kind =
                [.escalated, .deescalated, .reminder, .flapping, .resolved, .resolved].randomElement(
                    using: &generator
                ) ?? .resolved
        } else {
            stories[index].episode += 1
        }
        if kind != .resolved, kind != .reminder {
            stories[index].severity = Severity.allCases.randomElement(using: &generator) ?? .minor
        }
        stories[index].isFiring = kind != .resolved
        let story = stories[index]
        return Notice(
            id: NoticeID(at: world.now.wall, using: &generator),
            receiver: story.receiver,
            kind: kind,
            alert: Alert(
                id: AlertID(rule: story.rule, labels: [:]),
                severity: story.severity,
                episode: story.episode,
                pendingSince: world.now.wall
            ),
            createdAt: world.now.wall
        )
    }

    private func randomAnswers() -> [Answer] {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: .say(.retry(after: nil, reason: "503"))
            case 1: .say(.retry(after: .seconds(Int.random(in: 1...120, using: &generator)), reason: "429"))
            case 2, 3: .say(.rejected(reason: "400"))
            case 4: .say(.broken(reason: "401"))
            case 5: .hang
            case 6: .later(.seconds(Int.random(in: 1...20, using: &generator)), .delivered)
            default: .say(.accepted(reference: "message"))
            }
        }
    }
}
