import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutAlerting

@Suite struct IncidentFinding {
    private typealias Story = IncidentStory

    /// Firings as (rule, environment, begin, end) and the groups in which they must be found.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var firings: [(rule: String, environment: String?, begin: Int, end: Int?)]
        var groups: [[String]]

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "nothing", firings: [], groups: []),
        Case(name: "one", firings: [("a", "production", 0, 60)], groups: [["a"]]),
        Case(
            name: "overlapping",
            firings: [("a", "production", 0, 60), ("b", "production", 30, 90)],
            groups: [["a", "b"]]
        ),
        Case(
            name: "five quiet minutes join",
            firings: [("a", "production", 0, 60), ("b", "production", 360, 400)],
            groups: [["a", "b"]]
        ),
        Case(
            name: "a second more parts",
            firings: [("a", "production", 0, 60), ("b", "production", 361, 400)],
            groups: [["a"], ["b"]]
        ),
        Case(
            name: "environments are apart",
            firings: [("a", "production", 0, 60), ("b", "staging", 10, 90)],
            groups: [["a"], ["b"]]
        ),
        Case(
            name: "a long one bridges short ones",
            firings: [
                ("a", "production", 0, 4000), ("b", "production", 10, 20), ("c", "production", 3900, 3950),
            ],
            groups: [["a", "b", "c"]]
        ),
        Case(
            name: "an open one takes all that follows",
            firings: [("a", "production", 0, nil), ("b", "production", 90_000, 90_010)],
            groups: [["a", "b"]]
        ),
        Case(
            name: "a chain is longer than its links",
            firings: [
                ("a", "production", 0, 10), ("b", "production", 300, 310), ("c", "production", 600, 610),
            ],
            groups: [["a", "b", "c"]]
        ),
        Case(
            name: "what is about Lookout itself is by itself",
            firings: [("lookout-storm", nil, 0, 60), ("a", "production", 0, 60)],
            groups: [["lookout-storm"], ["a"]]
        ),
    ]

    @Test(arguments: cases) func `firings are grouped`(example: Case) {
        var story = Story()
        let events = example.firings.flatMap { firing in
            let id = Story.id(firing.rule, firing.environment)
            return [(firing.begin, id, true)] + (firing.end.map { [($0, id, false)] } ?? [])
        }
        for (second, id, isBeginning) in events.sorted(by: { $0.0 < $1.0 }) {
            if isBeginning { story.fire(id, at: second) } else { story.resolve(id, at: second) }
        }
        for firing in example.firings { story.row(Story.id(firing.rule, firing.environment)) }
        let found = story.records.incidents.map { $0.episodes.compactMap { $0.id?.rule } }
        #expect(found == example.groups)
    }

    @Test func `an incident is named after the transition that began it, and keeps the name`() {
        var story = Story()
        let (first, second) = (Story.id("a"), Story.id("b"))
        story.sign(first, at: 0)
        story.fire(first, at: 60)
        #expect(story.records.incidents.map(\.number) == [2])
        story.fire(second, at: 70, .outage)
        story.resolve(first, at: 80)
        story.resolve(second, at: 90)
        story.row(first)
        story.row(second, summary: "Backend is down")
        let incident = story.records.incidents.first
        #expect(incident?.number == 2)
        #expect(incident?.severity == .outage)
        #expect(incident?.title == "Backend is down – production, and 1 more alert")
        #expect(incident?.firstSign == Story.time(0))
        #expect(incident?.beganAt == Story.time(60))
        #expect(incident?.endedAt == Story.time(90))
    }

    @Test func `what a slow child depends on is part of its incident`() {
        var story = Story()
        let (parent, child) = (Story.id("parent"), Story.id("child"))
        story.fire(parent, at: 0)
        story.sign(child, at: 50)
        story.resolve(parent, at: 60)
        story.fire(child, at: 700)
        story.row(parent)
        story.row(child, parents: ["parent"])
        #expect(story.records.incidents.map { $0.episodes.count } == [2])
        story.row(child)
        #expect(story.records.incidents.map { $0.episodes.count } == [1, 1])
    }

    @Test func `the number of an incident that was joined to another still leads there`() {
        var story = Story()
        let (parent, child, other) = (Story.id("parent"), Story.id("child"), Story.id("other"))
        story.fire(parent, at: 0)
        story.sign(child, at: 50)
        story.resolve(parent, at: 60)
        story.fire(other, at: 500)
        for id in [parent, child, other] { story.row(id) }
        story.row(child, parents: ["parent"])
        let before = story.records.incidents.map(\.number)
        #expect(before == [1, 4])
        story.fire(child, at: 700)
        let after = story.records.incidents
        #expect(after.map(\.number) == [1])
        #expect(before.allSatisfy { number in after.contains { $0.bears(number) } })
    }

    @Test func `an episode whose beginning is not on record begins with the row's word`() {
        var story = Story()
        let id = Story.id("a")
        story.fire(id, at: 0)
        story.change(id, .escalated, at: 50, .outage)
        story.row(id)
        story.records.transitionsCut(before: 2)
        story.records.alertsFire(since: Story.time(0))
        #expect(story.records.incidents.map(\.beganAt) == [Story.time(0)])
        #expect(story.records.incidents.map(\.number) == [2])
    }

    @Test func `whatever happens, every firing is in exactly one incident, and quiet minutes part them`()
        async
    {
        await checkAll(cases: 300) { random in
            var story = Story()
            var firing: [AlertID: Bool] = [:]
            let ids = (0..<6).map { Story.id("rule\($0)", ["production", "staging"][$0 % 2]) }
            var second = 0
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                second += Int.random(in: 0...400, using: &random)
                guard let id = ids.randomElement(using: &random) else { continue }
                if firing[id] == true { story.resolve(id, at: second) } else { story.fire(id, at: second) }
                firing[id] = firing[id] != true
            }
            for (index, id) in ids.enumerated() {
                story.row(id, parents: index > 1 ? ["rule\(index - 2)"] : [])
            }
            let incidents = story.records.incidents
            let beginnings = story.records.transitions.filter { $0.transition.to == .firing }.map(\.sequence)
            try #require(incidents.flatMap { $0.episodes.map(\.beginning) }.sorted() == beginnings)
            for environment in ["production", "staging"] {
                let own = incidents.filter { $0.environments == [environment] }.sorted {
                    $0.beganAt < $1.beganAt
                }
                for (before, after) in zip(own, own.dropFirst()) {
                    let end = try #require(before.endedAt)
                    try #require(after.beganAt - end > Incident.longestPause)
                }
            }
        }
    }
}

extension IncidentRecords {
    /// As after a retention that has removed the older ones.
    fileprivate mutating func transitionsCut(before sequence: Int64) {
        transitions.removeAll { $0.sequence < sequence }
    }

    fileprivate mutating func alertsFire(since time: Timestamp) {
        for index in alerts.indices {
            alerts[index].state = .firing
            alerts[index].firingSince = time
        }
    }
}
