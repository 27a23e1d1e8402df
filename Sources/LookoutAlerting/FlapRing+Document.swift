import LookoutModel

extension FlapRing {
    var document: JSONValue {
        var members: [String: JSONValue] = ["changes": .int(Int64(changes))]
        members["held"] = held.map { .bool($0) }
        members["since"] = since?.document
        return .object(members)
    }

    init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            changes: UInt32(truncatingIfNeeded: try reader.integer("changes")),
            held: reader.optional("held") == nil ? nil : try reader.bool("held"),
            since: try reader.optionalTimestamp("since")
        )
    }
}
