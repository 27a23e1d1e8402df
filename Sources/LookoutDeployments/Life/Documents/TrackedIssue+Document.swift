package import LookoutModel

extension TrackedIssue: Documented {
    package var document: JSONValue {
        .members([
            "id": .string(id),
            "short_id": .string(shortID),
            "title": .string(title),
            "level": .string(level),
            "novelty": .string(novelty.rawValue),
            "count": .count(count),
            "users": .count(users),
            "first_seen": firstSeen.document,
            "last_seen": lastSeen.document,
            "page": .text(page),
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            id: try reader.string("id"),
            shortID: try reader.string("short_id"),
            title: try reader.string("title"),
            level: try reader.string("level"),
            novelty: try reader.word("novelty"),
            count: try reader.count("count"),
            users: try reader.count("users"),
            firstSeen: try reader.timestamp("first_seen"),
            lastSeen: try reader.timestamp("last_seen"),
            page: try reader.optionalString("page")
        )
    }
}

extension WatchedAlert: Documented {
    package var document: JSONValue {
        .members([
            "rule": .string(rule),
            "labels": .object(labels.dictionary.mapValues { .string($0) }),
            "severity": .count(severity.rawValue),
            "summary": .string(summary),
            "firing": .bool(isFiring),
            "since": since.document,
            "ended_at": endedAt?.document,
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            rule: try reader.string("rule"),
            labels: Labels(try reader.strings("labels")),
            severity: try reader.severity("severity"),
            summary: try reader.string("summary"),
            isFiring: try reader.bool("firing"),
            since: try reader.timestamp("since"),
            endedAt: try reader.optionalTimestamp("ended_at")
        )
    }
}

extension ValidationResult: Documented {
    package var document: JSONValue {
        ["item": .string(item), "verdict": .string(verdict.rawValue), "detail": .string(detail)]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            item: try reader.string("item"),
            verdict: try reader.word("verdict"),
            detail: try reader.string("detail")
        )
    }
}
