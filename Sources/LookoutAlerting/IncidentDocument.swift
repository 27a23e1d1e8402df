package import CivilTime
package import LookoutModel
import LookoutSettings

/// The document of an incident in Markdown (CommonMark with tables): what is known filled in, what only people
/// know left open.
package struct IncidentDocument: Sendable {
    let incident: Incident
    let timeline: IncidentTimeline
    let zone: CivilZone
    let now: Timestamp

    /// - Parameters:
    ///   - incident: what it is about.
    ///   - timeline: the incident's own.
    ///   - zone: where the readers live; times are given there and in UTC.
    ///   - now: what lies ahead has not happened.
    package init(_ incident: Incident, _ timeline: IncidentTimeline, zone: CivilZone, at now: Timestamp) {
        self.incident = incident
        self.timeline = timeline
        self.zone = zone
        self.now = now
    }

    package var markdown: String {
        let sections = [heading, impact, detection, resolution, record, followUp, deployment]
        return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var heading: [String] {
        let worst = incident.severity
        var rows = [
            ("Severity", "\(worst.rawValue) (\(worst.meaning))"),
            ("Environment", incident.environments.joined(separator: ", ")),
            ("State", incident.isOpen ? "open" : "closed"),
            ("Began", time(incident.beganAt)),
        ]
        if let end = incident.endedAt { rows.append(("Ended", time(end))) }
        rows.append(("Lasted", length(incident.length(at: now)) + (incident.isOpen ? " so far" : "")))
        if let word = acknowledgements.first {
            let wait = length(word.at - incident.beganAt)
            rows.append(
                ("Taken on by", "\(MarkdownText.escaped(word.author.orSomebody)), \(wait) after it began")
            )
        }
        return ["# Incident \(incident.number): \(MarkdownText.escaped(incident.title))", ""]
            + MarkdownText.table(["", ""], rows.filter { !$0.1.isEmpty }.map { [$0.0, $0.1] })
    }

    private var impact: [String] {
        ["## Impact", ""]
            + incident.episodes.map { episode in
                let length =
                    length(episode.length(at: now)) + (episode.endedAt == nil ? ", and still does" : "")
                return
                    "- **Severity \(episode.severity.rawValue)**: \(MarkdownText.escaped(episode.summary)) "
                    + "(`\(MarkdownText.code(episode.subject))`); fired for \(length)"
            }
            + ["", "Who noticed, and what it kept them from doing: _to be filled in_"]
    }

    private var record: [String] {
        let header = zone == .utc ? ["UTC", "What"] : ["UTC", zone.name, "What"]
        let rows = timeline.events.map { event in
            let subject = event.subject.map { "`\(MarkdownText.code($0))` " } ?? ""
            let times =
                zone == .utc ? [clock(event.at, .utc)] : [clock(event.at, .utc), clock(event.at, zone)]
            return times + [subject + MarkdownText.escaped(event.text)]
        }
        return ["## Timeline", ""] + MarkdownText.table(header, rows)
    }

    // MARK: Times

    /// `2026-11-22 12:00:05 UTC (2026-11-22 13:00:05 CET)`.
    func time(_ time: Timestamp) -> String {
        let utc = "\(clock(time, .utc)) UTC"
        guard zone != .utc else { return utc }
        return "\(utc) (\(clock(time, zone)) \(zone.local(at: time.wholeSeconds).period.abbreviation))"
    }

    private func clock(_ time: Timestamp, _ zone: CivilZone) -> String {
        let local = zone.local(at: time.wholeSeconds)
        let second = local.second < 10 ? "0\(local.second)" : "\(local.second)"
        return "\(local.dateText) \(local.clockText):\(second)"
    }

    /// Without the part of a second, for what lasted for one.
    func length(_ duration: Duration) -> String {
        let duration = max(.zero, duration)
        return (duration < .seconds(1) ? duration : .seconds(duration.components.seconds)).durationText
    }

    /// Who took alerts on, the first one first.
    var acknowledgements: [IncidentNote] {
        timeline.events.compactMap { event in
            if case .noted(let note) = event.happening, note.kind == .acknowledged { note } else { nil }
        }
    }

    /// Every notice of the incident that has been delivered, in the order of the deliveries.
    var deliveries: [NoticeRecord] {
        timeline.events.compactMap { event in
            if case .told(let record) = event.happening, record.status == .delivered { record } else { nil }
        }
    }
}

extension Severity {
    /// The severity as the deployment workflow defines it.
    package var meaning: String {
        switch self {
        case .outage: "complete service outage"
        case .major: "a major feature is broken"
        case .minor: "a minor feature has issues"
        }
    }
}

extension Timestamp {
    /// Seconds since 1970, rounded down.
    fileprivate var wholeSeconds: Int {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(rest < 0 ? seconds - 1 : seconds)
    }
}
