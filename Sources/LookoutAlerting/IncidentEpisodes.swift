import LookoutModel

/// Reads the episodes out of the transitions.
struct IncidentEpisodes {
    /// Every firing, in the order of the beginnings.
    private(set) var found: [IncidentEpisode] = []
    /// Where in `found` an alert's running episode is.
    private var running: [AlertKey: Int] = [:]
    /// When the condition of a pending alert was first seen.
    private var signs: [AlertKey: Timestamp] = [:]
    private let alerts: [AlertKey: Alert]

    init(_ records: IncidentRecords) {
        alerts = Dictionary(records.alerts.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for transition in records.transitions { take(transition) }
        describe(by: records.notices)
    }

    private mutating func take(_ record: RecordedTransition) {
        let transition = record.transition
        let isActive = transition.to?.isActive ?? false
        switch (running[transition.alert], isActive) {
        case (nil, true):
            running[transition.alert] = found.count
            found.append(beginning(with: record))
        case (let place?, true):
            found[place].severity = min(found[place].severity, transition.severity)
        case (let place?, false):
            found[place].severity = min(found[place].severity, transition.severity)
            found[place].endedAt = max(transition.at, found[place].firedAt)
            found[place].ending = transition.cause
            running[transition.alert] = nil
        case (nil, false): break
        }
        signs[transition.alert] = transition.to == .pending ? signs[transition.alert] ?? transition.at : nil
    }

    private func beginning(with record: RecordedTransition) -> IncidentEpisode {
        let transition = record.transition
        let alert = alerts[transition.alert]
        // Where the records begin in the middle of an episode, the row may still know since when.
        let isCutOff = transition.from?.isActive ?? false
        let isNewest = alert?.episode == transition.episode
        let known = isCutOff && isNewest ? alert?.firingSince : nil
        let firedAt = min(known ?? transition.at, transition.at)
        return IncidentEpisode(
            id: alert?.id,
            key: transition.alert,
            episode: transition.episode,
            beginning: record.sequence,
            firstSign: min(signs[transition.alert] ?? firedAt, firedAt),
            firedAt: firedAt,
            severity: transition.severity,
            labels: alert?.allLabels ?? Labels(),
            parents: alert?.parents ?? [],
            texts: isNewest ? alert?.texts ?? AlertTexts() : AlertTexts(),
            evidence: isNewest ? alert?.evidence ?? Evidence() : Evidence()
        )
    }

    /// The row has the words of the newest episode; those of earlier ones are in what was told of them.
    private mutating func describe(by notices: [NoticeRecord]) {
        struct Name: Hashable {
            let key: AlertKey
            let episode: Int
        }
        let snapshots = Dictionary(
            notices.compactMap(\.notice.alert).map { (Name(key: $0.key, episode: $0.episode), $0) },
            uniquingKeysWith: { _, last in last }
        )
        for place in found.indices {
            let name = Name(key: found[place].key, episode: found[place].episode)
            guard alerts[name.key]?.episode != name.episode, let snapshot = snapshots[name] else { continue }
            found[place].id = snapshot.id
            found[place].labels = snapshot.allLabels
            found[place].parents = snapshot.parents
            found[place].texts = snapshot.texts
            found[place].evidence = snapshot.evidence
        }
    }
}
