import LookoutModel

/// What becomes of an alert while nothing can be said about its condition: it neither fires nor resolves.
extension Alert {
    /// How many intervals without a verdict make a pending alert be forgotten.
    private static let intervalsUntilForgotten = 5

    /// Takes in that there was no data, or an error: a pending alert is forgotten after a while.
    mutating func seeNothing(
        _ reason: String,
        _ judgement: Judgement,
        growth: Duration,
        at now: Timestamp
    ) -> [Change] {
        guard state != .resolved else { return [] }
        lastJudged = now
        var spell = blindness ?? Blindness(since: now, reason: reason)
        spell.reason = reason
        if state == .pending { spell.held += growth }
        blindness = spell
        let limit = judgement.interval * Self.intervalsUntilForgotten
        return state == .pending && spell.held >= limit ? [drop(.forgotten)] : []
    }

    /// Says since when and why nothing is known, and leaves everything else as it is.
    mutating func freeze(_ reason: String, at now: Timestamp) {
        guard state != .resolved else { return }
        var spell = blindness ?? Blindness(since: now, reason: reason)
        spell.reason = reason
        blindness = spell
    }
}
