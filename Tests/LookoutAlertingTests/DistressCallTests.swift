import LookoutAlerting
import LookoutModel
import Testing

@Suite struct `The distress call` {
    private static let audience = ["chat", "pager"]

    private static func check(_ name: String) -> CheckID { CheckID(environment: "production", probe: name) }

    private static func situation(_ failing: String...) -> DistressCall.Situation {
        DistressCall.Situation(trouble: "the disk is full", failing: Set(failing.map(check)))
    }

    /// Looks every five seconds and lets the named receivers take what they are told; when each was called.
    private static func course(
        to end: Int,
        taking: Set<String> = Set(audience),
        _ situation: (Int) -> DistressCall.Situation?
    ) -> [String: [Int]] {
        var call = DistressCall()
        var calls: [String: [Int]] = [:]
        for second in stride(from: 0, through: end, by: 5) {
            let now = Duration.seconds(second)
            guard let known = situation(second) else {
                call.end()
                continue
            }
            for receiver in call.due(known, audience: audience, at: now) {
                calls[receiver, default: []].append(second)
                call.note(receiver, hasTaken: taking.contains(receiver) ? known : nil, at: now)
            }
        }
        return calls
    }

    @Test func `nobody is called while alerts can be written`() {
        #expect(Self.course(to: 7200) { _ in nil } == [:])
    }

    @Test func `what lasts shorter than 30 s is mended without a word`() {
        #expect(Self.course(to: 600) { $0 % 60 < 30 ? Self.situation() : nil } == [:])
    }

    @Test func `everybody is called once, and again after an hour`() {
        let calls = Self.course(to: 7200) { _ in Self.situation("web") }
        #expect(calls == ["chat": [30, 3630], "pager": [30, 3630]])
    }

    @Test func `who did not take it is called every minute, and nobody else`() {
        let calls = Self.course(to: 200, taking: ["pager"]) { _ in Self.situation() }
        #expect(calls == ["chat": [30, 90, 150], "pager": [30]])
    }

    @Test func `that other checks fail is told after five minutes`() {
        let calls = Self.course(to: 1000) { second in
            second < 100 ? Self.situation("web") : Self.situation("web", "api")
        }
        #expect(calls["chat"] == [30, 330])
    }

    @Test func `once mended it begins anew`() {
        let calls = Self.course(to: 400) { (100..<200).contains($0) ? nil : Self.situation() }
        #expect(calls["chat"] == [30, 230])
    }

    @Test func `it says what is wrong, that nothing else is told, and what fails`() {
        let alert = DistressNotice.alert(
            of: Self.situation("web", "api"),
            after: nil,
            severity: .outage,
            since: .epoch
        )
        #expect(alert.texts.summary == "alerts cannot be written, and nothing else is told until they can")
        #expect(
            alert.texts.description
                == "the disk is full. At this moment 2 checks fail: production/api, production/web."
        )
        #expect(alert.firingSince == .epoch)
        #expect(alert.texts.runbook == SelfRule.storage.runbook)
    }

    @Test func `of very many checks that fail the first are named and the others counted`() {
        let many = Set((0..<1000).map { Self.check("web-\($0 + 1000)") })
        let alert = DistressNotice.alert(
            of: DistressCall.Situation(trouble: "full", failing: many),
            after: nil,
            severity: .outage,
            since: .epoch
        )
        #expect(
            alert.texts.description.contains("1000 checks fail: production/web-1000, production/web-1001")
        )
        #expect(alert.texts.description.hasSuffix("production/web-1019 and 980 more."))
    }

    /// A peer that keeps alerts by their names must take it and the stored alert for one.
    @Test(arguments: [(nil, 1), (Alert.State.resolved, 5), (.firing, 4), (.recovering, 4)])
    func `it bears the name of the episode that will be stored`(state: Alert.State?, expected: Int) {
        let stored = state.map {
            Alert(
                id: DistressNotice.alert,
                state: $0,
                severity: .outage,
                episode: 4,
                pendingSince: .epoch
            )
        }
        let alert = DistressNotice.alert(
            of: Self.situation(),
            after: stored,
            severity: .outage,
            since: .epoch
        )
        #expect(alert.episode == expected)
        #expect(alert.id == DistressNotice.alert)
    }

    @Test func `its name is that of the alert about the storage`() {
        var watch = SelfWatch()
        var facts = SelfFacts()
        facts.storageTroubles[.alerts] = "full"
        let judgements = watch.judgements(
            on: facts,
            upholding: [],
            at: Moment(wall: .epoch, monotonic: .zero)
        )
        #expect(judgements.map(\.alert) == [DistressNotice.alert])
        #expect(judgements.map(\.outcome) == [.holds(.outage)])
        #expect(watch.severity(of: .storage, found: .outage) == .outage)
        #expect(SelfWatch([.storage: .severity(.minor)]).severity(of: .storage, found: .outage) == .minor)
        #expect(SelfWatch([.storage: .off]).severity(of: .storage, found: .outage) == nil)
    }
}
