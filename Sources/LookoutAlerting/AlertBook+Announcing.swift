package import LookoutModel

extension AlertBook {
    /// The longest remark that is kept, in bytes.
    private static let maximumRemarkBytes = 4 << 10
    private static let maximumAuthorBytes = 256

    /// Words an announcement and has it told to those who hear of it.
    ///
    /// - Returns: Who they are, by name.
    package func plan(
        announcing announcement: Announcement,
        at now: Moment,
        into draft: inout AlertDraft
    ) -> [String] {
        begin(at: now, in: &draft)
        var announcement = announcement
        announcement.author = announcement.author.shortened(toBytes: Self.maximumAuthorBytes)
        announcement.remark = announcement.remark.shortened(toBytes: Self.maximumRemarkBytes)
        announcement.at = now.wall
        announcement = (draft.policy ?? policy).communication.worded(announcement)
        let receivers = (draft.routes ?? routes).receivers(for: announcement, at: now.wall)
        var randomness = draft.randomness ?? randomness
        for receiver in receivers {
            let id = NoticeID(at: now.wall, using: &randomness)
            let notice = Notice(id: id, receiver: receiver, announcement: announcement, createdAt: now.wall)
            draft.record(notice)
        }
        draft.randomness = randomness
        draft.record(announcement)
        return receivers
    }
}
