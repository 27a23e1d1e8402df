package import LookoutModel

extension FireDrillReport {
    /// What became of a test notice, as the API sends it.
    package var json: JSONValue {
        [
            "receiver": .string(receiver), "type": .string(type), "delivered": .bool(isDelivered),
            "verdict": .string(verdict),
            "exchanges": .array(
                exchanges.map { ["request": .string($0.request), "answer": .string($0.answer)] }
            ),
        ]
    }
}
