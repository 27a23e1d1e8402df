import LookoutAlerting
import LookoutModel

/// The last that was seen of one check.
struct CheckTrail: Sendable {
    /// How many samples are told of.
    static let length = 5

    private(set) var newest: Sample
    private(set) var pulse: SelfFacts.Pulse
    /// When the newest sample came in, on the monotonic clock; nil for one from the store.
    private(set) var receivedAt: Duration?
    /// The newest version that the check reported.
    private(set) var version: String?
    private var samples = SampleRing()

    init(_ sample: Sample, of check: Check, at now: Duration?) {
        newest = sample
        pulse = SelfFacts.Pulse(
            check: check.id,
            interval: check.interval,
            longestRun: check.timeout * check.attempts
        )
        _ = take(sample, of: check, at: now)
    }

    /// Takes in the newest sample, or with no time one from the store; what the version was, if it changed.
    mutating func take(_ sample: Sample, of check: Check, at now: Duration?) -> String? {
        newest = sample
        receivedAt = now
        samples.append(sample)
        if pulse.interval != check.interval { pulse = pulse.adapted(to: check.interval) }
        switch sample.outcome {
        case .ok, .failed:
            if let now { pulse.heardAt = now }
            pulse.heard = sample.startedAt
            pulse.errors = 0
            pulse.silence = nil
        case .error(let reason):
            pulse.errors += 1
            pulse.silence = reason
        case .inconclusive(let reason):
            pulse.errors = 0
            pulse.silence = reason
        }
        guard let reported = sample.version, reported != version else { return nil }
        defer { version = reported }
        return version
    }

    /// Oldest first.
    var lines: [Evidence.Line] { samples.oldestFirst.map { Evidence.Line(at: $0.startedAt, $0.words) } }
}

/// The last few samples, without what was seen.
struct SampleRing: Sendable {
    private var samples: [Sample] = []
    /// The place of the oldest, once it is full.
    private var oldest = 0

    mutating func append(_ sample: Sample) {
        var bare = sample
        bare.observation = nil
        if samples.count < CheckTrail.length {
            samples.append(bare)
        } else {
            samples[oldest] = bare
            oldest = (oldest + 1) % CheckTrail.length
        }
    }

    var oldestFirst: [Sample] { Array(samples[oldest...] + samples[..<oldest]) }
}

extension SelfFacts.Pulse {
    /// The same of a check that runs at another interval.
    func adapted(to interval: Duration) -> Self {
        var pulse = Self(check: check, interval: interval)
        (pulse.heardAt, pulse.heard, pulse.errors, pulse.silence) = (heardAt, heard, errors, silence)
        return pulse
    }
}
