import LookoutAlerting
import LookoutModel
import Testing

@Suite struct `The vital signs` {
    @Test func `a fresh start is not a death`() {
        let vitals = Vitals(startedAt: .seconds(100))
        #expect(vitals.troubles(within: .seconds(60), at: .seconds(160)).isEmpty)
        #expect(vitals.troubles(within: .seconds(60), at: .seconds(161)).count == 3)
    }

    @Test func `a disk that says it is full fails the heartbeat, and is no reason for a restart`() {
        var vitals = Vitals(startedAt: .zero)
        for second in stride(from: 0, through: 300, by: 10) {
            let now = Duration.seconds(second)
            vitals.note(.scheduling, at: now)
            vitals.note(.evaluation, at: now)
            vitals.note(.commit, failed: "disk full", at: now)
        }
        let health = AgentHealth(vitals: vitals)
        let heartbeat = Heartbeat(name: "a", url: Secret("https://a.example"))
        #expect(
            health.troubles(for: heartbeat, at: .seconds(300))
                == ["commit has not worked for 300 s: disk full"]
        )
        #expect(health.isWorking(within: .seconds(60), at: .seconds(300)))
        #expect(!health.isWorking(within: .seconds(60), at: .seconds(361)))
    }
}
