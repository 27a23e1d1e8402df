package import LookoutAlerting
package import LookoutDeployments
package import LookoutModel

/// What deployments are told of Lookout's own checks and alerts, live and rehearsed.
package struct PipelineObserver: EnvironmentObserver {
    private let checks: @Sendable () -> [Check]
    private let pipeline: SamplePipeline
    private let keeper: AlertKeeper
    private let knownOutage: @Sendable () -> NetworkOutage?

    /// - Parameters:
    ///   - checks: those that are configured now.
    ///   - pipeline: has the newest runs.
    ///   - keeper: has the alerts.
    ///   - outage: why Lookout itself has no network; nil if it has one.
    package init(
        checks: @escaping @Sendable () -> [Check],
        pipeline: SamplePipeline,
        keeper: AlertKeeper,
        outage: @escaping @Sendable () -> NetworkOutage?
    ) {
        self.checks = checks
        self.pipeline = pipeline
        self.keeper = keeper
        knownOutage = outage
    }

    package func checks(of environment: String) async throws(ProviderFailure) -> [ObservedCheck] {
        let newest = await pipeline.newestSamples
        return checks().filter { $0.id.environment == environment }
            .map { ObservedCheck($0, newest: newest[$0.id]) }
    }

    package func alerts(
        of environment: String,
        since time: Timestamp
    ) async throws(ProviderFailure) -> [WatchedAlert] {
        await keeper.current.filter { alert in
            guard alert.id.labels["environment"] == environment else { return false }
            return alert.state.isActive || (alert.endedAt.map { $0 >= time } ?? false)
        }
        .map(WatchedAlert.init)
    }

    package func outage() async -> NetworkOutage? { knownOutage() }
}

extension WatchedAlert {
    /// The alert's present episode, or the last one that is over.
    package init(_ alert: Alert) {
        self.init(
            rule: alert.id.rule,
            labels: alert.allLabels,
            severity: alert.severity,
            summary: alert.texts.summary,
            isFiring: alert.state.isActive,
            since: alert.firingSince ?? alert.pendingSince
        )
    }
}
