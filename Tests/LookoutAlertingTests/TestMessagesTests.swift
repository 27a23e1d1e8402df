import LookoutAlerting
import LookoutModel
import Testing

@Suite struct `Test messages` {
    private static let wanted = Heartbeat.TestMessage(receiver: "canary", period: .seconds(120))

    private static func id(_ number: UInt64) -> NoticeID {
        var generator = Fixed(number: number)
        return NoticeID(at: .epoch, using: &generator)
    }

    private struct Fixed: RandomNumberGenerator {
        let number: UInt64
        func next() -> UInt64 { number }
    }

    private static func fate(
        _ number: UInt64,
        _ status: NoticeRecord.Status,
        _ reason: String? = nil
    ) -> [String: TestMessages.Fate] {
        ["canary": TestMessages.Fate(id: id(number), status: status, reason: reason)]
    }

    /// What is due, and what is wrong, at each look.
    private static func course(
        _ looks: [(second: Int, fates: [String: TestMessages.Fate])],
        wanted: [Heartbeat.TestMessage] = [wanted]
    ) -> (made: [Int], troubled: [Int], words: [String]) {
        var messages = TestMessages()
        var (made, troubled, words): ([Int], [Int], [String]) = ([], [], [])
        var number: UInt64 = 0
        for (second, fates) in looks {
            let now = Duration.seconds(second)
            for receiver in messages.due(wanted, fates: fates, at: now) {
                number += 1
                messages.noteMade(id(number), for: receiver, at: now)
                made.append(second)
            }
            if let trouble = wanted.first.flatMap({ messages.trouble(with: $0, at: now) }) {
                troubled.append(second)
                words.append(trouble)
            }
        }
        return (made, troubled, words)
    }

    @Test func `two are made in each period while they arrive, and nothing is wrong`() {
        var number: UInt64 = 0
        let looks = stride(from: 0, through: 600, by: 10).map { second in
            defer { if second % 60 == 0 { number += 1 } }
            return (second, number == 0 ? [:] : Self.fate(number, .delivered))
        }
        let course = Self.course(looks)
        #expect(course.made == [0, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600])
        #expect(course.troubled == [])
    }

    @Test func `while one waits no other is made, and after a period it is said why`() {
        let looks = stride(from: 0, through: 300, by: 10).map { second in
            (second, second == 0 ? [:] : Self.fate(1, .waiting, "status 503"))
        }
        let course = Self.course(looks)
        #expect(course.made == [0])
        #expect(course.troubled.first == 130)
        #expect(course.words.first == "no test message has reached receiver canary for 130 s: status 503")
        #expect(course.troubled.last == 300)
    }

    @Test func `one that arrives late ends the trouble and is followed by the next`() {
        let course = Self.course([
            (0, [:]), (130, Self.fate(1, .waiting, "status 503")), (140, Self.fate(1, .delivered)),
            (200, Self.fate(2, .waiting)), (210, Self.fate(2, .delivered)),
        ])
        #expect(course.made == [0, 140, 210])
        #expect(course.troubled == [130])
    }

    @Test func `one that was given up is followed by another, and counts for nothing`() {
        let course = Self.course([
            (0, [:]), (60, Self.fate(1, .dead, "status 400")), (121, Self.fate(2, .dead, "status 400")),
        ])
        #expect(course.made == [0, 60, 121])
        #expect(course.words == ["no test message has reached receiver canary for 121 s: status 400"])
    }

    @Test func `what a run before left waiting counts, what it left delivered does not`() {
        let waiting = Self.course([(0, Self.fate(9, .waiting)), (100, Self.fate(9, .delivered)), (130, [:])])
        #expect(waiting.made == [100])
        #expect(waiting.troubled == [])
        let delivered = Self.course([(0, Self.fate(9, .delivered)), (130, Self.fate(9, .delivered))])
        #expect(delivered.made.first == 0)
        #expect(delivered.troubled == [130])
    }

    @Test func `one that is gone from the disk does not hold up the next`() {
        let course = Self.course([(0, [:]), (30, Self.fate(1, .waiting)), (60, [:])])
        #expect(course.made == [0, 60])
    }

    @Test func `of two heartbeats with one receiver the more impatient sets the pace`() {
        let other = Heartbeat.TestMessage(receiver: "canary", period: .seconds(3600))
        let looks = [(0, [:]), (60, Self.fate(1, .delivered)), (120, Self.fate(2, .delivered))]
        #expect(Self.course(looks, wanted: [other, Self.wanted]).made == [0, 60, 120])
    }

    @Test func `nothing is made for whom nobody asks`() {
        #expect(Self.course([(0, Self.fate(1, .delivered)), (600, [:])], wanted: []).made == [])
    }

    @Test func `a heartbeat fails when its test message does not arrive, and no other does`() {
        var messages = TestMessages()
        _ = messages.due([Self.wanted], fates: [:], at: .zero)
        var health = AgentHealth(vitals: Vitals(startedAt: .seconds(121)))
        health.testMessages = messages
        var heartbeat = Heartbeat(name: "outside", url: Secret("https://beat.example/a"))
        #expect(health.troubles(for: heartbeat, at: .seconds(121)) == [])
        heartbeat.testMessage = Self.wanted
        #expect(
            health.troubles(for: heartbeat, at: .seconds(121)) == [
                "no test message has reached receiver canary for 121 s"
            ]
        )
        #expect(health.isWorking(within: .seconds(60), at: .seconds(121)))
    }

    @Test func `its notice is over before it begins, and says that nothing is wrong`() {
        var generator = SystemRandomNumberGenerator()
        let notice = TestNotice.make(for: "canary", at: .epoch, using: &generator)
        #expect(notice.kind == .resolved)
        #expect(notice.receiver == "canary")
        #expect(notice.alert?.state == .resolved)
        #expect(notice.alert?.texts.summary.contains("nothing is wrong") == true)
    }
}
