package import LookoutModel

/// The form in which stores keep an alert: a JSON document, times and durations in microseconds.
///
/// Members that a later version adds must be optional here, so that an older file can be read.
extension Alert {
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "rule": .string(id.rule),
            "labels": .object(id.labels.dictionary.mapValues { .string($0) }),
            "state": .string(state.rawValue),
            "severity": .int(Int64(severity.rawValue)),
            "episode": .int(Int64(episode)),
            "held": held.document,
            "summary": .string(texts.summary),
            "description": .string(texts.description),
            "returns": .int(Int64(returns)),
            "pending_since": pendingSince.document,
            "last_judged": lastJudged.document,
            "told": .object(told.mapValues(\.document)),
        ]
        members["runbook"] = texts.runbook.map { .string($0) }
        members["suggestion"] = texts.suggestion.map { .string($0.rawValue) }
        members["annotations"] = Self.document(texts.annotations)
        members["rule_labels"] = Self.document(labels.dictionary)
        if !parents.isEmpty { members["parents"] = .array(parents.map { .string($0) }) }
        if streak > 0 { members["streak"] = .int(Int64(streak)) }
        members["acknowledgement"] = acknowledgement?.document
        members["relief"] = relief?.document
        members["blindness"] = blindness?.document
        members["firing_since"] = firingSince?.document
        members["recovering_since"] = recoveringSince?.document
        members["resolved_since"] = resolvedSince?.document
        members["ended"] = endedAt?.document
        if !evidence.isEmpty { members["evidence"] = evidence.document }
        if flaps != FlapRing() { members["flaps"] = flaps.document }
        members["resolution"] = resolution.map { .string($0.rawValue) }
        return .object(members)
    }

    /// Reads `document` back.
    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        var told: [String: Told] = [:]
        for (receiver, value) in try reader.members("told") {
            told[receiver] = try Told(document: value)
        }
        var relief: Relief?
        if let value = reader.optional("relief") { relief = try Relief(document: value) }
        var blindness: Blindness?
        if let value = reader.optional("blindness") { blindness = try Blindness(document: value) }
        var acknowledgement: Acknowledgement?
        if let value = reader.optional("acknowledgement") {
            acknowledgement = try Acknowledgement(document: value)
        }
        var evidence = Evidence()
        if let value = reader.optional("evidence") { evidence = try Evidence(document: value) }
        var flaps = FlapRing()
        if let value = reader.optional("flaps") { flaps = try FlapRing(document: value) }
        self.init(
            id: AlertID(rule: try reader.string("rule"), labels: Labels(try reader.strings("labels"))),
            labels: Labels(try reader.optionalStrings("rule_labels") ?? [:]),
            parents: try reader.optionalList("parents") ?? [],
            state: try reader.word("state"),
            severity: try reader.severity("severity"),
            episode: Int(try reader.integer("episode")),
            held: try reader.duration("held"),
            streak: reader.optional("streak") == nil ? 0 : Int(try reader.integer("streak")),
            relief: relief,
            blindness: blindness,
            texts: AlertTexts(
                summary: try reader.string("summary"),
                description: try reader.string("description"),
                runbook: reader.optional("runbook")?.string,
                annotations: try reader.optionalStrings("annotations") ?? [:],
                suggestion: reader.optional("suggestion") == nil ? nil : try reader.word("suggestion")
            ),
            evidence: evidence,
            returns: Int(try reader.integer("returns")),
            pendingSince: try reader.timestamp("pending_since"),
            firingSince: try reader.optionalTimestamp("firing_since"),
            recoveringSince: try reader.optionalTimestamp("recovering_since"),
            resolvedSince: try reader.optionalTimestamp("resolved_since"),
            endedAt: try reader.optionalTimestamp("ended"),
            resolution: reader.optional("resolution") == nil ? nil : try reader.word("resolution"),
            lastJudged: try reader.timestamp("last_judged"),
            told: told,
            acknowledgement: acknowledgement,
            flaps: flaps
        )
    }

    /// Texts by name; nil if there are none, so that the usual document is short.
    private static func document(_ texts: [String: String]) -> JSONValue? {
        texts.isEmpty ? nil : .object(texts.mapValues { .string($0) })
    }
}

extension Alert.Acknowledgement {
    fileprivate var document: JSONValue {
        var members: [String: JSONValue] = ["by": .string(author), "at": at.document]
        members["until"] = until?.document
        if !comment.isEmpty { members["comment"] = .string(comment) }
        return .object(members)
    }

    fileprivate init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            by: try reader.string("by"),
            at: try reader.timestamp("at"),
            until: try reader.optionalTimestamp("until"),
            comment: reader.optional("comment")?.string ?? ""
        )
    }
}

extension Alert.Relief {
    fileprivate var document: JSONValue {
        .object(["severity": .int(Int64(severity.rawValue)), "held": held.document])
    }

    fileprivate init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(severity: try reader.severity("severity"), held: try reader.duration("held"))
    }
}

extension Alert.Blindness {
    fileprivate var document: JSONValue {
        .object(["since": since.document, "held": held.document, "reason": .string(reason)])
    }

    fileprivate init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            since: try reader.timestamp("since"),
            held: try reader.duration("held"),
            reason: try reader.string("reason")
        )
    }
}

extension Alert.Told {
    fileprivate var document: JSONValue {
        var members: [String: JSONValue] = [
            "episode": .int(Int64(episode)),
            "severity": .int(Int64(severity.rawValue)),
            "resolved": .bool(isResolved),
        ]
        if isFlapping { members["flapping"] = .bool(true) }
        members["since"] = since?.document
        members["at"] = at?.document
        return .object(members)
    }

    fileprivate init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            episode: Int(try reader.integer("episode")),
            severity: try reader.severity("severity"),
            isResolved: try reader.bool("resolved"),
            isFlapping: reader.optional("flapping") == nil ? false : try reader.bool("flapping"),
            since: try reader.optionalTimestamp("since"),
            at: try reader.optionalTimestamp("at")
        )
    }
}
