import LookoutModel

@testable import LookoutAlerting

/// Records written down as a story: one call an event, times in seconds from noon of a day.
struct IncidentStory {
    static let noon = Timestamp(seconds: 1_795_348_800)

    var records = IncidentRecords(alerts: [], transitions: [])
    private var sequence: Int64 = 0
    private var episodes: [AlertID: Int] = [:]

    static func id(_ rule: String, _ environment: String? = "production") -> AlertID {
        var labels: Labels = [:]
        labels["environment"] = environment
        if environment != nil { labels["probe"] = "backend" }
        return AlertID(rule: rule, labels: labels)
    }

    static func time(_ second: Int) -> Timestamp { noon + .seconds(second) }

    /// The alert's row, as its last episode left it.
    mutating func row(
        _ id: AlertID,
        parents: [String] = [],
        summary: String = "",
        evidence: Evidence = Evidence(),
        suggestion: Suggestion? = nil
    ) {
        records.alerts.removeAll { $0.id == id }
        records.alerts.append(
            Alert(
                id: id,
                parents: parents,
                severity: .major,
                episode: episodes[id] ?? 0,
                texts: AlertTexts(
                    summary: summary,
                    runbook: "docs/runbooks.md#backend",
                    suggestion: suggestion
                ),
                evidence: evidence,
                pendingSince: Self.noon
            )
        )
    }

    mutating func sign(_ id: AlertID, at second: Int, _ severity: Severity = .major) {
        add(id, nil, .pending, .appeared, severity, second)
    }

    mutating func fire(_ id: AlertID, at second: Int, _ severity: Severity = .major) {
        episodes[id, default: 0] += 1
        add(id, .pending, .firing, .held, severity, second)
    }

    mutating func change(_ id: AlertID, _ cause: AlertTransition.Cause, at second: Int, _ severity: Severity)
    {
        add(id, .firing, .firing, cause, severity, second)
    }

    mutating func resolve(_ id: AlertID, at second: Int, _ severity: Severity = .major) {
        add(id, .recovering, .resolved, .recovered, severity, second)
    }

    mutating func tell(
        _ id: AlertID,
        _ kind: Notice.Kind,
        _ receiver: String,
        at second: Int,
        _ status: NoticeRecord.Status = .delivered,
        failures: Int = 0,
        reason: String? = nil
    ) {
        guard let row = records.alerts.first(where: { $0.id == id }) else { return }
        var alert = row
        alert.episode = episodes[id] ?? 0
        var generator = SystemRandomNumberGenerator()
        records.notices.append(
            NoticeRecord(
                notice: Notice(
                    id: NoticeID(at: Self.time(second), using: &generator),
                    receiver: receiver,
                    kind: kind,
                    alert: alert,
                    createdAt: Self.time(second)
                ),
                status: status,
                failedAttempts: failures,
                settledAt: status == .waiting ? nil : Self.time(second + 1),
                reason: reason
            )
        )
    }

    mutating func note(
        _ incident: Int64,
        _ kind: IncidentNote.Kind,
        _ author: String,
        _ text: String,
        at second: Int
    ) {
        records.notes.append(
            IncidentNote(incident: incident, at: Self.time(second), author: author, text: text, kind: kind)
        )
    }

    mutating func silence(_ matcher: LabelMatcher, from begin: Int, to end: Int, by author: String) {
        records.silences.append(
            Silence(
                id: "3f9a51c20b7d4e66",
                matchers: [matcher],
                startsAt: Self.time(begin),
                endsAt: Self.time(end),
                author: author,
                comment: "deploy"
            )
        )
    }

    private mutating func add(
        _ id: AlertID,
        _ from: Alert.State?,
        _ to: Alert.State?,
        _ cause: AlertTransition.Cause,
        _ severity: Severity,
        _ second: Int
    ) {
        sequence += 1
        records.transitions.append(
            RecordedTransition(
                sequence: sequence,
                transition: AlertTransition(
                    alert: AlertKey(id),
                    episode: episodes[id] ?? 0,
                    from: from,
                    to: to,
                    severity: severity,
                    cause: cause,
                    at: Self.time(second)
                )
            )
        )
    }
}
