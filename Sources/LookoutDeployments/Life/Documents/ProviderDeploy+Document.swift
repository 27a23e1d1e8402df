package import LookoutModel

extension ProviderDeploy: Documented {
    package var document: JSONValue {
        .members([
            "id": .string(id),
            "part": .string(part.rawValue),
            "state": .string(state.word),
            "reason": .text(state.reason),
            "commit": .text(commit?.text),
            "branch": .text(branch),
            "cause": .string(cause.word),
            "cause_word": .text(cause.other),
            "created_at": createdAt.document,
            "live_at": liveAt?.document,
            "finished_at": finishedAt?.document,
            "page": .text(page),
            "permalink": .text(permalink),
            "locked": .bool(isLocked),
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            id: try reader.string("id"),
            part: try reader.word("part"),
            state: try State(word: try reader.string("state"), reader),
            commit: try reader.optionalCommit("commit"),
            branch: try reader.optionalString("branch"),
            cause: try Cause(word: try reader.string("cause"), reader),
            createdAt: try reader.timestamp("created_at"),
            liveAt: try reader.optionalTimestamp("live_at"),
            finishedAt: try reader.optionalTimestamp("finished_at"),
            page: try reader.optionalString("page"),
            permalink: try reader.optionalString("permalink"),
            isLocked: try reader.bool("locked")
        )
    }
}

extension ProviderDeploy.State {
    /// The word for people and machines: `live`, `failed`.
    package var word: String {
        switch self {
        case .queued: "queued"
        case .building: "building"
        case .releasing: "releasing"
        case .live: "live"
        case .superseded: "superseded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .held: "held"
        case .skipped: "skipped"
        case .unknown: "unknown"
        }
    }

    /// The provider's own words, where there are some.
    package var reason: String? {
        switch self {
        case .failed(let reason), .held(let reason), .skipped(let reason), .unknown(let reason): reason
        case .queued, .building, .releasing, .live, .superseded, .cancelled: nil
        }
    }

    fileprivate init(word: String, _ reader: DocumentReader) throws(DocumentError) {
        switch word {
        case "queued": self = .queued
        case "building": self = .building
        case "releasing": self = .releasing
        case "live": self = .live
        case "superseded": self = .superseded
        case "failed": self = .failed(reason: try reader.string("reason"))
        case "cancelled": self = .cancelled
        case "held": self = .held(reason: try reader.string("reason"))
        case "skipped": self = .skipped(reason: try reader.string("reason"))
        case "unknown": self = .unknown(try reader.string("reason"))
        default: throw DocumentError(member: "state")
        }
    }
}

extension ProviderDeploy.Cause {
    fileprivate var word: String {
        switch self {
        case .commit: "commit"
        case .manual: "manual"
        case .rollback: "rollback"
        case .variables: "variables"
        case .other: "other"
        }
    }

    fileprivate var other: String? { if case .other(let word) = self { word } else { nil } }

    fileprivate init(word: String, _ reader: DocumentReader) throws(DocumentError) {
        switch word {
        case "commit": self = .commit
        case "manual": self = .manual
        case "rollback": self = .rollback
        case "variables": self = .variables
        case "other": self = .other(try reader.string("cause_word"))
        default: throw DocumentError(member: "cause")
        }
    }
}
