package import LookoutModel

/// What somebody outside said and when, or why nothing is known; never a guess.
package enum Known<Value: Sendable>: Sendable {
    case known(Value, at: Timestamp)
    /// Neither a yes nor a no.
    case unknown(ProviderFailure)

    package var value: Value? {
        if case .known(let value, _) = self { value } else { nil }
    }

    package var failure: ProviderFailure? {
        if case .unknown(let failure) = self { failure } else { nil }
    }
}

extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}

extension Known {
    /// The same of something else; what is unknown stays unknown.
    package func map<Other: Sendable>(_ transform: (Value) -> Other) -> Known<Other> {
        switch self {
        case .known(let value, let time): .known(transform(value), at: time)
        case .unknown(let failure): .unknown(failure)
        }
    }
}
