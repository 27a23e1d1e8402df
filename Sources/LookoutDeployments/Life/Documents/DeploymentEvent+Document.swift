package import LookoutModel

extension DeploymentEvent: Documented {
    package var document: JSONValue {
        if case .unknown(_, let document) = kind { return document }
        guard case .object(var members) = kind.members else { return .null }
        members["at"] = at.document
        members["kind"] = .string(kind.word)
        return .object(members)
    }

    /// Reads `document` back; an event that this version does not know, or whose members it cannot read,
    /// becomes `unknown` and stays whole.
    ///
    /// Throws only where there is not even a time.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        let time = try reader.timestamp("at")
        let word = try reader.string("kind")
        do {
            self.init(at: time, try Kind(word: word, reader) ?? .unknown(kind: word, document: document))
        } catch {
            self.init(at: time, .unknown(kind: word, document: document))
        }
    }
}
