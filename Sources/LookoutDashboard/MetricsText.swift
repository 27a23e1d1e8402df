import LookoutModel

/// The status in the Prometheus text exposition format (version 0.0.4).
enum MetricsText {
    static func render(_ status: AgentStatus) -> String {
        var page = MetricsPage()
        page.family("lookout_build_info", "gauge", "The running version; always 1.") {
            [(["version": status.version], 1)]
        }
        page.family("lookout_start_time_seconds", "gauge", "When the agent started, in Unix seconds.") {
            [(Labels(), Double(status.startedAt.microseconds) / 1e6)]
        }
        page.family(
            "lookout_config_last_reload_successful",
            "gauge",
            "1 if the last reload worked, 0 if it was refused."
        ) {
            [(Labels(), status.configuration.reloadError == nil ? 1 : 0)]
        }
        let sampled = status.checks.filter { $0.sampledAt != nil }
        page.family(
            "lookout_check_success",
            "gauge",
            "1 if the newest conclusive sample is ok, 0 if it failed."
        ) {
            sampled.filter { $0.outcome == "ok" || $0.outcome == "failed" }
                .map { ($0.labels, $0.outcome == "ok" ? 1 : 0) }
        }
        page.family("lookout_check_duration_seconds", "gauge", "How long the newest run took.") {
            sampled.map { ($0.labels, $0.duration?.inSeconds ?? 0) }
        }
        page.family("lookout_check_http_status_code", "gauge", "HTTP status of the newest answer.") {
            sampled.compactMap { check in check.statusCode.map { (check.labels, Double($0)) } }
        }
        page.family("lookout_check_last_run_timestamp_seconds", "gauge", "When the newest run began.") {
            sampled.map { ($0.labels, Double($0.sampledAt?.microseconds ?? 0) / 1e6) }
        }
        page.family("lookout_alerts_firing", "gauge", "Firing alerts by severity.") {
            Severity.allCases.map { severity in
                let firing = status.alerts.filter {
                    $0.severity == severity && ($0.state == "firing" || $0.state == "recovering")
                }
                return (["severity": String(severity.rawValue)], Double(firing.count))
            }
        }
        page.family("lookout_outbox_queued", "gauge", "Notices still to be delivered, by receiver.") {
            status.receivers.map { (["receiver": $0.name, "type": $0.type], Double($0.queued)) }
        }
        page.family("lookout_notices_dead", "gauge", "Notices that were given up, by receiver.") {
            status.receivers.map { (["receiver": $0.name, "type": $0.type], Double($0.dead)) }
        }
        page.counters(status.counters)
        return page.text
    }
}

/// Builds a page, a family at a time; a family without samples is left out.
private struct MetricsPage {
    private(set) var text = ""

    mutating func family(
        _ name: String,
        _ type: String,
        _ help: String,
        samples: () -> [(labels: Labels, value: Double)]
    ) {
        let samples = samples()
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for sample in samples { text += "\(name)\(sample.labels.metricsText) \(sample.value.metricsText)\n" }
    }

    mutating func counters(_ counters: AgentCounters) {
        for (name, help, value) in [
            ("runs", "Runs of checks.", counters.runs),
            (
                "skipped_runs", "Runs left out because the one before was still under way.",
                counters.skippedRuns
            ),
            ("samples_stored", "Samples written to the store.", counters.samplesStored),
            ("samples_dropped", "Samples lost because the store did not take them.", counters.samplesDropped),
            ("rule_evaluations", "Evaluations of rules.", counters.ruleEvaluations),
            ("rule_errors", "Rules that could not be evaluated.", counters.ruleErrors),
        ] {
            family("lookout_\(name)_total", "counter", help) { [(Labels(), Double(value))] }
        }
        family("lookout_runs_in_flight", "gauge", "Runs under way now.") {
            [(Labels(), Double(counters.runsInFlight))]
        }
    }
}

extension CheckStatus {
    fileprivate var labels: Labels {
        ["environment": id.environment, "probe": id.probe, "type": type]
    }
}

extension Labels {
    /// `{name="value",…}` with the escapes of the format; nothing for no labels.
    fileprivate var metricsText: String {
        let pairs = sorted.map { "\($0.name)=\"\(Self.escape($0.value))\"" }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escape(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += #"\\"#
            case "\"": text += #"\""#
            case "\n": text += #"\n"#
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Double {
    fileprivate var metricsText: String {
        self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self)
    }
}
