import LookoutModel
import LookoutSettings

/// How far a rule looks back: a length of time, or a number of samples.
package enum SampleWindow: Hashable, Sendable, CustomStringConvertible {
    /// The samples that began less than this before the newest one, the newest included.
    case time(Duration)
    /// The newest so many samples.
    case samples(Int)

    /// No window over samples may be longer than this.
    package static let longestOfSamples = Duration.seconds(86_400)
    /// No window over counts may be longer than this.
    package static let longestOfCounts = Duration.seconds(30 * 86_400)

    package var description: String {
        switch self {
        case .time(let length): length.durationText
        case .samples(let count): "\(count) samples"
        }
    }
}

/// A window holds fewer samples than an answer needs.
///
/// Rules make "no data" of it, never zero.
package struct TooFewSamples: Error, Hashable {
    package let found: Int
    package let needed: Int

    package init(found: Int, needed: Int) {
        self.found = found
        self.needed = needed
    }
}
