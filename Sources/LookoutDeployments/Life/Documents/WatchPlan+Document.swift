package import LookoutModel
package import LookoutStatistics

extension WatchPlan: Documented {
    package var document: JSONValue {
        .members([
            "start": start.document,
            "end": end.document,
            "latest_end": latestEnd.document,
            "baseline": baseline.document,
            "transition": transition.document,
            "excluded": excluded.document,
            "checks": checks.document,
            "page_limit": pageLimit.document,
            "switch_outage": switchOutage.document,
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            start: try reader.timestamp("start"),
            end: try reader.timestamp("end"),
            latestEnd: try reader.timestamp("latest_end"),
            baseline: try reader.range("baseline"),
            transition: try reader.range("transition"),
            excluded: try reader.ranges("excluded"),
            checks: try reader.readAll("checks"),
            pageLimit: try reader.duration("page_limit"),
            switchOutage: try reader.duration("switch_outage")
        )
    }
}

extension WatchedCheck: Documented {
    package var document: JSONValue {
        .members([
            "check": .string(check.description),
            "policy": policy.document,
            "placebos": .count(placebos),
            "placebo_alarms": .count(placeboAlarms),
            "page": .bool(isPage),
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            try reader.check("check"),
            policy: try reader.read("policy"),
            placebos: try reader.count("placebos"),
            placeboAlarms: try reader.count("placebo_alarms"),
            isPage: try reader.bool("page")
        )
    }
}

extension ComparisonPolicy: Documented {
    package var document: JSONValue {
        [
            "margin": .double(margin),
            "failure_floor": .double(failureFloor),
            "alpha": .double(alpha),
            "share": .double(share),
            "suspicion": .double(suspicion),
            "warm_up": .count(warmUp),
            "least_to_pass": .count(leastToPass),
            "latency_tolerance": .double(latencyTolerance),
            "failure_tolerance": .double(failureTolerance),
            "power": .double(power),
        ]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init()
        margin = try reader.double("margin")
        failureFloor = try reader.double("failure_floor")
        alpha = try reader.double("alpha")
        share = try reader.double("share")
        suspicion = try reader.double("suspicion")
        warmUp = try reader.count("warm_up")
        leastToPass = try reader.count("least_to_pass")
        latencyTolerance = try reader.double("latency_tolerance")
        failureTolerance = try reader.double("failure_tolerance")
        power = try reader.double("power")
        guard faults.isEmpty else { throw DocumentError(member: "policy") }
    }
}

extension WatchVerdict: Documented {
    package var document: JSONValue {
        ["word": .string(word.rawValue), "reasons": reasons.document, "detectable": detectable.document]
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            try reader.word("word"),
            reasons: try reader.readAll("reasons"),
            detectable: try reader.list("detectable")
        )
    }
}

extension WatchVerdict.Reason: Documented {
    package var document: JSONValue {
        .members([
            "check": .text(check?.description),
            "kind": .string(kind),
            "text": .string(text),
            "severity": severity.map { .count($0.rawValue) },
        ])
    }

    package init(document: JSONValue) throws(DocumentError) {
        let reader = DocumentReader(document: document)
        self.init(
            check: reader.optional("check") == nil ? nil : try reader.check("check"),
            kind: try reader.string("kind"),
            text: try reader.string("text"),
            severity: try reader.optionalSeverity("severity")
        )
    }
}
