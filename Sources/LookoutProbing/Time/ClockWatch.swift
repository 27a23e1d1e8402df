package import LookoutModel

/// A jump of the wall clock against the monotonic clock: it was set, or the machine slept.
package struct ClockStep: Hashable, Sendable {
    /// How far the wall clock jumped; negative is back.
    package let size: Duration
    /// The time after the jump.
    package let at: Moment
}

/// Notices steps of the wall clock by comparing it with the monotonic one.
package struct ClockDrift: Sendable {
    private var last: Moment
    private let tolerance: Duration

    package init(_ start: Moment, tolerance: Duration = .seconds(5)) {
        last = start
        self.tolerance = tolerance
    }

    /// The step since the last look, if there was one.
    ///
    /// Each look is measured against the one before, so that a clock which is slewed gently for
    /// days is never reported.
    package mutating func observe(_ now: Moment) -> ClockStep? {
        let drift = (now.wall - last.wall) - (now.monotonic - last.monotonic)
        last = now
        return drift > tolerance || drift < .zero - tolerance ? ClockStep(size: drift, at: now) : nil
    }
}

/// Looks at the clocks now and then, and reports when the wall clock has been stepped.
///
/// Nothing depends on it: schedules and hold times are measured on the monotonic clock. It is
/// there so that a person knows why times in the records jump.
package struct ClockWatch: Sendable {
    private let timekeeper: any Timekeeper
    private let period: Duration
    private let report: @Sendable (ClockStep) -> Void

    package init(
        timekeeper: any Timekeeper,
        period: Duration = .seconds(10),
        report: @escaping @Sendable (ClockStep) -> Void
    ) {
        self.timekeeper = timekeeper
        self.period = period
        self.report = report
    }

    /// Runs until the task is cancelled.
    package func run() async {
        var drift = ClockDrift(timekeeper.now)
        while (try? await timekeeper.sleep(for: period)) != nil {
            if let step = drift.observe(timekeeper.now) { report(step) }
        }
    }
}
