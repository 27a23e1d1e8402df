import LookoutModel

extension DeploymentEvent.Kind {
    /// What the event is called in documents.
    package var word: String {
        switch self {
        case .began: "began"
        case .gateJudged: "gate-judged"
        case .ticked: "ticked"
        case .overridden: "overridden"
        case .backupSeen: "backup-seen"
        case .mainMoved: "main-moved"
        case .deploySeen: "deploy-seen"
        case .nothingDeployed: "nothing-deployed"
        case .versionSeen: "version-seen"
        case .variablesChanged: "variables-changed"
        case .watchBegan: "watch-began"
        case .watchExtended: "watch-extended"
        case .alertSeen: "alert-seen"
        case .issuesSeen: "issues-seen"
        case .validated: "validated"
        case .judged: "judged"
        case .diagnosed: "diagnosed"
        case .planned: "planned"
        case .rollbackSeen: "rollback-seen"
        case .recovered: "recovered"
        case .reminded: "reminded"
        case .noted: "noted"
        case .amended: "amended"
        case .closed: "closed"
        case .announced: "announced"
        case .clockStepped: "clock-stepped"
        case .unknown(let kind, _): kind
        }
    }

    /// What the event says, without its time and its name.
    var members: JSONValue {
        switch self {
        case .began(let intent, let origin): ["intent": intent.document, "origin": origin.document]
        case .gateJudged(let report): ["report": report.document]
        case .ticked(let item, let name): ["item": .string(item), "by": .string(name)]
        case .overridden(let criterion, let name, let reason):
            ["criterion": .string(criterion), "by": .string(name), "reason": .string(reason)]
        case .backupSeen(let branch, let commit):
            ["branch": .string(branch), "commit": .string(commit.text)]
        case .mainMoved(let old, let new): .members(["from": .text(old?.text), "to": .string(new.text)])
        case .deploySeen(let deploy): ["deploy": deploy.document]
        case .nothingDeployed(let part, let obstacles):
            ["part": .string(part.rawValue), "because": obstacles.document]
        case .versionSeen(let check, let before, let after):
            .members([
                "check": .string(check.description), "before": .text(before), "after": .text(after),
            ])
        case .variablesChanged(let part, let changes):
            ["part": .string(part.rawValue), "changes": changes.document]
        case .watchBegan(let plan): ["plan": plan.document]
        case .watchExtended(let end): ["until": end.document]
        case .alertSeen(let alert): ["alert": alert.document]
        case .issuesSeen(let issues): ["issues": issues.document]
        case .validated(let result): ["result": result.document]
        case .judged(let verdict): ["verdict": verdict.document]
        case .diagnosed(let diagnoses): ["diagnoses": diagnoses.document]
        case .planned(let plan): ["plan": plan.document]
        case .rollbackSeen(let part, let detail):
            .members(["part": .text(part?.rawValue), "detail": .string(detail)])
        case .recovered, .reminded: [:]
        case .noted(let name, let text): ["by": .string(name), "text": .string(text)]
        case .amended(let field, let text, let name):
            ["field": .string(field), "text": .string(text), "by": .string(name)]
        case .closed(let result): ["result": result.document]
        case .announced(let step): ["step": .string(step.rawValue)]
        case .clockStepped(let old, let new): ["from": old.document, "to": new.document]
        case .unknown(_, let document): document
        }
    }

    /// Reads an event by its name; nil for a name of a newer version.
    init?(word: String, _ reader: DocumentReader) throws(DocumentError) {
        switch word {
        case "began": self = .began(try reader.read("intent"), origin: try reader.read("origin"))
        case "gate-judged": self = .gateJudged(try reader.read("report"))
        case "ticked": self = .ticked(item: try reader.string("item"), by: try reader.string("by"))
        case "overridden":
            self = .overridden(
                criterion: try reader.string("criterion"),
                by: try reader.string("by"),
                reason: try reader.string("reason")
            )
        case "backup-seen":
            self = .backupSeen(branch: try reader.string("branch"), commit: try reader.commit("commit"))
        case "main-moved":
            self = .mainMoved(from: try reader.optionalCommit("from"), to: try reader.commit("to"))
        case "deploy-seen": self = .deploySeen(try reader.read("deploy"))
        case "nothing-deployed":
            self = .nothingDeployed(try reader.word("part"), because: try reader.readAll("because"))
        case "version-seen":
            self = .versionSeen(
                check: try reader.check("check"),
                before: try reader.optionalString("before"),
                after: try reader.optionalString("after")
            )
        case "variables-changed":
            self = .variablesChanged(try reader.word("part"), try reader.read("changes"))
        case "watch-began": self = .watchBegan(try reader.read("plan"))
        case "watch-extended": self = .watchExtended(until: try reader.timestamp("until"))
        case "alert-seen": self = .alertSeen(try reader.read("alert"))
        case "issues-seen": self = .issuesSeen(try reader.readAll("issues"))
        case "validated": self = .validated(try reader.read("result"))
        case "judged": self = .judged(try reader.read("verdict"))
        case "diagnosed": self = .diagnosed(try reader.readAll("diagnoses"))
        case "planned": self = .planned(try reader.read("plan"))
        case "rollback-seen":
            self = .rollbackSeen(
                part: reader.optional("part") == nil ? nil : try reader.word("part"),
                detail: try reader.string("detail")
            )
        case "recovered": self = .recovered
        case "reminded": self = .reminded
        case "noted": self = .noted(by: try reader.string("by"), text: try reader.string("text"))
        case "amended":
            self = .amended(
                field: try reader.string("field"),
                text: try reader.string("text"),
                by: try reader.string("by")
            )
        case "closed": self = .closed(try reader.read("result"))
        case "announced": self = .announced(try reader.word("step"))
        case "clock-stepped":
            self = .clockStepped(from: try reader.timestamp("from"), to: try reader.timestamp("to"))
        default: return nil
        }
    }
}
