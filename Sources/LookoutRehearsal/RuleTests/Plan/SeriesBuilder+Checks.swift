import LookoutConfiguration
import LookoutModel
import LookoutRules
import LookoutSettings

extension SeriesBuilder {
    /// From how often to how rarely a check may run in a test.
    private static let intervals: ClosedRange<Duration> = .seconds(1)...(.seconds(366 * 86_400))

    /// The check of a series: the configuration's if there is one, else as the series has it.
    mutating func check(_ settings: CheckSeriesSettings) -> Check? {
        guard let text = settings.check else { return nil }
        guard let id = CheckID(text.text) else {
            diagnostics.error(
                "\"\(text.text.shortened)\" is not a check",
                at: text.position,
                hint: "write environment/probe, such as production/backend-health"
            )
            return nil
        }
        let length = settings.interval ?? interval
        guard Self.intervals.contains(length.duration) else {
            diagnostics.error("an interval is from 1s to 366d", at: text.position)
            return nil
        }
        if let configuration = scene.configuration {
            return configured(id, at: text.position, settings, configuration.checks.map(\.check))
        }
        let type = settings.type?.value ?? "http"
        guard scene.types.contains(where: { $0.name == type }) else {
            diagnostics.error(
                "there is no probe type \"\(type.shortened)\"",
                at: settings.type?.position ?? text.position,
                hint: Spelling.hint(for: type, among: scene.types.map(\.name))
            )
            return nil
        }
        let labels = environments[id.environment]?.labels ?? [:]
        return Check(
            id: id,
            type: type,
            interval: length.duration,
            timeout: min(.seconds(10), length.duration),
            labels: labels.merging(settings.labels?.value ?? [:])
        )
    }

    private mutating func configured(
        _ id: CheckID,
        at position: SourcePosition,
        _ settings: CheckSeriesSettings,
        _ checks: [Check]
    ) -> Check? {
        guard let check = checks.first(where: { $0.id == id }) else {
            diagnostics.error(
                "the configuration has no check \(id)",
                at: position,
                hint: Spelling.hint(for: id.description, among: checks.map(\.id.description))
            )
            return nil
        }
        if let type = settings.type, type.value != check.type {
            diagnostics.error("\(id) is of type \(check.type) in the configuration", at: type.position)
        }
        if let labels = settings.labels {
            diagnostics.error("the labels of \(id) are the configuration's", at: labels.position)
        }
        guard let interval = settings.interval else { return check }
        return Check(
            id: check.id,
            type: check.type,
            interval: interval.duration,
            timeout: check.timeout,
            attempts: check.attempts,
            labels: check.labels
        )
    }
}
