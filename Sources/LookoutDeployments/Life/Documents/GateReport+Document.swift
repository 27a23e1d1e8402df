package import LookoutModel

extension GateReport: Documented {
    package var document: JSONValue {
        .members([
            "at": at.document,
            "environment": .string(environment),
            "emergency": .bool(isEmergency),
            "candidate": .text(candidate?.text),
            "main": .text(main?.text),
            "backup_branch": .text(backupBranch),
            "decision": .string(decision.rawValue),
            "findings": findings.document,
            "overrides": overrides.document,
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            at: try reader.timestamp("at"),
            environment: try reader.string("environment"),
            isEmergency: try reader.bool("emergency"),
            candidate: try reader.optionalCommit("candidate"),
            main: try reader.optionalCommit("main"),
            backupBranch: try reader.optionalString("backup_branch"),
            findings: try reader.readAll("findings"),
            overrides: try reader.readAll("overrides")
        )
    }
}

extension GateReport.Finding: Documented {
    package var document: JSONValue {
        var (word, reason): (String, String?) = ("", nil)
        switch verdict {
        case .go: word = "go"
        case .noGo: word = "no-go"
        case .unknown: word = "unknown"
        case .skipped(let why): (word, reason) = ("skipped", why)
        }
        return .members([
            "criterion": .string(criterion),
            "title": .string(title),
            "verdict": .string(word),
            "reason": .text(reason),
            "evidence": evidence.document,
            "remedy": remedy.document,
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        let verdict: GateReport.Verdict
        switch try reader.string("verdict") {
        case "go": verdict = .go
        case "no-go": verdict = .noGo
        case "unknown": verdict = .unknown
        case "skipped": verdict = .skipped(reason: try reader.string("reason"))
        default: throw DocumentError(member: "verdict")
        }
        self.init(
            try reader.string("criterion"),
            try reader.string("title"),
            verdict,
            evidence: try reader.list("evidence"),
            remedy: try reader.list("remedy")
        )
    }
}

extension GateReport.Override: Documented {
    package var document: JSONValue {
        ["criterion": .string(criterion), "by": .string(by), "reason": .string(reason)]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            criterion: try reader.string("criterion"),
            by: try reader.string("by"),
            reason: try reader.string("reason")
        )
    }
}
