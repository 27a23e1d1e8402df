package import LookoutModel

/// The form in which stores keep a note: a JSON document.
extension IncidentNote {
    package var document: JSONValue {
        .object([
            "incident": .int(incident),
            "at": at.document,
            "author": .string(author),
            "text": .string(text),
            "kind": .string(kind.rawValue),
        ])
    }

    /// Reads `document` back.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            incident: try reader.integer("incident"),
            at: try reader.timestamp("at"),
            author: try reader.string("author"),
            text: try reader.string("text"),
            kind: reader.optional("kind") == nil ? .note : try reader.word("kind")
        )
    }
}
