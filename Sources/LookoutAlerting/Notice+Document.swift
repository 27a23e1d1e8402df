package import LookoutModel

/// The form in which stores keep a notice: a JSON document with what it is about as that was then.
extension Notice {
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id.description),
            "receiver": .string(receiver),
            "kind": .string(kind.rawValue),
            "created_at": createdAt.document,
        ]
        if earlierEpisodes > 0 { members["earlier_episodes"] = .int(Int64(earlierEpisodes)) }
        switch subject {
        case .alert(let alert): members["alert"] = alert.document
        case .announcement(let announcement): members["announcement"] = announcement.document
        }
        return .object(members)
    }

    /// Reads `document` back.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        guard let id = NoticeID(try reader.string("id")) else { throw DocumentError(member: "id") }
        let receiver = try reader.string("receiver")
        let kind: Kind = try reader.word("kind")
        let createdAt = try reader.timestamp("created_at")
        if kind == .announcement {
            let announcement = try Announcement(document: try reader.value("announcement"))
            self.init(id: id, receiver: receiver, announcement: announcement, createdAt: createdAt)
        } else {
            let alert = try Alert(document: try reader.value("alert"))
            let notice = Notice(id: id, receiver: receiver, kind: kind, alert: alert, createdAt: createdAt)
            let isFirst = reader.optional("earlier_episodes") == nil
            self = isFirst ? notice : notice.told(after: Int(try reader.integer("earlier_episodes")))
        }
    }
}
