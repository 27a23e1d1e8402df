package import LookoutModel

/// One run of a check: its attempts, and the sample that comes of them.
package struct CheckRun: Sendable {
    private let check: Check
    private let probe: ConfiguredProbe
    private let context: ProbeContext

    /// The context's timekeeper also times the pauses between attempts.
    package init(_ check: Check, probe: ConfiguredProbe, context: ProbeContext) {
        self.check = check
        self.probe = probe
        self.context = context
    }

    /// Asks, again if need be, and says what it came to.
    ///
    /// Ends soon after the task is cancelled, as far as the probe does.
    package func sample() async -> Sample {
        let policy = AttemptPolicy(check)
        let startedAt = context.timekeeper.now.wall
        var attempt = 1
        while true {
            let result = await probe.run(context)
            guard let pause = policy.pause(after: result.outcome, attempt: attempt),
                (try? await context.timekeeper.sleep(for: pause)) != nil
            else {
                return Sample(check.id, startedAt: startedAt, result: result, attempts: attempt)
            }
            attempt += 1
        }
    }
}

extension Sample {
    /// The sample of a run whose last attempt gave a result.
    package init(_ check: CheckID, startedAt: Timestamp, result: ProbeResult, attempts: Int) {
        self.init(
            check: check,
            startedAt: startedAt,
            outcome: result.outcome,
            timings: result.timings,
            attempts: attempts,
            statusCode: result.statusCode,
            version: result.version,
            observation: result.observation
        )
    }
}
