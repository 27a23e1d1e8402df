package import LookoutModel
package import LookoutStatistics

extension CheckSample {
    /// A run as comparisons take it; nil if it says nothing of the target.
    ///
    /// A failure counts with its time only where the target answered: what nobody answered took for ever.
    package init?(_ sample: Sample) {
        switch sample.outcome {
        case .ok:
            self.init(at: sample.startedAt, isOK: true, took: sample.timings.total)
        case .failed(let failure):
            self.init(
                at: sample.startedAt,
                isOK: false,
                took: failure.kind.isAnswer ? sample.timings.total : nil
            )
        case .error, .inconclusive:
            return nil
        }
    }

    package init(at time: Timestamp, isOK: Bool, took duration: Duration?) {
        self.init(
            time: Double(time.microseconds) / 1_000_000,
            isOK: isOK,
            seconds: duration.map { Double($0.microseconds) / 1_000_000 }
        )
    }

    /// When the run began, to the microsecond.
    package var startedAt: Timestamp { Timestamp(microseconds: Int64((time * 1_000_000).rounded())) }
}

extension FailureClass {
    /// Whether the target answered, though not as expected.
    fileprivate var isAnswer: Bool {
        switch self {
        case .status, .header, .body, .condition, .size, .protocolViolation: true
        case .dns, .connect, .tls, .timeout, .closed: false
        }
    }
}
