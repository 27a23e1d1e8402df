import LookoutModel

/// The samples of many checks as the scheduler makes them: tick by tick, one of each check.
struct SamplePattern {
    static let checkCount = 1000
    private static let interval: Int64 = 10
    private static let firstStart: Int64 = 1_790_000_000

    private static let checks = (0..<checkCount).map {
        CheckID(environment: "benchmark", probe: "check-\($0)")
    }

    static func check(_ index: Int) -> CheckID { checks[index] }

    /// The time at which a tick begins.
    static func time(ofTick tick: Int) -> Timestamp {
        Timestamp(seconds: firstStart + Int64(tick) * interval)
    }

    /// The samples with these numbers, counted over all ticks.
    static func samples(_ numbers: Range<Int>) -> [Sample] {
        numbers.map { number in
            let (tick, check) = number.quotientAndRemainder(dividingBy: checkCount)
            let jitter = (number &* 2_654_435_761) % 1000
            return Sample(
                check: checks[check],
                startedAt: time(ofTick: tick) + .milliseconds(check * 10),
                outcome: .ok,
                timings: Timings(
                    dns: .microseconds(400 + jitter),
                    connect: .microseconds(9000 + jitter),
                    tls: .microseconds(21_000 + jitter),
                    firstByte: .microseconds(64_000 + jitter),
                    transfer: .microseconds(700 + jitter),
                    total: .microseconds(95_100 + 5 * jitter)
                ),
                statusCode: 200,
                version: "2.0.4"
            )
        }
    }
}
