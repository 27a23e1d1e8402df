import LookoutModel

extension SendVerdict {
    /// Why it was not taken; nil if it was.
    package var failure: String? {
        switch self {
        case .accepted: nil
        case .retry(after: _, let reason), .broken(let reason), .rejected(let reason): reason
        }
    }

    /// Whether the receiver asked to be left alone.
    var isThrottle: Bool {
        if case .retry(after: .some, reason: _) = self { true } else { false }
    }
}

extension Settlement {
    /// The settlement of an attempt of which it is unclear what it did.
    func marked(isUnclear: Bool) -> Settlement {
        guard case .retry(let due, let countsAttempt, let reason, isUnclear: false) = self else {
            return self
        }
        return .retry(due: due, countsAttempt: countsAttempt, reason: reason, isUnclear: isUnclear)
    }
}
