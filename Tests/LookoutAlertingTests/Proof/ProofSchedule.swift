import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Testing

/// A random life of the agent: what the targets do, what people do, and what goes wrong, minute by minute.
struct ProofSchedule {
    /// What happens besides the judging in a minute.
    enum Event: Hashable, Sendable, CustomStringConvertible {
        case mood(MoodyReceivers.Mood, receiver: String)
        case kill
        case killAt(call: Int, MortalStore.End)
        case restart
        case reload
        case stepClock(Duration)
        case silence(rule: String, Duration)
        case acknowledge(rule: String)
        case storeFails
        case storeWorks
        case answerIsLost

        var description: String {
            switch self {
            case .mood(let mood, let receiver): "\(receiver) is \(mood)"
            case .kill: "kill -9"
            case .killAt(let call, let end): "kill -9 \(end) call \(call)"
            case .restart: "restart"
            case .reload: "reload"
            case .stepClock(let step): "the clock is set by \(step)"
            case .silence(let rule, let length): "\(rule) is silenced for \(length)"
            case .acknowledge(let rule): "\(rule) is acknowledged"
            case .storeFails: "the store fails"
            case .storeWorks: "the store works"
            case .answerIsLost: "the answer to a commit is lost"
            }
        }
    }

    /// One minute.
    struct Minute: Sendable {
        var truth: [String: Judgement.Outcome]
        var events: [Event]
    }

    private(set) var minutes: [Minute] = []

    init(minutes count: Int, using generator: inout SeededGenerator) {
        var truth: [String: Judgement.Outcome] = [:]
        for _ in 0..<count {
            for rule in ProofWorld.rules where Int.random(in: 0..<3, using: &generator) == 0 {
                truth[rule.rule] = Self.outcome(rule.severity, using: &generator)
            }
            var events: [Event] = []
            while Int.random(in: 0..<3, using: &generator) == 0 {
                events.append(Self.event(using: &generator))
            }
            minutes.append(Minute(truth: truth, events: events))
        }
    }

    private static func outcome(
        _ severity: Severity,
        using generator: inout SeededGenerator
    ) -> Judgement.Outcome {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...3: .clear
        case 4...6: .holds(severity)
        case 7: .holds(Severity.allCases.randomElement(using: &generator) ?? severity)
        case 8: .noData
        default: .hold("offline")
        }
    }

    private static func event(using generator: inout SeededGenerator) -> Event {
        let rule = ProofWorld.rules.randomElement(using: &generator)?.rule ?? "down"
        let receiver = ProofWorld.receivers.randomElement(using: &generator)?.name ?? "team"
        switch Int.random(in: 0..<16, using: &generator) {
        case 0...4:
            return .mood(
                MoodyReceivers.Mood.allCases.randomElement(using: &generator) ?? .well,
                receiver: receiver
            )
        case 5: return .kill
        case 6, 7:
            return .killAt(
                call: Int.random(in: 0..<12, using: &generator),
                Bool.random(using: &generator) ? .before : .after
            )
        case 8: return .restart
        case 9: return .reload
        case 10: return .stepClock(.seconds(Bool.random(using: &generator) ? 3600 : -3600))
        case 11, 12: return .silence(rule: rule, .seconds(Int.random(in: 30...900, using: &generator)))
        case 13: return .acknowledge(rule: rule)
        case 14: return Bool.random(using: &generator) ? .storeFails : .storeWorks
        default: return .answerIsLost
        }
    }
}

extension ProofSchedule: CustomStringConvertible {
    var description: String {
        minutes.enumerated().map { index, minute in
            let truth = minute.truth.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return "minute \(index): \(truth.joined(separator: ", ")); \(minute.events)"
        }.joined(separator: "\n")
    }
}

extension ProofWorld {
    /// Lives through a schedule; afterwards all is well, and there is time for what is left to be told.
    func live(through schedule: ProofSchedule) async throws {
        try await start()
        for minute in schedule.minutes {
            for event in minute.events { try await apply(event) }
            try await judge(minute.truth)
        }
        try await heal()
        await end()
    }

    private func apply(_ event: ProofSchedule.Event) async throws {
        switch event {
        case .mood(let mood, let receiver): moody.set(mood, of: receiver)
        case .kill: try await kill()
        case .killAt(let call, let end): await kill(afterCalls: call, end)
        case .restart: try await quietly(.restart)
        case .reload: try await quietly(.reload)
        case .stepClock(let step): simulation.timekeeper.stepWallClock(by: step)
        case .silence(let rule, let length): try await silence(rule, for: length)
        case .acknowledge(let rule): try await acknowledge(rule)
        case .storeFails: await disk.fail([.commit, .claim, .settle])
        case .storeWorks: await disk.fail([])
        case .answerIsLost: await disk.loseNextAnswer()
        }
    }

    /// P7, P11: what a restart or a reload has told once is not told again by another.
    private func quietly(_ event: ProofSchedule.Event) async throws {
        if event == .restart { try await restart() } else { try await reload() }
        guard await disk.failing.isEmpty else { return }
        let (before, began) = (try await noticeCount(), now.wall)
        if event == .restart { try await restart() } else { try await reload() }
        guard try await noticeCount() > before else { return }
        // Only what time itself brings on may be new: a silence that ended meanwhile.
        let ended = quiet.contains { (began...max(began, now.wall)).contains($0.upperBound) }
        try #require(ended, "\(event) tells again")
    }

    private func noticeCount() async throws -> Int {
        try await disk.notices(of: nil, since: Timestamp(microseconds: 0), limit: .max).count
    }

    private func heal() async throws {
        for receiver in Self.receivers { moody.set(.well, of: receiver.name) }
        await disk.fail([])
        for _ in 0..<20 { try await judge([:]) }
        simulation.advance(by: .seconds(3 * 3600))
        for _ in 0..<3 { try await judge([:]) }
        simulation.advance(by: .seconds(3 * 3600))
    }
}
