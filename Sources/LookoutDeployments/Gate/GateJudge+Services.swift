import LookoutModel

/// What the health answers and the pages themselves say.
extension GateJudge {
    /// `status` is healthy, and every service is as it must be.
    var stagingServices: GateReport.Finding {
        var draft = draft(.stagingServices)
        guard let staging = observed(facts.staging, &draft), let checks = known(staging.checks, &draft) else {
            return draft.finding
        }
        let answers = ObservedHealth.all(in: checks, probe: settings.gate.healthProbe)
        if answers.isEmpty {
            draft.doubt(
                "no check has got a health answer in JSON since Lookout began",
                remedy: "add a probe with `http:` for /health, or name it as deployments.gate.health_probe"
            )
        }
        for health in answers { judge(health, &draft) }
        return draft.finding
    }

    private func judge(_ health: ObservedHealth, _ draft: inout FindingDraft) {
        let name = health.check.check.id
        if let age = CheckWindow(health.check, runs: [], facts: facts).overdue {
            draft.doubt("\(name) answered last \(age.plainText) ago")
        }
        if let failure = health.sample.outcome.failure { draft.object("\(name): \(failure.message)") }
        switch health.answer.status {
        case "healthy"?: draft.note("\(name): healthy")
        case let status?: draft.object("\(name) says \"\(status)\", not \"healthy\"")
        case nil: draft.doubt("\(name) does not say its status")
        }
        guard !settings.gate.services.isEmpty else { return }
        guard let services = health.answer.services else {
            return draft.doubt(
                "\(name) does not say how its services are, so they cannot be confirmed",
                remedy:
                    "have /health tell of its services, or name another probe as deployments.gate.health_probe"
            )
        }
        for (service, allowed) in settings.gate.services.sorted(by: { $0.key < $1.key }) {
            switch services[service] {
            case let word? where allowed.contains(word): draft.note("\(service) is \(word)")
            case let word?:
                draft.object("\(service) is \"\(word)\", not \(allowed.joined(separator: " or "))")
            case nil: draft.doubt("\(name) does not say how \(service) is")
            }
        }
    }

    /// Markers in the health answers and pages, and hosts that do not belong there.
    var stagingMarkers: GateReport.Finding {
        var draft = draft(.stagingMarkers)
        guard let staging = observed(facts.staging, &draft), let checks = known(staging.checks, &draft) else {
            return draft.finding
        }
        let answers = ObservedHealth.all(in: checks, probe: settings.gate.healthProbe)
        for health in answers {
            let name = health.check.check.id
            if let marker = health.answer.marker(among: settings.gate.markers) {
                draft.object("\(name) has \"\(marker)\" in its answer")
            } else {
                draft.note("\(name): no marker in its answer")
            }
        }
        var pages = 0
        for check in checks where check.check.type == "page" {
            guard let facts = check.newest?.observation?.facts, let markers = facts["markers_found"] else {
                draft.doubt("\(check.check.id): no page was looked through since Lookout began")
                continue
            }
            pages += 1
            let found = markers.strings + (facts["foreign_hosts_found"]?.strings ?? [])
            for text in found { draft.object("\(check.check.id) has \"\(text)\" in its page or scripts") }
            if found.isEmpty { draft.note("\(check.check.id): neither in the page nor in its scripts") }
        }
        if answers.isEmpty, pages == 0 {
            draft.doubt(
                "no health answer and no page was looked through",
                remedy: "add probes with `http:` and `page:`"
            )
        }
        return draft.finding
    }

    /// Times in health answers, of both environments: one that stands still is an old answer.
    var healthTimestamps: GateReport.Finding {
        var draft = draft(.healthTimestamps)
        var seen = 0
        for surroundings in [facts.staging, facts.production] {
            guard let surroundings, let checks = known(surroundings.checks, &draft) else { continue }
            for health in ObservedHealth.all(in: checks, probe: settings.gate.healthProbe) {
                guard let text = health.answer.timestamp else { continue }
                seen += 1
                let name = health.check.check.id
                guard let time = health.answer.time else {
                    draft.doubt("\(name) gives \"\(text)\", which is no time")
                    continue
                }
                let distance = health.sample.startedAt - time
                if abs(distance.inSeconds) > Self.staleAfter.inSeconds {
                    draft.object(
                        "\(name) gave \(time.rfc3339Seconds) when it was \(health.sample.startedAt.rfc3339Seconds)",
                        remedy: "the answer is cached, the process hangs, or its clock is wrong"
                    )
                } else {
                    draft.note("\(name): \(time.rfc3339Seconds)")
                }
            }
        }
        if seen == 0, draft.verdict == .go {
            return skipped(.healthTimestamps, "no health answer has a time")
        }
        return draft.finding
    }

    /// A time in an answer may be so far from ours.
    private static let staleAfter = Duration.seconds(300)
}

extension JSONValue {
    /// The texts of a list; empty for anything else.
    fileprivate var strings: [String] {
        if case .array(let elements) = self { elements.compactMap(\.string) } else { [] }
    }
}
