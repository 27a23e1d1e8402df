package import LookoutModel

/// Samples for tests.
package enum SampleExamples {
    /// One sample of each outcome and failure class, with and without each optional part, a second
    /// apart from the epoch on.
    package static func ofEveryKind(check: CheckID) -> [Sample] {
        let failures = FailureClass.allCases.map { Outcome.failed(Failure($0, "because of \($0)")) }
        let outcomes = [.ok, .error("no descriptors"), .inconclusive("offline")] + failures
        let timings = [
            Timings(),
            Timings(
                dns: .microseconds(1),
                connect: .milliseconds(2),
                tls: .milliseconds(3),
                firstByte: .seconds(4),
                transfer: .zero,
                total: .seconds(3600)
            ),
            Timings(connect: .microseconds(7), transfer: .microseconds(8), total: .microseconds(15)),
        ]
        let messages = ["", "it's; DROP TABLE samples --", "\u{1F6A8} e\u{301} \u{202E}\r\n\t\u{7F}"]
        var samples: [Sample] = []
        for outcome in outcomes + messages.map(Outcome.error) {
            for timings in timings {
                let number = samples.count
                samples.append(
                    Sample(
                        check: check,
                        startedAt: Timestamp(microseconds: Int64(number) * 1_000_001),
                        outcome: outcome,
                        timings: timings,
                        attempts: 1 + number % 3,
                        statusCode: number % 2 == 0 ? nil : 100 + number,
                        version: number % 5 == 0 ? nil : messages[number % 3],
                        observation: number % 2 == 0 ? nil : Observation(body: [1, 2, 3])
                    )
                )
            }
        }
        return samples
    }
}
