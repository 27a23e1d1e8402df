import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `What Lookout finds wrong with itself` {
    static let check = CheckID(environment: "production", probe: "backend-health")
    static let noData = AlertID(
        rule: "lookout-no-data",
        labels: ["environment": "production", "probe": "backend-health"]
    )

    static func moment(_ seconds: Int64) -> Moment {
        Moment(wall: Timestamp(seconds: 1_000_000 + seconds), monotonic: .seconds(seconds))
    }

    static func pulse(
        heard: Int64? = nil,
        errors: Int = 0,
        silence: String? = nil,
        of check: CheckID = check
    ) -> SelfFacts.Pulse {
        var pulse = SelfFacts.Pulse(check: check, interval: .seconds(60))
        pulse.heardAt = heard.map { .seconds($0) }
        pulse.heard = heard.map { Timestamp(seconds: 1_000_000 + $0) }
        pulse.errors = errors
        pulse.silence = silence
        return pulse
    }

    static func facts(_ change: (inout SelfFacts) -> Void) -> SelfFacts {
        var facts = SelfFacts()
        change(&facts)
        return facts
    }

    /// Something that can be wrong, and the alert that comes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: SelfRule
        let labels: Labels
        let severity: Severity
        let facts: SelfFacts

        var testDescription: String { "\(rule.rawValue) \(severity.rawValue)" }
    }

    static let cases: [Case] = [
        Case(
            rule: .probeError,
            labels: noData.labels,
            severity: .major,
            facts: facts { $0.pulses = [pulse(errors: 2, silence: "too many open files")] }
        ),
        Case(
            rule: .ruleError,
            labels: ["environment": "staging", "rule": "slow"],
            severity: .minor,
            facts: facts {
                $0.ruleTroubles = [.init(rule: "slow", environment: "staging", reason: "no such field")]
            }
        ),
        Case(
            rule: .receiverBroken,
            labels: ["receiver": "chat"],
            severity: .major,
            facts: facts { $0.brokenReceivers = [.init(name: "chat", since: .epoch, reason: "status 401")] }
        ),
        Case(
            rule: .receiverBroken,
            labels: ["receiver": "chat"],
            severity: .outage,
            facts: facts {
                $0.brokenReceivers = [
                    .init(name: "chat", since: .epoch, reason: "status 401", isOnlyEar: true)
                ]
            }
        ),
        Case(
            rule: .noticeDead,
            labels: ["receiver": "chat"],
            severity: .outage,
            facts: facts {
                $0.deadNotices = [
                    .init(receiver: "chat", count: 2, worst: .outage, latest: .epoch, reason: "status 400")
                ]
            }
        ),
        Case(
            rule: .noticeDead,
            labels: ["receiver": "chat"],
            severity: .major,
            facts: facts {
                $0.deadNotices = [
                    .init(receiver: "chat", count: 1, worst: .minor, latest: .epoch, reason: "status 400")
                ]
            }
        ),
        Case(
            rule: .configurationInvalid,
            labels: [:],
            severity: .minor,
            facts: facts { $0.refusedConfiguration = "lookout.yaml:3:1: error: unknown key." }
        ),
        Case(
            rule: .offline,
            labels: [:],
            severity: .major,
            facts: facts { $0.outage = NetworkOutage(since: .epoch, reason: "3 of 3") }
        ),
        Case(
            rule: .storage,
            labels: ["database": "alerts"],
            severity: .outage,
            facts: facts { $0.storageTroubles = [.alerts: "disk full"] }
        ),
        Case(
            rule: .storage,
            labels: ["database": "history"],
            severity: .major,
            facts: facts { $0.storageTroubles = [.history: "disk full"] }
        ),
        Case(
            rule: .storm,
            labels: ["environment": "production"],
            severity: .outage,
            facts: facts {
                $0.storms = [
                    .init(
                        labels: ["environment": "production"],
                        severity: .outage,
                        summary: "9 of 10 checks fail",
                        description: "At once."
                    )
                ]
            }
        ),
    ]

    @Test(arguments: cases)
    func `each fact is one alert with its words, and clears when it is gone`(item: Case) throws {
        var watch = SelfWatch()
        let found = watch.judgements(on: item.facts, upholding: [], at: Self.moment(0))
        let judgement = try #require(found.first)
        #expect(found.count == 1)
        #expect(judgement.alert == AlertID(rule: item.rule.rawValue, labels: item.labels))
        #expect(judgement.outcome == .holds(item.severity))
        #expect(judgement.texts.runbook == "docs/runbooks.md#\(item.rule.rawValue)")
        #expect(!judgement.texts.summary.isEmpty && !judgement.texts.description.isEmpty)
        let over = watch.judgements(on: SelfFacts(), upholding: [judgement.alert], at: Self.moment(10))
        #expect(over.map(\.alert) == [judgement.alert])
        #expect(over.map(\.outcome) == [.clear])
        #expect(watch.judgements(on: SelfFacts(), upholding: [], at: Self.moment(20)).isEmpty)
    }

    @Test(arguments: cases)
    func `the words of a fact stay the same while it lasts`(item: Case) {
        var watch = SelfWatch()
        let first = watch.judgements(on: item.facts, upholding: [], at: Self.moment(0))
        let later = watch.judgements(on: item.facts, upholding: first.map(\.alert), at: Self.moment(500))
        #expect(first == later)
    }

    @Test(arguments: cases)
    func `every alert is in the scope, so that a reload does not end it`(item: Case) {
        let watch = SelfWatch()
        let subjects = SelfWatch.Subjects(
            checks: [Self.check],
            environments: ["production", "staging"],
            rules: ["slow"],
            receivers: ["chat"]
        )
        let alerts = watch.alerts(about: subjects, storms: [["environment": "production"]])
        #expect(alerts[AlertID(rule: item.rule.rawValue, labels: item.labels)] == SelfWatch.interval)
    }

    @Test func `what is switched off is not raised, and what was up of it ends`() {
        for item in Self.cases {
            var watch = SelfWatch([item.rule: .off])
            let alert = AlertID(rule: item.rule.rawValue, labels: item.labels)
            let judgements = watch.judgements(on: item.facts, upholding: [alert], at: Self.moment(0))
            #expect(judgements.map(\.outcome) == [.clear], "\(item.rule)")
            #expect(!watch.rules.contains(item.rule))
        }
    }

    @Test func `the configuration's severity counts`() {
        for item in Self.cases {
            var watch = SelfWatch([item.rule: .severity(.minor)])
            let judgements = watch.judgements(on: item.facts, upholding: [], at: Self.moment(0))
            #expect(judgements.map(\.outcome) == [.holds(.minor)], "\(item.rule)")
        }
    }

    // MARK: No data

    private func isMute(_ watch: inout SelfWatch, _ facts: SelfFacts, at seconds: Int64) -> Bool {
        watch.judgements(on: facts, upholding: [], at: Self.moment(seconds)).map(\.alert) == [Self.noData]
    }

    @Test func `no data is three intervals without a sample that says anything`() {
        var watch = SelfWatch()
        let facts = Self.facts { $0.pulses = [Self.pulse(heard: 1000, silence: "why")] }
        #expect(!isMute(&watch, facts, at: 1000))
        #expect(!isMute(&watch, facts, at: 1179))
        #expect(isMute(&watch, facts, at: 1180))
    }

    @Test func `a check that was never heard of has three intervals from when it is there`() {
        var watch = SelfWatch()
        let facts = Self.facts { $0.pulses = [Self.pulse()] }
        #expect(!isMute(&watch, facts, at: 5000))
        #expect(!isMute(&watch, facts, at: 5170))
        #expect(isMute(&watch, facts, at: 5180))
    }

    @Test func `what could not be asked is one alert, not two`() {
        var watch = SelfWatch()
        let facts = Self.facts { $0.pulses = [Self.pulse(errors: 9, silence: "too many open files")] }
        _ = watch.judgements(on: facts, upholding: [], at: Self.moment(0))
        let late = watch.judgements(on: facts, upholding: [], at: Self.moment(9999))
        #expect(late.map(\.alert.rule) == ["lookout-probe-error"])
    }

    @Test func `without a network nothing is said of checks, and afterwards the time begins anew`() {
        var watch = SelfWatch()
        var facts = Self.facts { $0.pulses = [Self.pulse(heard: 0)] }
        #expect(!isMute(&watch, facts, at: 0))
        #expect(isMute(&watch, facts, at: 200))
        facts.outage = NetworkOutage(since: .epoch, reason: "3 of 3")
        let meanwhile = watch.judgements(on: facts, upholding: [Self.noData], at: Self.moment(300))
        #expect(meanwhile.map(\.alert.rule) == ["lookout-no-data", "lookout-offline"])
        #expect(meanwhile.first?.outcome == .hold(facts.outage?.words ?? ""))
        facts.outage = nil
        #expect(!isMute(&watch, facts, at: 310))
        #expect(!isMute(&watch, facts, at: 489))
        #expect(isMute(&watch, facts, at: 490))
    }

    @Test func `a mute check is one alert, however many rules look at it`() {
        var watch = SelfWatch()
        let facts = Self.facts { $0.pulses = [Self.pulse(heard: 0)] }
        _ = watch.judgements(on: facts, upholding: [], at: Self.moment(0))
        let found = watch.judgements(on: facts, upholding: [], at: Self.moment(600))
        #expect(found.map(\.alert) == [Self.noData])
    }
}
