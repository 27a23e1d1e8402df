import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// P7 and P12: what is no news tells nobody anything, in whatever state the alerts are.
struct QuietPropertyTests {
    /// What may happen to the program without anything being different.
    private enum Event: CaseIterable {
        case reload
        /// The clock that people read is set, or the machine slept: the other clock stands still meanwhile.
        case step
        case restart
    }

    /// Alerts that pend, fire, recover, flap, are escalated and are reminded of; nothing in it goes by the clock
    /// on the wall.
    private static func story(using generator: inout SeededGenerator) -> TellingStory {
        var story = TellingStory(
            receivers: ["team", "sms", "boss", "mail"],
            root: Route(
                receivers: ["team", "sms"],
                escalation: Route.Escalation(after: .seconds(400), to: ["boss"])
            ),
            fallback: ["mail"],
            withoutResolved: ["sms"],
            policy: AlertPolicy(
                reminders: Reminders([.outage: .seconds(600), .major: .seconds(1_200)]),
                flapping: Bool.random(using: &generator) ? .standard : nil
            )
        )
        story.holds = Judgement.Holds(
            pending: .seconds(Int.random(in: 0...3, using: &generator) * 60),
            keepFiring: .seconds(Int.random(in: 0...3, using: &generator) * 60),
            failures: Int.random(in: 1...2, using: &generator),
            successes: Int.random(in: 1...2, using: &generator)
        )
        return story
    }

    /// What is judged each minute.
    private static func letters(using generator: inout SeededGenerator) -> [[Character]] {
        (0..<Int.random(in: 5...60, using: &generator)).map { _ in
            ["down", "slow"].map { _ in "11122233---?!h".randomElement(using: &generator) ?? "-" }
        }
    }

    private static func judge(_ letters: [Character], _ story: inout TellingStory, at second: Int) {
        story.judge(["down": letters[0], "slow": letters[1]], at: second)
    }

    private static func words(_ notices: some Sequence<Notice>) -> [String] {
        notices.map { "\($0.receiver) \($0.rule) \($0.kind.rawValue)\($0.severity.rawValue)" }
    }

    @Test(arguments: Event.allCases)
    private func `an event that changes nothing tells nothing, and nothing else than would be told later`(
        event: Event
    ) async {
        await checkAll(cases: 100) { generator in
            var story = Self.story(using: &generator)
            let letters = Self.letters(using: &generator)
            for (minute, letters) in letters.enumerated() {
                story.pass(to: minute * 60)
                Self.judge(letters, &story, at: minute * 60)
            }
            let now = letters.count * 60 - 60
            var twin = story
            let before = story.notices.count
            switch event {
            case .reload: story.reload(at: now)
            case .step: story.setClock(by: Int.random(in: -3_600...3_600, using: &generator))
            case .restart: story.restart(after: Int.random(in: 0...3_600, using: &generator))
            }
            // To whom a severity 1 is handed over that nobody took on in the meantime is told, restart or not.
            let news = story.notices.dropFirst(before)
            try #require(news.allSatisfy { event == .restart && $0.receiver == "boss" && $0.kind == .firing })
            // After a restart holds have stood still, so what comes then comes later than without it.
            guard event != .restart else { return }
            for (minute, letters) in Self.letters(using: &generator).enumerated() {
                let second = now + 60 + minute * 60
                story.pass(to: second)
                twin.pass(to: second)
                Self.judge(letters, &story, at: second)
                Self.judge(letters, &twin, at: second)
                try #require(Self.words(story.notices) == Self.words(twin.notices))
            }
        }
    }

    @Test func `no alert has two unsent reminders for one receiver, however long that takes none`() async {
        var waits = 0
        await checkAll(cases: 60) { generator in
            let store = MemoryAlertStore()
            var story = Self.story(using: &generator)
            var seen = 0
            for minute in 0..<Int.random(in: 20...80, using: &generator) {
                let second = minute * 60
                story.pass(to: second)
                let letters = "1111122---?h"
                Self.judge(
                    ["1", letters.randomElement(using: &generator) ?? "-"],
                    &story,
                    at: second
                )
                for commit in story.commits[seen...] { try await store.commit(commit) }
                seen = story.commits.count
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    try await Self.attempt(store, at: story.now.wall, using: &generator)
                }
                let unsent = await store.outbox.filter(\.isUnsentReminder)
                let subjects = Dictionary(grouping: unsent) {
                    "\($0.notice.receiver) \($0.notice.subjectKey)"
                }
                try #require(subjects.values.allSatisfy { $0.count == 1 })
                waits += unsent.count
            }
        }
        #expect(waits > 100)
    }

    /// One attempt at one receiver, which mostly fails.
    private static func attempt(
        _ store: MemoryAlertStore,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) async throws {
        let claim = try await store.claim(
            for: ["team", "sms", "boss"].randomElement(using: &generator) ?? "team",
            lease: Lease(owner: "boot", until: now + .seconds(30)),
            at: now,
            horizon: .seconds(300)
        )
        guard case .delivery(let delivery) = claim else { return }
        let fails = Int.random(in: 0..<5, using: &generator) > 0
        try await store.settle(
            delivery.id,
            owner: "boot",
            as: fails
                ? .retry(due: now + .seconds(90), countsAttempt: true, reason: "503") : .delivered(at: now)
        )
    }
}

extension MemoryAlertStore.Row {
    fileprivate var isUnsentReminder: Bool {
        status == .waiting && notice.kind == .reminder && trial == .none && lease == nil
    }
}
