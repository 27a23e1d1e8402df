/// How a team words each step of what it tells itself about deployments and incidents, and what comes next.
///
/// The standard is the protocol of the deployment workflow: notify the team, document the issue and the fix,
/// watch for 30 minutes, update the incident's documentation.
package struct CommunicationProtocol: Hashable, Sendable {
    /// The words of one step.
    package struct Step: Hashable, Sendable {
        package var title: AnnouncementTemplate
        package var text: AnnouncementTemplate
        /// What is to be done next; empty if nothing.
        package var next: AnnouncementTemplate

        package init(title: AnnouncementTemplate, text: AnnouncementTemplate, next: AnnouncementTemplate) {
            self.title = title
            self.text = text
            self.next = next
        }
    }

    package var steps: [Announcement.Stage: Step]

    package init(steps: [Announcement.Stage: Step] = Self.standard.steps) {
        self.steps = steps
    }

    /// The announcement in the protocol's words.
    package func worded(_ announcement: Announcement) -> Announcement {
        guard let step = steps[announcement.stage] ?? Self.standard.steps[announcement.stage] else {
            return announcement
        }
        var worded = announcement
        worded.wording = Announcement.Wording(
            title: step.title.filled(for: announcement),
            text: step.text.filled(for: announcement),
            next: step.next.filled(for: announcement)
        )
        return worded
    }

    package static let standard = CommunicationProtocol(
        steps: [
            .planned: Step(
                title: "{{ subject }} planned",
                text: "{{ remark }}",
                next: "Have the rollback plan ready, and announce the start"
            ),
            .start: Step(
                title: "{{ subject }} begins",
                text: "{{ remark }}",
                next: "Document the issue and the fix in the git commit"
            ),
            .document: Step(
                title: "{{ subject }}: issue and fix are documented",
                text: "{{ remark }}",
                next: "Deploy, then watch for 30 minutes"
            ),
            .watch: Step(
                title: "{{ subject }} is done and watched",
                text: "{{ remark }}",
                next: "Watch for 30 minutes: lookout status"
            ),
            .update: Step(title: "{{ subject }}: news", text: "{{ remark }}", next: ""),
            .close: Step(
                title: "{{ subject }} is closed",
                text: "{{ remark }}",
                next: "Update the documentation: {{ record }}"
            ),
        ]
    )
}
