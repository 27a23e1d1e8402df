/// What is on record about alerts: all that incidents are made of.
package struct IncidentRecords: Hashable, Sendable {
    /// Every alert that has a row, the resolved ones included.
    package var alerts: [Alert]
    /// In the order of the commits.
    package var transitions: [RecordedTransition]
    package var notices: [NoticeRecord]
    package var silences: [Silence]
    package var notes: [IncidentNote]
    package var announcements: [Announcement]

    package init(
        alerts: [Alert],
        transitions: [RecordedTransition],
        notices: [NoticeRecord] = [],
        silences: [Silence] = [],
        notes: [IncidentNote] = [],
        announcements: [Announcement] = []
    ) {
        self.alerts = alerts
        self.transitions = transitions
        self.notices = notices
        self.silences = silences
        self.notes = notes
        self.announcements = announcements
    }

    /// Every incident that the records tell of, oldest first.
    package var incidents: [Incident] { IncidentSearch(self).incidents }
}
