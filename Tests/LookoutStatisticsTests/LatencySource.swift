import Foundation
import LookoutSimulation

/// Latencies as the research simulates them: lognormal, AR(1) in the logarithm.
struct LatencySource {
    private var generator: SeededGenerator
    private var spare: Double?

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// In seconds around `level`; `autocorrelation` is φ, `spread` σ.
    mutating func latencies(
        _ count: Int,
        spread: Double,
        autocorrelation: Double = 0,
        level: Double = 0.2
    ) -> [Double] {
        let innovation = (1 - autocorrelation * autocorrelation).squareRoot()
        let scale = log(level)
        var state = normal()
        var values = [exp(scale + spread * state)]
        values.reserveCapacity(count)
        for _ in 1..<count {
            state = autocorrelation * state + innovation * normal()
            values.append(exp(scale + spread * state))
        }
        return values
    }

    /// From 0 up to 1.
    mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    /// At which of so many samples, counted from 1, something happens that does so with this ratio.
    ///
    /// By the distances between, which are geometric: one number for each event instead of each sample.
    mutating func events(_ ratio: Double, of count: Int) -> [Int] {
        guard ratio > 0 else { return [] }
        var samples: [Int] = []
        var sample = 0.0
        while true {
            sample += (log(1 - uniform()) / log(1 - ratio)).rounded(.down) + 1
            guard sample <= Double(count) else { return samples }
            samples.append(Int(sample))
        }
    }

    /// By Box and Muller, two at a time.
    mutating func normal() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        let radius = (-2 * log(1 - uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        spare = radius * sin(angle)
        return radius * cos(angle)
    }
}
