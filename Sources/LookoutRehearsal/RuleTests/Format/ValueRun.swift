import LookoutModel

/// Equal or evenly spaced values of a series, not yet written out.
struct ValueRun: Hashable, Sendable {
    /// One value, in the words of the notation.
    enum Value: Hashable, Sendable {
        /// No run at that time.
        case missing
        /// The first number, and by how much each further one differs from the one before.
        case number(Double, step: Double)
        case ok
        case failed(FailureClass?)
        case error(String)
        case inconclusive(String)
        /// A sample of `samples`.
        case named(String)
    }

    var value: Value
    var count: Int
    /// Where it stands in the text, in Unicode scalars from 0.
    var offset: Int
}
