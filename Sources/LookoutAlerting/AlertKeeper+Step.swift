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
        /// Time has passed.
        case look(Moment)
    }

    /// What a step came to: what changed, and whether there was what it was about.
    struct Outcome {
        var transitions: [AlertTransition] = []
        var isFound = true
    }

    /// A step, and who waits for what it comes to.
    struct Request {
        let step: Step
        /// Nil for the keeper's own steps.
        var answer: CheckedContinuation<Result<Outcome, any Error>, Never>?
    }
}
