import LookoutSimulation
import LookoutTestSupport
import Testing

@Suite struct `Waiting for a level` {
    @Test func `ends when the condition holds`() async throws {
        let events = Recorder<Int>()
        async let seen = events.values(atLeast: 3)
        for event in 1...3 { events.record(event) }
        #expect(try await seen == [1, 2, 3])
    }

    @Test func `says what it waited for in vain`() async {
        let error = await #expect(throws: WaitedInVain.self) {
            try await eventually("pigs fly", within: .milliseconds(1)) { false }
        }
        #expect(error?.description.contains("pigs fly") == true)
    }

    @Test func `a drained recorder starts anew`() {
        let events = Recorder<Int>()
        events.record(1)
        #expect(events.drain() == [1])
        #expect(events.count == 0)
    }
}
