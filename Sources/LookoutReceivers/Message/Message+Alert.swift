import LookoutAlerting
import LookoutModel

extension Message {
    /// How long texts may be, in bytes; receivers cut further as their providers ask.
    enum Limit {
        static let subject = 512
        static let lead = 4 << 10
        static let name = 64
        static let value = 1 << 10
        static let facts = 24
        static let evidence = 10
        static let evidenceText = 256
        static let address = 2 << 10
    }

    /// The message about one alert.
    init(of notice: Notice, about alert: Alert, _ clock: WallClock) {
        self.init(
            kind: .alert(notice.kind),
            tone: Tone(notice.kind, alert.severity),
            severity: alert.severity,
            tag: AlertWords.tag(notice.kind, alert.severity),
            subject: AlertWords.subject(alert)
        )
        let words = AlertWords(notice: notice, alert: alert, clock: clock)
        lead = words.lead
        let standing = words.standing
        facts = standing + words.details
        self.standing = standing.count
        samples = alert.evidence.samples.suffix(Limit.evidence).map { clock.line($0) }
        changes = alert.evidence.changes.suffix(Limit.evidence).map {
            clock.line($0, relativeTo: alert.firingSince ?? alert.pendingSince)
        }
        episode = AlertWords.episode(alert)
        if !notice.kind.isEnd {
            runbook = alert.texts.runbook.map { AlertWords.clean($0, Limit.address) }
            suggestion = words.suggestion
            commands = OperatorCommands.commands(for: alert, isAcknowledged: words.acknowledgement != nil)
        }
    }
}

extension Notice.Kind {
    /// Whether it says that all is over.
    var isEnd: Bool { self == .resolved || self == .firedAndResolved }
}
