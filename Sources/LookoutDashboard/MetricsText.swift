import LookoutModel

/// The status in the Prometheus text exposition format (version 0.0.4).
///
/// Names, units and types follow the conventions of Prometheus: base units, `_total` for what only grows, and a
/// family is there as a whole or, where nothing is known yet, not at all.
enum MetricsText {
    static func render(_ status: AgentStatus) -> String {
        var page = MetricsPage()
        page.family("lookout_build_info", .gauge, "The running version; always 1.") {
            [(["version": status.version], 1)]
        }
        page.family("lookout_start_time_seconds", .gauge, "When the agent started, in Unix seconds.") {
            [(Labels(), status.startedAt.unixSeconds)]
        }
        page.family(
            "lookout_config_last_reload_successful",
            .gauge,
            "1 if the last reload worked, 0 if it was refused."
        ) {
            [(Labels(), status.configuration.reloadError == nil ? 1 : 0)]
        }
        page.family(
            "lookout_config_last_reload_success_timestamp_seconds",
            .gauge,
            "When the configuration in force was loaded."
        ) {
            [(Labels(), status.configuration.loadedAt.unixSeconds)]
        }
        page.checks(status.checks)
        page.alerts(status.alerts)
        page.receivers(status.receivers, at: status.now)
        page.notifications(status.receivers)
        page.rules(status.rules)
        page.counters(status.counters)
        return page.text
    }
}

extension MetricsPage {
    fileprivate mutating func checks(_ checks: [CheckStatus]) {
        let sampled = checks.filter { $0.sampledAt != nil }
        family(
            "lookout_check_success",
            .gauge,
            "1 if the newest conclusive sample is ok, 0 if it failed."
        ) {
            sampled.filter { $0.outcome == "ok" || $0.outcome == "failed" }
                .map { ($0.metricsLabels, $0.outcome == "ok" ? 1 : 0) }
        }
        family("lookout_check_duration_seconds", .gauge, "How long the newest run took.") {
            sampled.map { ($0.metricsLabels, $0.duration?.inSeconds ?? 0) }
        }
        family("lookout_check_http_status_code", .gauge, "HTTP status of the newest answer.") {
            sampled.compactMap { check in check.statusCode.map { (check.metricsLabels, Double($0)) } }
        }
        family("lookout_check_last_run_timestamp_seconds", .gauge, "When the newest run began.") {
            sampled.map { ($0.metricsLabels, $0.sampledAt?.unixSeconds ?? 0) }
        }
    }

    fileprivate mutating func counters(_ counters: AgentCounters) {
        for (name, help, value) in [
            ("runs", "Runs of checks.", counters.runs),
            (
                "skipped_runs", "Runs left out because the one before was still under way.",
                counters.skippedRuns
            ),
            ("samples_stored", "Samples written to the store.", counters.samplesStored),
            ("samples_dropped", "Samples lost because the store did not take them.", counters.samplesDropped),
            (
                "audit_findings", "Alerts that fired and were not told as they should have been.",
                counters.auditFindings
            ),
        ] {
            family("lookout_\(name)_total", .counter, help) { [(Labels(), Double(value))] }
        }
        family("lookout_offline", .gauge, "1 while Lookout has no network, as far as it knows.") {
            [(Labels(), counters.isOffline ? 1 : 0)]
        }
        family("lookout_runs_in_flight", .gauge, "Runs under way now.") {
            [(Labels(), Double(counters.runsInFlight))]
        }
    }
}

extension CheckStatus {
    fileprivate var metricsLabels: Labels {
        ["environment": id.environment, "probe": id.probe, "type": type]
    }
}
