import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `The auditor` {
    static let key = AlertKey(AlertID(rule: "down", labels: ["environment": "production"]))

    static func entry(
        notices: Int = 0,
        dead: Int = 0,
        told: Severity? = nil,
        severity: Severity = .major,
        episode: Int = 1
    ) -> AuditLedger.Entry {
        AuditLedger.Entry(
            alert: key,
            rule: "down",
            episode: episode,
            severity: severity,
            notices: notices,
            dead: dead,
            worstTold: told
        )
    }

    private func finding(_ entry: AuditLedger.Entry, excused: Set<AlertKey> = []) -> Auditor.Finding.Kind? {
        var auditor = Auditor()
        #expect(auditor.examine([entry], excused: excused).isEmpty)
        let found = auditor.examine([entry], excused: excused)
        #expect(found == auditor.findings)
        return found.first?.kind
    }

    @Test func `an alert of which nobody is told is found at the second look`() {
        #expect(finding(Self.entry()) == .untold)
    }

    @Test func `one of which somebody was or will be told is in order`() {
        #expect(finding(Self.entry(notices: 1, told: .major)) == nil)
        #expect(finding(Self.entry(notices: 1, dead: 3, told: .outage)) == nil)
    }

    @Test func `one that is withheld for a stated reason is in order`() {
        #expect(finding(Self.entry(), excused: [Self.key]) == nil)
    }

    @Test func `one that was given up for all is found`() {
        #expect(finding(Self.entry(dead: 2)) == .givenUp)
    }

    @Test func `one that became worse than anybody was told is found`() {
        #expect(finding(Self.entry(notices: 1, told: .minor, severity: .outage)) == .understated)
    }

    @Test func `what is seen once between two writes is not`() {
        var auditor = Auditor()
        #expect(auditor.examine([Self.entry()], excused: []).isEmpty)
        #expect(auditor.examine([Self.entry(notices: 1, told: .major)], excused: []).isEmpty)
        #expect(auditor.examine([Self.entry(episode: 2)], excused: []).isEmpty)
        #expect(auditor.findings.isEmpty)
    }

    @Test func `a finding is new once, stays while it lasts, and goes`() {
        var auditor = Auditor()
        _ = auditor.examine([Self.entry()], excused: [])
        #expect(auditor.examine([Self.entry()], excused: []).count == 1)
        #expect(auditor.examine([Self.entry()], excused: []).isEmpty)
        #expect(auditor.findings.count == 1)
        #expect(auditor.examine([], excused: []).isEmpty)
        #expect(auditor.findings.isEmpty)
    }
}
