import LookoutAlerting
import LookoutModel

/// One alert as it is said to Alertmanager's API (`POST /api/v2/alerts`).
struct AlertmanagerAssertion: Hashable, Sendable {
    /// What Alertmanager tells alerts by.
    var labels: [String: String]
    var annotations: [String: String]
    var startsAt: Timestamp
    /// Until when it fires, or when it was over; nil leaves it to Alertmanager (`resolve_timeout`).
    var endsAt: Timestamp?

    private static let annotationBytes = 16 << 10

    /// - Parameters:
    ///   - alert: what is said.
    ///   - endsAt: until when it fires, or when it was over.
    ///   - time: for what holds only for a while, such as an acknowledgement.
    init(_ alert: Alert, endsAt: Timestamp?, at time: Timestamp) {
        labels = Self.labels(of: alert)
        annotations = PrometheusNames.valid(
            AlertmanagerAlert.annotations(of: alert, at: time, bytes: Self.annotationBytes)
        )
        startsAt = alert.firingSince ?? alert.pendingSince
        // An alert that ends before it starts is refused.
        self.endsAt = endsAt.map { max($0, startsAt) }
    }

    /// The labels, the severity included: people route by it.
    ///
    /// So a severity that changes is another alert
    /// there, and the one before it is ended.
    static func labels(of alert: Alert) -> [String: String] {
        PrometheusNames.valid(AlertmanagerAlert.labels(of: alert))
    }

    func json(externalURL: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "labels": .texts(labels), "annotations": .texts(annotations),
            "startsAt": .string(startsAt.rfc3339),
        ]
        if let endsAt { members["endsAt"] = .string(endsAt.rfc3339) }
        if let link = WebLink(externalURL) { members["generatorURL"] = .string(link.address) }
        return .object(members)
    }
}
