/// What one step of the alerts' life changes on disk: all of it in one transaction, or none.
package struct AlertCommit: Hashable, Sendable {
    /// The rows to write, each key at most once.
    package var alerts: [Alert]
    /// The rows to remove: alerts that passed by without ever having fired.
    package var removed: [AlertKey]
    /// What happened, in order, for the timeline.
    package var transitions: [AlertTransition]
    /// What is to be told, in order: a notice's place here is its place among all notices.
    package var notices: [Notice]
    /// What people announced, in order, for the record.
    package var announcements: [Announcement]

    package init(
        alerts: [Alert] = [],
        removed: [AlertKey] = [],
        transitions: [AlertTransition] = [],
        notices: [Notice] = [],
        announcements: [Announcement] = []
    ) {
        self.alerts = alerts
        self.removed = removed
        self.transitions = transitions
        self.notices = notices
        self.announcements = announcements
    }

    package var isEmpty: Bool {
        alerts.isEmpty && removed.isEmpty && transitions.isEmpty && notices.isEmpty
            && announcements.isEmpty
    }
}
