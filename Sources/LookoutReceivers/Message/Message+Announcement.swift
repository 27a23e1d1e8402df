import LookoutAlerting
import LookoutModel

extension Message {
    /// The message of an announcement, in the words of the protocol that worded it.
    init(of announcement: Announcement, _ clock: WallClock) {
        let wording = announcement.wording
        self.init(
            kind: .announcement(announcement.stage),
            tone: announcement.stage == .close ? .good : .news,
            severity: announcement.urgency,
            tag: (announcement.isEmergency ? "EMERGENCY " : "") + announcement.stage.tag,
            subject: AlertWords.clean(wording.title, Limit.subject)
        )
        lead = AlertWords.paragraphs(wording.text)
        if let time = announcement.plannedFor { facts.append(Fact("Planned for", clock.text(time))) }
        let author = AlertWords.clean(announcement.author, Limit.value)
        facts.append(Fact("By", "\(author.isEmpty ? "somebody" : author) at \(clock.text(announcement.at))"))
        standing = facts.count
        facts.append(Fact("About", AlertWords.clean(announcement.topic.key, Limit.value)))
        if !wording.next.isEmpty { suggestion = AlertWords.clean(wording.next, Limit.value) }
    }
}

extension Announcement.Stage {
    /// What stands in brackets before the subject.
    fileprivate var tag: String {
        switch self {
        case .planned: "PLANNED"
        case .start: "START"
        case .document: "DOCUMENTED"
        case .watch: "WATCH"
        case .update: "UPDATE"
        case .close: "CLOSED"
        }
    }
}
