import LookoutModel

/// What is wrong, in words.
///
/// None of them changes while the situation stays: a time is said as a time, not as an age, or each
/// judgement would be news to the store.
extension SelfWatch {
    /// So many runs in a row must have failed on Lookout's side; one may be chance.
    private static let errorsInARow = 2

    func findings(of rule: SelfRule, _ facts: SelfFacts, at now: Duration) -> [Finding] {
        switch rule {
        case .noData: mutes(facts, at: now)
        case .probeError: unasked(facts)
        case .ruleError: facts.ruleTroubles.map(Self.finding)
        case .receiverBroken: facts.brokenReceivers.map(Self.finding)
        case .noticeDead: facts.deadNotices.map(Self.finding)
        case .configurationInvalid: facts.refusedConfiguration.map { [Self.refused($0)] } ?? []
        case .offline: facts.outage.map { [Self.finding($0)] } ?? []
        case .storage:
            SelfFacts.Database.allCases.compactMap { database in
                facts.storageTroubles[database].map { Self.finding(database, $0) }
            }
        case .storm: facts.storms.map(Self.finding)
        }
    }

    /// One for each check, however many rules look at it.
    ///
    /// What Lookout could not ask is another alert's.
    private func mutes(_ facts: SelfFacts, at now: Duration) -> [Finding] {
        guard facts.outage == nil else { return [] }
        return facts.pulses.filter { $0.errors == 0 && isMute($0, at: now) }.map { pulse in
            let last = pulse.heard.map { "The last sample that says something is of \($0.rfc3339)." }
            let reason = pulse.silence.map { " The newest says: \($0)." } ?? ""
            return Finding(
                labels: Self.labels(of: pulse.check),
                summary: "no data from \(pulse.check)",
                description: (last ?? "No sample so far said anything about the target.") + reason
                    + " Alerts that depend on it stand still: they neither fire nor resolve."
            )
        }
    }

    private func unasked(_ facts: SelfFacts) -> [Finding] {
        guard facts.outage == nil else { return [] }
        return facts.pulses.filter { $0.errors >= Self.errorsInARow }.map { pulse in
            Finding(
                labels: Self.labels(of: pulse.check),
                summary: "Lookout cannot ask \(pulse.check)",
                description: "The fault is on Lookout's side, not the target's: "
                    + "\(pulse.silence ?? "unknown"). Alerts of this check stand still."
            )
        }
    }

    private static func labels(of check: CheckID) -> Labels {
        ["environment": check.environment, "probe": check.probe]
    }

    private static func finding(_ trouble: SelfFacts.RuleTrouble) -> Finding {
        Finding(
            labels: ["environment": trouble.environment, "rule": trouble.rule],
            summary: "rule \(trouble.rule) cannot be evaluated in \(trouble.environment)",
            description: "\(trouble.reason). Alerts of this rule stand still."
        )
    }

    private static func finding(_ receiver: SelfFacts.BrokenReceiver) -> Finding {
        let consequence =
            receiver.isOnlyEar
            ? " Nobody else is told of severity 1, so name a `fallback` receiver." : ""
        return Finding(
            labels: ["receiver": receiver.name],
            severity: receiver.isOnlyEar ? .outage : nil,
            summary: "receiver \(receiver.name) does not work",
            description: "Since \(receiver.since.rfc3339): \(receiver.reason). "
                + "What it is to be told is kept and tried again.\(consequence)"
        )
    }

    private static func finding(_ dead: SelfFacts.DeadNotices) -> Finding {
        Finding(
            labels: ["receiver": dead.receiver],
            severity: min(dead.worst, SelfRule.noticeDead.severity),
            summary:
                "\(dead.receiver) was not told \(dead.count == 1 ? "something" : "\(dead.count) things")",
            description: "Given up, the last at \(dead.latest.rfc3339): \(dead.reason). "
                + "`lookout receivers list` and the log say what it was."
        )
    }

    private static func refused(_ reason: String) -> Finding {
        Finding(
            labels: [:],
            summary: "the changed configuration was refused",
            description:
                "\(reason)\nThe one before stays in force. `lookout config check` shows all that is wrong."
        )
    }

    private static func finding(_ outage: NetworkOutage) -> Finding {
        Finding(
            labels: [:],
            summary: "Lookout has no network",
            description: "Offline since \(outage.since.rfc3339): \(outage.reason). Until it is back no alert "
                + "fires or resolves, and only receivers on this machine are told."
        )
    }

    private static func finding(_ database: SelfFacts.Database, _ reason: String) -> Finding {
        let consequence =
            switch database {
            case .alerts: "While this lasts nothing new is told."
            case .history: "Alerts go on; samples wait in memory and the oldest are dropped."
            }
        return Finding(
            labels: ["database": database.rawValue],
            severity: database == .alerts ? .outage : nil,
            summary: "the \(database.rawValue) database cannot be written",
            description: "\(reason). \(consequence)"
        )
    }

    static func finding(_ storm: SelfFacts.Storm) -> Finding {
        Finding(
            labels: storm.labels,
            severity: storm.severity,
            summary: storm.summary,
            description: storm.description
        )
    }
}
