package import LookoutModel
package import LookoutStatistics

/// Draws up what a watch compares: the baseline, what is left out, and margins by the team's own history.
package struct WatchPlanner: Sendable {
    /// A check that is watched, with its runs of the last days.
    package struct Subject: Sendable {
        package var check: CheckID
        package var isPage: Bool
        package var history: [CheckSample]

        package init(_ check: CheckID, isPage: Bool = false, history: [CheckSample]) {
            self.check = check
            self.isPage = isPage
            self.history = history
        }
    }

    /// So far back the history is asked for.
    package static let reach: Duration = .seconds(3 * 86_400)
    /// No more runs of a check than these are compared with one another.
    static let mostRuns = 30_000

    private let settings: DeploymentSettings.Watch

    package init(_ settings: DeploymentSettings.Watch) {
        self.settings = settings
    }

    /// The plan of a watch that begins when the switch is over.
    ///
    /// - Parameters:
    ///   - transition: from the first event of the deployment to the time at which users have it.
    ///   - subjects: the checks of the environment.
    ///   - earlier: the deployments before it, for what must not count as normal.
    ///   - now: ends the stretch of an earlier deployment that is still open.
    /// - Returns: What is compared with what, to be frozen.
    package func plan(
        transition: Range<Timestamp>,
        of subjects: [Subject],
        after earlier: [Deployment],
        at now: Timestamp
    ) -> WatchPlan {
        let start = transition.upperBound
        let excluded = earlier.compactMap { $0.disturbance(at: now) }
            .filter { $0.lowerBound < transition.lowerBound }
        // What is left out is made up for further back, up to a day.
        let lost = excluded.reduce(Duration.zero) { $0 + ($1.upperBound - $1.lowerBound) }
        let reach = settings.baseline + min(lost, .seconds(86_400))
        let baseline = (transition.lowerBound - reach)..<transition.lowerBound
        var policy = ComparisonPolicy.sharing(checks: subjects.count)
        policy.alpha = settings.alpha
        return WatchPlan(
            start: start,
            end: start + settings.duration,
            latestEnd: start + max(settings.longest, settings.duration),
            baseline: baseline,
            transition: transition,
            excluded: excluded,
            checks: subjects.map { calibrated($0, policy, changes: excluded, before: transition.lowerBound) },
            pageLimit: settings.pageLimit,
            switchOutage: settings.switchOutage
        )
    }

    /// Compares windows without a deployment, and raises the margins until they do not alarm.
    private func calibrated(
        _ subject: Subject,
        _ policy: ComparisonPolicy,
        changes: [Range<Timestamp>],
        before end: Timestamp
    ) -> WatchedCheck {
        let window = settings.duration.inSeconds
        var filter = RunFilter(excluding: changes)
        let runs = subject.history.filter { $0.startedAt < end && filter.admits($0) }
        let calibration = PlaceboCalibration(
            history: runs.suffix(Self.mostRuns),
            changes: changes.flatMap { range in
                let seconds = (range.upperBound - range.lowerBound).inSeconds
                let first = Double(range.lowerBound.microseconds) / 1_000_000
                return stride(from: 0, through: min(seconds, 86_400), by: window).map { first + $0 } + [
                    first + seconds
                ]
            },
            policy: policy,
            windowSeconds: window,
            baselineWindows: max(1, Int((settings.baseline.inSeconds / window).rounded()))
        )
        return WatchedCheck(
            subject.check,
            policy: calibration.policy,
            placebos: calibration.windows,
            placeboAlarms: calibration.alarmsAfter,
            isPage: subject.isPage
        )
    }
}

extension Deployment {
    /// The stretch in which it was not as it normally is: its switch, or all of it if it was not for the good.
    fileprivate func disturbance(at now: Timestamp) -> Range<Timestamp>? {
        guard let beganAt, phase != .planned else { return nil }
        let begin = min(watch?.transition.lowerBound ?? beganAt, beganAt)
        let end: Timestamp
        if let watch, verdict?.word == .pass, rollbacks.isEmpty {
            end = watch.start
        } else if let watch, verdict?.word == .inconclusive, rollbacks.isEmpty, result != nil {
            end = watch.start
        } else {
            end = recoveredAt ?? closedAt ?? now
        }
        return begin..<max(begin, end)
    }
}
