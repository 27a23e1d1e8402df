package import LookoutModel

extension DeploymentIntent: Documented {
    package var document: JSONValue {
        .members([
            "environment": .string(environment),
            "trigger": .string(trigger),
            "changes": changes.document,
            "emergency": .bool(isEmergency),
            "reason": .string(reason),
            "author": .string(author),
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            environment: try reader.string("environment"),
            trigger: try reader.string("trigger"),
            changes: try reader.list("changes"),
            isEmergency: try reader.bool("emergency"),
            reason: try reader.string("reason"),
            author: try reader.string("author")
        )
    }
}

extension DeploymentEvent.Origin: Documented {
    package var document: JSONValue {
        switch self {
        case .person: ["kind": "person"]
        case .mainMoved: ["kind": "main"]
        case .deploy(let part): ["kind": "deploy", "part": .string(part.rawValue)]
        case .version(let check): ["kind": "version", "check": .string(check.description)]
        case .variables: ["kind": "variables"]
        }
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        switch try reader.string("kind") {
        case "person": self = .person
        case "main": self = .mainMoved
        case "deploy": self = .deploy(try reader.word("part"))
        case "version": self = .version(try reader.check("check"))
        case "variables": self = .variables
        default: throw DocumentError(member: "kind")
        }
    }
}

extension DeploymentResult: Documented {
    package var document: JSONValue {
        .members(["kind": .string(word), "reason": .text(reason), "by": .text(successor)])
    }

    /// `successful`, `rolled-back`: the word for files and machines.
    package var word: String {
        switch self {
        case .successful: "successful"
        case .regressed: "regressed"
        case .rolledBack: "rolled-back"
        case .failed: "failed"
        case .inconclusive: "inconclusive"
        case .superseded: "superseded"
        case .abandoned: "abandoned"
        }
    }

    /// Why, where a reason belongs to the result.
    package var reason: String? {
        switch self {
        case .failed(let reason), .inconclusive(let reason), .abandoned(let reason): reason
        case .successful, .regressed, .rolledBack, .superseded: nil
        }
    }

    private var successor: String? { if case .superseded(let successor) = self { successor } else { nil } }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        switch try reader.string("kind") {
        case "successful": self = .successful
        case "regressed": self = .regressed
        case "rolled-back": self = .rolledBack
        case "failed": self = .failed(reason: try reader.string("reason"))
        case "inconclusive": self = .inconclusive(reason: try reader.string("reason"))
        case "superseded": self = .superseded(by: try reader.string("by"))
        case "abandoned": self = .abandoned(reason: try reader.string("reason"))
        default: throw DocumentError(member: "kind")
        }
    }
}
