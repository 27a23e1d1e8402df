import LookoutModel

extension AlertKeeper {
    /// What the keeper is asked to do, or does when its time has come.
    enum Step {
        case observe([Judgement], Moment)
        case reload(AlertScope, Routes, AlertPolicy?, Moment)
        case silence([Silence], Moment)
        case acknowledge(AlertKey, Alert.Acknowledgement?, Moment)
        /// Which receivers cannot work.
        case broken(Set<String>, Moment)
        case announce(Announcement, Moment)
        /// Time has passed.
        case look(Moment)

        /// The silences that hold from then on; nil where they stay.
        var silences: [Silence]? {
            if case .silence(let silences, _) = self { silences } else { nil }
        }
    }

    /// What a step came to: what changed, and whether there was what it was about.
    struct Outcome {
        var transitions: [AlertTransition] = []
        var isFound = true
        /// Who is told of what was announced.
        var receivers: [String] = []
    }

    /// A step, and who waits for what it comes to.
    struct Request {
        let step: Step
        /// Nil for the keeper's own steps.
        var answer: CheckedContinuation<Result<Outcome, any Error>, Never>?
    }
}
