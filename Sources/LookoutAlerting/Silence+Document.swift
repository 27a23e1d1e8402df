package import LookoutModel

/// The form in which stores keep a silence: a JSON document.
extension Silence {
    package var document: JSONValue {
        .object([
            "id": .string(id),
            "kind": .string(kind.rawValue),
            "matchers": .array(matchers.map { .string($0.description) }),
            "starts_at": startsAt.document,
            "ends_at": endsAt.document,
            "author": .string(author),
            "comment": .string(comment),
            "expires_on_resolve": .bool(expiresOnResolve),
        ])
    }

    /// Reads `document` back.
    ///
    /// - Parameters:
    ///   - document: what was stored.
    ///   - pattern: makes a pattern of a matcher's regular expression, or throws what is wrong with it.
    /// - Throws: Which member is missing or wrong; a silence is read whole or not at all, since without
    ///   one of its matchers it would silence more.
    package init(
        document: JSONValue,
        pattern: (String) throws -> TextPattern
    ) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        var matchers: [LabelMatcher] = []
        for text in try reader.list("matchers") {
            do {
                matchers += try LabelMatcher.list(parsing: text, compile: pattern)
            } catch {
                throw DocumentError(member: "matchers")
            }
        }
        guard !matchers.isEmpty else { throw DocumentError(member: "matchers") }
        self.init(
            id: try reader.string("id"),
            kind: try reader.word("kind"),
            matchers: matchers,
            startsAt: try reader.timestamp("starts_at"),
            endsAt: try reader.timestamp("ends_at"),
            author: try reader.string("author"),
            comment: try reader.string("comment"),
            expiresOnResolve: try reader.bool("expires_on_resolve")
        )
    }
}
