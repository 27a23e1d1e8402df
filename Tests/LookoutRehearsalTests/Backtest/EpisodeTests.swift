import LookoutAlerting
import LookoutModel
import LookoutRehearsal
import Testing

/// Episodes made of transitions, and set against each other.
@Suite struct EpisodeTests {
    private static let alert = AlertID(rule: "slow", labels: ["environment": "production", "probe": "api"])
    private static let range = time(0)..<time(1000)

    private static func time(_ second: Int) -> Timestamp { Timestamp(seconds: Int64(second)) }

    private static func episode(_ began: Int?, _ ended: Int?, _ severity: Severity = .major) -> Episode {
        Episode(alert: alert, began: began.map(time), ended: ended.map(time), worst: severity)
    }

    private typealias Step = (from: Alert.State?, to: Alert.State?, severity: Severity, at: Int)

    private func episodes(_ steps: [Step]) -> [Episode] {
        var trail = EpisodeTrail()
        for step in steps {
            let transition = AlertTransition(
                alert: AlertKey(Self.alert),
                episode: 1,
                from: step.from,
                to: step.to,
                severity: step.severity,
                cause: .held,
                at: Self.time(step.at)
            )
            trail.note(transition, of: Self.alert)
        }
        return trail.episodes
    }

    @Test func `an episode goes from firing to resolved, whatever comes between`() {
        let found = episodes([
            (nil, .pending, .minor, 1), (.pending, .firing, .minor, 5), (.firing, .firing, .outage, 6),
            (.firing, .recovering, .major, 8), (.recovering, .firing, .major, 9),
            (.firing, .resolved, .major, 20),
        ])
        #expect(found == [Self.episode(5, 20, .outage)])
    }

    @Test func `what only was pending is no episode`() {
        #expect(episodes([(nil, .pending, .minor, 1), (.pending, nil, .minor, 3)]).isEmpty)
        #expect(episodes([(.resolved, .pending, .minor, 1), (.pending, .resolved, .minor, 3)]).isEmpty)
    }

    @Test func `a trail that begins or ends in the middle of an episode leaves that end open`() {
        #expect(episodes([(.recovering, .resolved, .major, 7)]) == [Self.episode(nil, 7)])
        #expect(episodes([(nil, .firing, .major, 7)]) == [Self.episode(7, nil)])
    }

    @Test(arguments: [
        (episode(10, 20), 10), (episode(-10, 20), 20), (episode(990, 2000), 10), (episode(nil, 30), 30),
        (episode(900, nil), 100), (episode(nil, nil), 1000), (episode(-20, -10), nil),
        (episode(1000, 1200), nil),
        (episode(5, 5), 0),
    ])
    func `an episode counts with its part of the range`(episode: Episode, seconds: Int?) {
        let part = episode.part(of: Self.range)
        #expect(part.map { $0.upperBound - $0.lowerBound } == seconds.map { .seconds($0) })
    }

    private static let comparisons: [(before: [Episode], after: [Episode], kinds: [EpisodeChange.Kind])] = [
        ([], [], []),
        ([episode(10, 90)], [episode(10, 90)], [.same]),
        ([episode(10, 200)], [episode(60, 150)], [.same]),
        ([episode(10, 200)], [episode(71, 200)], [.different]),
        ([episode(10, 200)], [episode(10, 200, .minor)], [.different]),
        ([episode(10, 90)], [], [.gone]),
        ([], [episode(10, 90)], [.new]),
        ([episode(10, 90)], [episode(300, 390)], [.gone, .new]),
        ([episode(10, 400)], [episode(10, 100), episode(300, 400)], [.different]),
        ([episode(10, 100), episode(200, 300)], [episode(10, 100), episode(200, 300)], [.same, .same]),
        ([episode(nil, 100)], [episode(-500, 100)], [.same]),
        ([episode(900, nil)], [episode(900, 3000)], [.same]),
        ([episode(10, 10)], [episode(40, 40)], [.same]),
    ]

    @Test(arguments: comparisons.indices)
    func `episodes that overlap are compared, others are new or gone`(index: Int) {
        let (before, after, kinds) = Self.comparisons[index]
        let comparison = EpisodeComparison(in: Self.range) { _ in .seconds(60) }
        #expect(comparison.changes(from: before, to: after).map(\.kind) == kinds)
    }

    @Test func `episodes of different checks are never compared`() {
        let other = Episode(
            alert: AlertID(rule: "slow", labels: ["environment": "staging", "probe": "api"]),
            began: Self.time(10),
            ended: Self.time(90),
            worst: .major
        )
        let comparison = EpisodeComparison(in: Self.range) { _ in .seconds(60) }
        let changes = comparison.changes(from: [Self.episode(10, 90)], to: [other])
        #expect(Set(changes.map(\.kind)) == [.new, .gone])
    }
}
