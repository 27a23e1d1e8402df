package import LookoutModel

/// The form in which stores keep an announcement: a JSON document.
extension Announcement {
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "topic": .string(topic.kind),
            "name": .string(topic.name),
            "stage": .string(stage.rawValue),
            "emergency": .bool(isEmergency),
            "author": .string(author),
            "remark": .string(remark),
            "at": at.document,
            "title": .string(wording.title),
            "text": .string(wording.text),
            "next": .string(wording.next),
        ]
        members["environment"] = environment.map { .string($0) }
        members["planned_for"] = plannedFor?.document
        return .object(members)
    }

    /// Reads `document` back.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            topic: try Topic(kind: try reader.string("topic"), name: try reader.string("name")),
            stage: try reader.word("stage"),
            environment: reader.optional("environment")?.string,
            isEmergency: try reader.bool("emergency"),
            plannedFor: try reader.optionalTimestamp("planned_for"),
            author: try reader.string("author"),
            remark: try reader.string("remark"),
            at: try reader.timestamp("at"),
            wording: Wording(
                title: try reader.string("title"),
                text: try reader.string("text"),
                next: try reader.string("next")
            )
        )
    }
}

extension Announcement.Topic {
    fileprivate init(kind: String, name: String) throws(DocumentError) {
        switch kind {
        case "deployment" where Self.isName(name): self = .deployment(name)
        case "incident":
            guard let number = Int64(name) else { throw DocumentError(member: "name") }
            self = .incident(number)
        default: throw DocumentError(member: "topic")
        }
    }
}
