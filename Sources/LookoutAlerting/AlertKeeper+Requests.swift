package import LookoutModel

/// What the pipeline, people and the dispatcher ask of the keeper; `run` answers.
extension AlertKeeper {
    /// Takes judgements in; what they changed, once that is on the disk.
    ///
    /// Empty if nothing changed, if it could not be stored (which is logged), and after the stop.
    @discardableResult
    package func observe(_ judgements: [Judgement], at now: Moment) async -> [AlertTransition] {
        switch await ask(.observe(judgements, now)) {
        case .success(let outcome): outcome.transitions
        case .failure: []
        }
    }

    /// Goes on with other silences: all that there are from now on, those that lie ahead included.
    ///
    /// What they withhold is told when they end, if it is still true. Throws if what follows could not be
    /// stored; they hold all the same, since nothing is told until something can be stored again, and then
    /// they come first. Answered by `run`.
    package func replace(silences: [Silence], at now: Moment) async throws {
        _ = try await ask(.silence(silences, now)).get()
    }

    /// Notes on a firing alert that somebody takes care of it, or with nil that nobody does any more.
    ///
    /// Throws if it could not be stored. Answered by `run`.
    ///
    /// - Returns: Whether there is such an alert, and it is firing.
    package func acknowledge(
        _ alert: AlertKey,
        _ acknowledgement: Alert.Acknowledgement?,
        at now: Moment
    ) async throws -> Bool {
        try await ask(.acknowledge(alert, acknowledgement, now)).get().isFound
    }

    /// Tells people what somebody announces, in the words of the policy's protocol.
    ///
    /// Throws if it could not be stored; then nobody is told. Answered by `run`.
    ///
    /// - Returns: The names of those who are told; empty if no route leads to anybody.
    package func announce(_ announcement: Announcement, at now: Moment) async throws -> [String] {
        try await ask(.announce(announcement, now)).get().receivers
    }

    /// Goes on knowing which receivers cannot work: those and no others.
    ///
    /// While one cannot, the fallback hears of its alerts of severity 1. Throws if what follows could not be
    /// stored; then it may be said again. Answered by `run`.
    package func note(broken receivers: Set<String>, at now: Moment) async throws {
        _ = try await ask(.broken(receivers, now)).get()
    }
}
