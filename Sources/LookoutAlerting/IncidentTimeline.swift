package import LookoutModel

/// All that is on record about an incident, in the order in which it happened.
package struct IncidentTimeline: Hashable, Sendable {
    package let events: [IncidentEvent]
    /// A deployment that was announced so long before an incident may have to do with it.
    static let foretime = Duration.seconds(1800)

    /// - Parameters:
    ///   - incident: one of those that the records tell of.
    ///   - records: the same records.
    ///   - now: what lies ahead has not happened.
    package init(of incident: Incident, in records: IncidentRecords, at now: Timestamp) {
        let spans = IncidentSpans(incident, at: now)
        var events: [IncidentEvent] = []
        for record in records.transitions {
            let transition = record.transition
            guard let subject = spans.subject(of: transition.alert, at: transition.at) else { continue }
            events.append(IncidentEvent(at: transition.at, subject: subject, .changed(transition)))
        }
        for record in records.notices {
            guard let alert = record.notice.alert,
                let subject = spans.subject(of: alert.key, episode: alert.episode)
            else { continue }
            let time = record.settledAt ?? record.notice.createdAt
            events.append(IncidentEvent(at: time, subject: subject, .told(record)))
        }
        for silence in records.silences where spans.isTouched(by: silence, records.alerts) {
            events.append(IncidentEvent(at: silence.startsAt, .silenceBegan(silence)))
            guard silence.endsAt <= now else { continue }
            events.append(IncidentEvent(at: silence.endsAt, .silenceEnded(silence)))
        }
        for note in records.notes where incident.bears(note.incident) {
            events.append(IncidentEvent(at: note.at, .noted(note)))
        }
        for announcement in records.announcements where spans.isTouched(by: announcement, of: incident) {
            events.append(IncidentEvent(at: announcement.at, .announced(announcement)))
        }
        // What happened at the same time stays in the order of its record: cause before effect.
        self.events = events.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}

/// When which alert of an incident was in trouble.
private struct IncidentSpans {
    private struct Span {
        let episode: IncidentEpisode
        let range: ClosedRange<Timestamp>
    }

    private let spans: [AlertKey: [Span]]
    private let range: ClosedRange<Timestamp>

    init(_ incident: Incident, at now: Timestamp) {
        let spans = incident.episodes.map { episode in
            Span(
                episode: episode,
                range: episode.firstSign...max(episode.firstSign, episode.endedAt ?? now)
            )
        }
        self.spans = Dictionary(grouping: spans, by: \.episode.key)
        range = incident.firstSign...max(incident.firstSign, incident.endedAt ?? now)
    }

    /// The name of an alert, if it was in trouble at a time.
    func subject(of alert: AlertKey, at time: Timestamp) -> String? {
        spans[alert]?.first { $0.range.contains(time) }?.episode.subject
    }

    func subject(of alert: AlertKey, episode: Int) -> String? {
        spans[alert]?.first { $0.episode.episode == episode }?.episode.subject
    }

    /// Whether an announcement is about the incident, or about a deployment to its environment that was going
    /// on shortly before it or while it lasted.
    func isTouched(by announcement: Announcement, of incident: Incident) -> Bool {
        if case .incident(let number) = announcement.topic { return incident.bears(number) }
        let begin = range.lowerBound - IncidentTimeline.foretime
        guard announcement.at >= begin, announcement.at <= range.upperBound else { return false }
        return announcement.environment.map { incident.environments.contains($0) } ?? true
    }

    /// Whether a silence held back, or could have, what there was to tell of the incident.
    func isTouched(by silence: Silence, _ alerts: [Alert]) -> Bool {
        guard silence.startsAt <= range.upperBound, range.lowerBound < silence.endsAt else { return false }
        return alerts.contains { alert in
            guard let spans = spans[alert.key], silence.matches(alert) else { return false }
            return spans.contains {
                silence.startsAt <= $0.range.upperBound && $0.range.lowerBound < silence.endsAt
            }
        }
    }
}
