package import LookoutModel

extension Diagnosis: Documented {
    package var document: JSONValue {
        .members([
            "cause": .string(cause),
            "title": .string(title),
            "probability": .double(probability),
            "evidence": evidence.document,
            "counter_evidence": counterEvidence.document,
            "unknown": unknown.document,
            "remedy": .string(remedy.rawValue),
            "fixes": fixes.document,
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            cause: try reader.string("cause"),
            title: try reader.string("title"),
            probability: try reader.double("probability"),
            evidence: try reader.list("evidence"),
            counterEvidence: try reader.list("counter_evidence"),
            unknown: try reader.list("unknown"),
            remedy: try reader.word("remedy"),
            fixes: try reader.readAll("fixes")
        )
    }
}

extension Diagnosis.Fix: Documented {
    package var document: JSONValue { .members(["text": .string(text), "command": command?.document]) }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(try reader.string("text"), command: try reader.optionalRead("command"))
    }
}

extension CommandLine: Documented {
    package var document: JSONValue {
        [
            "program": .string(program),
            "arguments": arguments.document,
            "variables": variables.document,
        ]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            try reader.string("program"),
            try reader.list("arguments"),
            variables: try reader.list("variables")
        )
    }
}
