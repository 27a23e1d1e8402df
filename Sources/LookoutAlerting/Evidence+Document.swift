import LookoutModel

extension Evidence {
    /// What is kept of it.
    private enum Limit {
        static let lines = 20
        static let lineBytes = 512
    }

    /// Keeps the newest lines, each cut to its limit.
    mutating func shorten() {
        samples = Self.shortened(samples)
        changes = Self.shortened(changes)
    }

    var document: JSONValue {
        .object(["samples": Self.document(samples), "changes": Self.document(changes)])
    }

    init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            samples: try Self.lines(reader.value("samples"), "samples"),
            changes: try Self.lines(reader.value("changes"), "changes")
        )
    }

    private static func shortened(_ lines: [Line]) -> [Line] {
        lines.suffix(Limit.lines).map { Line(at: $0.at, $0.text.shortened(toBytes: Limit.lineBytes)) }
    }

    private static func document(_ lines: [Line]) -> JSONValue {
        .array(lines.map { .array([$0.at.document, .string($0.text)]) })
    }

    private static func lines(_ value: JSONValue, _ member: String) throws(DocumentError) -> [Line] {
        guard case .array(let elements) = value else { throw DocumentError(member: member) }
        var lines: [Line] = []
        for element in elements {
            guard case .array(let pair) = element, pair.count == 2, case .int(let time) = pair[0],
                let text = pair[1].string
            else { throw DocumentError(member: member) }
            lines.append(Line(at: Timestamp(microseconds: time), text))
        }
        return lines
    }
}
