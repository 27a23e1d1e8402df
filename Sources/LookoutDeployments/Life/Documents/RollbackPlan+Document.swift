package import LookoutModel

extension RollbackPlan: Documented {
    package var document: JSONValue {
        [
            "suggestion": .string(suggestion),
            "options": options.document,
            "suggested_count": .count(suggestedCount),
            "unknown": unknown.document,
        ]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            suggestion: try reader.string("suggestion"),
            options: try reader.readAll("options"),
            suggestedCount: try reader.count("suggested_count"),
            unknown: try reader.list("unknown")
        )
    }
}

extension RollbackPlan.Option: Documented {
    package var document: JSONValue {
        [
            "means": .string(means.rawValue),
            "title": .string(title),
            "target": .string(target),
            "proof": proof.document,
            "steps": steps.document,
            "afterwards": afterwards.document,
            "undoes": undoes.document,
            "leaves": leaves.document,
            "cautions": cautions.document,
        ]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            try reader.word("means"),
            title: try reader.string("title"),
            target: try reader.string("target"),
            proof: try reader.list("proof"),
            steps: try reader.readAll("steps"),
            afterwards: try reader.readAll("afterwards"),
            undoes: try reader.list("undoes"),
            leaves: try reader.list("leaves"),
            cautions: try reader.list("cautions")
        )
    }
}

extension RollbackPlan.Step: Documented {
    package var document: JSONValue { .members(["text": .string(text), "command": command?.document]) }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(try reader.string("text"), command: try reader.optionalRead("command"))
    }
}
