import Foundation
import Testing

/// What `Fixtures/generate.py` computed with scipy, mpmath and the scripts of the research.
///
/// To regenerate: `python3 Tests/LookoutStatisticsTests/Fixtures/generate.py <data/statistics of the
/// research>`; the script says more.
struct ReferenceValues: Decodable {
    struct Latency: Decodable, CustomTestStringConvertible {
        let name: String
        /// nil is a timeout.
        let baseline: [Double?]
        let window: [Double?]
        let margin: Double
        let autocorrelation: Double
        let logEvidence: [Double]

        var testDescription: String { name }
    }

    struct Failures: Decodable {
        let baselineFailures: Int
        let baselineCount: Int
        let nullRatio: Double
        let ok: [Bool]
        let logEvidence: [Double]
    }

    struct Tail: Decodable {
        let baseline: [Double]
        let window: [Double]
        let threshold: Double
        let nullRatio: Double
        let logEvidence: [Double]
    }

    struct Ratio: Decodable, CustomTestStringConvertible {
        let name: String
        let baseline: [Double]
        let window: [Double]
        let rank: Int
        let ratio: Double
        let lower: Double
        let upper: Double

        var testDescription: String { name }
    }

    /// Rows of arguments and the value.
    struct Special: Decodable {
        let logCumulativeNormal: [[Double]]
        let normalQuantile: [[Double]]
        let incompleteBeta: [[Double]]
        let betaQuantile: [[Double]]
        let logGamma: [[Double]]
    }

    let latency: [Latency]
    let failures: [Failures]
    let tail: [Tail]
    let hodgesLehmann: [Ratio]
    let special: Special

    static func read(from filePath: String = #filePath) throws -> ReferenceValues {
        let file = URL(filePath: filePath).deletingLastPathComponent().appending(
            path: "Fixtures/statistics.json"
        )
        return try JSONDecoder().decode(ReferenceValues.self, from: Data(contentsOf: file))
    }
}

/// |a − b|, relative where the value is above 1.
func distance(_ value: Double, from reference: Double) -> Double {
    value == reference ? 0 : abs(value - reference) / max(1, abs(reference))
}
