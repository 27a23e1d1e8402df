package import LookoutModel

/// The form in which stores keep a notice: a JSON document with the alert as it was then.
extension Notice {
    package var document: JSONValue {
        .object([
            "id": .string(id.description),
            "receiver": .string(receiver),
            "kind": .string(kind.rawValue),
            "alert": alert.document,
            "created_at": createdAt.document,
        ])
    }

    /// Reads `document` back.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        guard let id = NoticeID(try reader.string("id")) else { throw DocumentError(member: "id") }
        self.init(
            id: id,
            receiver: try reader.string("receiver"),
            kind: try reader.word("kind"),
            alert: try Alert(document: try reader.value("alert")),
            createdAt: try reader.timestamp("created_at")
        )
    }
}
