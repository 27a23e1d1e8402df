import LookoutConfiguration
import LookoutTestSupport
import Testing

@Suite struct `Errors in the sections about telling` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    @Test(arguments: SectionMistake.routes + SectionMistake.times + SectionMistake.others)
    func `a mistake has its place, its words and its remedy`(mistake: SectionMistake) throws {
        let receivers = mistake.text.hasPrefix("receivers:") ? "" : "receivers: [{name: team, screen: {}}]"
        let (configuration, messages) = try fixture.load(
            text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\n\(receivers)\n\(mistake.text)\n"
        )
        #expect(configuration == nil)
        #expect(messages == mistake.messages.map { "lookout.yaml:\($0)" })
    }

    @Test func `one mistake hides no other, wherever it is in the tree`() throws {
        let (_, messages) = try fixture.load(
            text: """
                environments: {e: {}}
                probes: [{name: p, echo: {}}]
                receivers: [{name: team, screen: {}, send_resolved: maybe}]
                routes:
                  receivers: [teem]
                  fallback: [team, nobody]
                  escalate_after: 1s
                  routes:
                    - matchers: ['severity=~"("']
                      receivers: [a]
                      escalate_to: [b]
                      active: [days, nites]
                      routes:
                        - {receivers: [c], wrong: 1}
                    - receivers: [d]
                time_intervals:
                  nights: [{times: [nine]}]
                  days: [{weekdays: [someday]}, {years: [1]}]
                maintenance:
                  - {name: m, matchers: ["="], time_intervals: [nights, dais]}
                  - {name: m, matchers: ['a="b"'], time_intervals: [nights]}
                """
        )
        let places = messages.map { $0.split(separator: " ")[0] }
        #expect(
            places == [
                "lookout.yaml:3:53:", "lookout.yaml:5:15:", "lookout.yaml:6:20:", "lookout.yaml:7:19:",
                "lookout.yaml:9:29:", "lookout.yaml:10:19:", "lookout.yaml:11:21:", "lookout.yaml:12:22:",
                "lookout.yaml:14:24:", "lookout.yaml:14:28:", "lookout.yaml:15:19:", "lookout.yaml:17:21:",
                "lookout.yaml:18:22:", "lookout.yaml:18:42:", "lookout.yaml:20:27:", "lookout.yaml:20:57:",
                "lookout.yaml:21:12:",
            ]
        )
    }
}
