package import LookoutModel

extension Obstacle: Documented {
    package var document: JSONValue {
        switch self {
        case .buildFilter(let patterns): ["kind": "build-filter", "patterns": patterns.document]
        case .skipped(let reason): ["kind": "skipped", "reason": .string(reason)]
        case .locked(let deploy): ["kind": "locked", "deploy": .string(deploy)]
        case .wrongBranch(let configured, let expected):
            ["kind": "wrong-branch", "configured": .string(configured), "expected": .string(expected)]
        case .suspended(let by): ["kind": "suspended", "by": .string(by)]
        case .autoDeployOff: ["kind": "auto-deploy-off"]
        case .quota(let reason): ["kind": "quota", "reason": .string(reason)]
        }
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        switch try reader.string("kind") {
        case "build-filter": self = .buildFilter(patterns: try reader.list("patterns"))
        case "skipped": self = .skipped(reason: try reader.string("reason"))
        case "locked": self = .locked(deploy: try reader.string("deploy"))
        case "wrong-branch":
            self = .wrongBranch(
                configured: try reader.string("configured"),
                expected: try reader.string("expected")
            )
        case "suspended": self = .suspended(by: try reader.string("by"))
        case "auto-deploy-off": self = .autoDeployOff
        case "quota": self = .quota(try reader.string("reason"))
        default: throw DocumentError(member: "kind")
        }
    }

    /// Why nothing was deployed, for people: a clause.
    package var words: String {
        switch self {
        case .buildFilter(let patterns):
            "no changed file is among those that are built (\(patterns.joined(separator: ", ")))"
        case .skipped(let reason): "the provider skipped the build: \(reason)"
        case .locked(let deploy): "publishing is locked to the deploy \(deploy)"
        case .wrongBranch(let configured, let expected):
            "the provider deploys the branch \(configured), not \(expected)"
        case .suspended(let by): by.isEmpty ? "the service is suspended" : "the service is suspended by \(by)"
        case .autoDeployOff: "deploys on a push are switched off"
        case .quota(let reason): "the plan allows no more: \(reason)"
        }
    }
}

extension VariableChanges: Documented {
    package var document: JSONValue {
        ["added": added.document, "removed": removed.document, "changed": changed.document]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            added: try reader.list("added"),
            removed: try reader.list("removed"),
            changed: try reader.list("changed")
        )
    }
}
