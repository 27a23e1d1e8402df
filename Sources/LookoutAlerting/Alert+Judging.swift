import LookoutModel

/// The life of one alert: what a judgement makes of it.
///
/// The rules are those of every mature system, with two differences. Unknown (no data, an error, a
/// hold) neither fires nor resolves. And a change of severity is part of the same alert: worse is
/// told at once, less bad only once it has lasted.
extension Alert {
    /// A change that a judgement brought about.
    struct Change: Hashable {
        var cause: AlertTransition.Cause
        /// The state after it; nil if the alert is as if it had never been.
        var to: State?
        var severity: Severity
    }

    /// An alert at its first sign; nil if the judgement is none.
    static func beginning(
        with judgement: Judgement,
        _ flapping: FlappingPolicy?,
        at now: Timestamp
    ) -> (alert: Alert, change: Change)? {
        guard case .holds(let severity) = judgement.outcome else { return nil }
        var alert = Alert(id: judgement.alert, severity: severity, pendingSince: now)
        if flapping != nil { alert.flaps.record(true) }
        let change = alert.begin(severity, judgement, at: now)
        return (alert, change)
    }

    /// Takes in a judgement, with which hold times grow by `growth`; what changed, in order.
    mutating func judge(
        _ judgement: Judgement,
        _ flapping: FlappingPolicy? = nil,
        growth: Duration,
        at now: Timestamp
    ) -> [Change] {
        if state != .resolved { parents = judgement.parents }
        switch judgement.outcome {
        case .holds(let severity):
            lastJudged = now
            blindness = nil
            texts = judgement.texts
            evidence = judgement.evidence
            if !state.isActive { labels = judgement.labels }
            weighFlaps(
                holds: true,
                flapping,
                state.isActive ? min(severity, self.severity) : severity,
                at: now
            )
            return hold(severity, judgement, growth: growth, at: now)
        case .clear:
            lastJudged = now
            blindness = nil
            if state.isActive { evidence = judgement.evidence }
            weighFlaps(holds: false, flapping, self.severity, at: now)
            return clear(judgement.holds, growth: growth, at: now)
        case .noData:
            return seeNothing("no data", judgement, growth: growth, at: now)
        case .error(let message):
            return seeNothing(message, judgement, growth: growth, at: now)
        case .hold(let reason):
            freeze(reason, at: now)
            return []
        }
    }

    /// Takes note of a verdict, as far as it says how often the condition comes and goes.
    private mutating func weighFlaps(
        holds: Bool,
        _ policy: FlappingPolicy?,
        _ severity: Severity,
        at now: Timestamp
    ) {
        if policy != nil { flaps.record(holds) }
        flaps.weigh(policy, severity, at: now)
    }

    /// Ends an alert that will not be judged any more.
    mutating func end(_ resolution: Resolution, at now: Timestamp) -> [Change] {
        let cause: AlertTransition.Cause =
            switch resolution {
            case .recovered: .recovered
            case .ruleRemoved: .ruleRemoved
            case .checkRemoved: .checkRemoved
            }
        switch state {
        case .resolved: return []
        case .pending: return [drop(cause)]
        case .firing, .recovering: return [resolve(resolution, cause, at: now)]
        }
    }

    // MARK: The condition holds

    private mutating func hold(
        _ judged: Severity,
        _ judgement: Judgement,
        growth: Duration,
        at now: Timestamp
    ) -> [Change] {
        switch state {
        case .resolved:
            return [begin(judged, judgement, at: now)]
        case .pending:
            held += growth
            streak += 1
            severity = judged
            return judgement.holds.letFire(held, streak) ? [fire(at: now)] : []
        case .firing:
            return weigh(judged, keepFiring: judgement.holds.keepFiring, growth: growth)
        case .recovering:
            if judged > severity, relief == nil { relief = Relief(severity: judged, held: held) }
            state = .firing
            held = .zero
            streak = 0
            recoveringSince = nil
            returns += 1
            let change = Change(cause: .returned, to: .firing, severity: severity)
            return [change] + weigh(judged, keepFiring: judgement.holds.keepFiring, growth: growth)
        }
    }

    private mutating func begin(_ judged: Severity, _ judgement: Judgement, at now: Timestamp) -> Change {
        state = .pending
        severity = judged
        texts = judgement.texts
        evidence = judgement.evidence
        labels = judgement.labels
        parents = judgement.parents
        held = .zero
        streak = 1
        pendingSince = now
        if judgement.holds.letFire(held, streak) { return fire(at: now) }
        return Change(cause: .appeared, to: .pending, severity: severity)
    }

    private mutating func fire(at now: Timestamp) -> Change {
        state = .firing
        episode += 1
        held = .zero
        streak = 0
        relief = nil
        returns = 0
        firingSince = now
        recoveringSince = nil
        resolvedSince = nil
        resolution = nil
        return Change(cause: .held, to: .firing, severity: severity)
    }

    /// Compares the severity that is judged with the one that was told.
    private mutating func weigh(_ judged: Severity, keepFiring: Duration, growth: Duration) -> [Change] {
        if judged == severity {
            relief = nil
            return []
        }
        if judged.isWorse(than: severity) {
            severity = judged
            relief = nil
            return [Change(cause: .escalated, to: .firing, severity: severity)]
        }
        var spell = relief ?? Relief(severity: judged)
        if relief != nil { spell.held += growth }
        spell.severity = min(spell.severity, judged)
        guard spell.held >= keepFiring else {
            relief = spell
            return []
        }
        severity = spell.severity
        relief = nil
        return [Change(cause: .deescalated, to: .firing, severity: severity)]
    }

    // MARK: The condition is gone

    private mutating func clear(_ holds: Judgement.Holds, growth: Duration, at now: Timestamp) -> [Change] {
        relief?.held += growth
        switch state {
        case .resolved:
            return []
        case .pending:
            return [drop(.passed)]
        case .firing:
            recoveringSince = now
            held = .zero
            streak = 1
            if mayResolve(holds) { return [resolve(.recovered, .recovered, at: now)] }
            state = .recovering
            return [Change(cause: .cleared, to: .recovering, severity: severity)]
        case .recovering:
            held += growth
            streak += 1
            return mayResolve(holds) ? [resolve(.recovered, .recovered, at: now)] : []
        }
    }

    /// While it flaps, all its comings and goings are one episode.
    private func mayResolve(_ holds: Judgement.Holds) -> Bool {
        holds.letResolve(held, streak) && !isFlapping
    }

    private mutating func resolve(
        _ resolution: Resolution,
        _ cause: AlertTransition.Cause,
        at now: Timestamp
    ) -> Change {
        state = .resolved
        held = .zero
        streak = 0
        relief = nil
        blindness = nil
        acknowledgement = nil
        resolvedSince = now
        endedAt = now
        self.resolution = resolution
        return Change(cause: cause, to: .resolved, severity: severity)
    }

    /// A pending alert that comes to nothing: back to where it was before.
    mutating func drop(_ cause: AlertTransition.Cause) -> Change {
        state = .resolved
        held = .zero
        streak = 0
        blindness = nil
        return Change(cause: cause, to: episode == 0 ? nil : .resolved, severity: severity)
    }
}

extension Judgement.Holds {
    /// Whether a condition has held long and often enough.
    fileprivate func letFire(_ held: Duration, _ streak: Int) -> Bool {
        held >= pending && streak >= failures
    }

    /// Whether a condition has been gone long and often enough.
    fileprivate func letResolve(_ gone: Duration, _ streak: Int) -> Bool {
        gone >= keepFiring && streak >= successes
    }
}
