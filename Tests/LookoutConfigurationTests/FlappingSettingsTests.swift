import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `What the file says of flapping` {
    @Test(
        arguments: [
            ("", FlappingPolicy(high: 30, low: 25, exempt: [.outage])),
            ("flapping: {}", FlappingPolicy(high: 30, low: 25, exempt: [.outage])),
            ("flapping: {start: 50}", FlappingPolicy(high: 50, low: 25, exempt: [.outage])),
            ("flapping: {start: 40, stop: 40}", FlappingPolicy(high: 40, low: 40, exempt: [.outage])),
            ("flapping: {exempt: []}", FlappingPolicy(high: 30, low: 25, exempt: [])),
            ("flapping: {exempt: [2, 1]}", FlappingPolicy(high: 30, low: 25, exempt: [.outage, .major])),
            ("flapping: off", nil),
        ]
    )
    func `thresholds are Icinga's unless it says others`(text: String, policy: FlappingPolicy?) throws {
        let (configuration, messages) = try LoaderFixture().load(
            text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\n\(text)\n"
        )
        #expect(messages == [])
        #expect(try #require(configuration).policy.flapping == policy)
    }
}
