import LookoutModel

extension ObservedCheck {
    /// The part of its environment that it speaks of: what its label `part` says, else the frontend for pages and
    /// the backend for all others.
    package var part: EnvironmentPart { check.part }
}

extension Check {
    fileprivate var part: EnvironmentPart {
        labels["part"].flatMap(EnvironmentPart.init) ?? (type == "page" ? .frontend : .backend)
    }
}
