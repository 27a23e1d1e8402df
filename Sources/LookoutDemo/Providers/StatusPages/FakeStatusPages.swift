package import LookoutModel

/// The status pages of the providers, in the form of statuspage.io, under `/<provider>/api/v2/status.json`.
package struct FakeStatusPages: FakeProvider {
    /// What a provider says of itself.
    package struct Incident: Hashable, Sendable {
        /// `none`, `minor`, `major`, `critical`.
        package var indicator: String
        package var description: String

        package init(indicator: String, description: String) {
            self.indicator = indicator
            self.description = description
        }
    }

    package static let name = ProviderName.status

    /// Status pages are open to everybody.
    package var account = FakeAccount(grants: [:])
    package var budget = RequestBudget(limit: 600, window: .seconds(60))
    package var faults: Set<ProviderFaultKind> = []
    /// By provider; who is not in it has none.
    package var incidents: [ProviderName: Incident] = [:]

    package init() {}

    package mutating func advance(to now: Timestamp) {}

    package mutating func answer(_ request: DemoRequest, now: Timestamp) -> DemoReply {
        let segments = ProviderCall(request, now: now).segments
        guard segments.count == 4, Array(segments.dropFirst()) == ["api", "v2", "status.json"],
            let provider = ProviderName(rawValue: segments[0]), provider != .status
        else { return DemoReply(404, headers: [("content-type", "text/html")], body: "<h1>Not Found</h1>\n") }
        let incident = incidents[provider]
        return .json(
            200,
            [
                "page": [
                    "id": .string(provider.rawValue), "name": .string(provider.rawValue),
                    "url": .string("https://status.\(provider.rawValue).example"), "time_zone": "Etc/UTC",
                    "updated_at": .string(now.rfc3339),
                ],
                "status": [
                    "indicator": .string(incident?.indicator ?? "none"),
                    "description": .string(incident?.description ?? "All Systems Operational"),
                ],
            ]
        )
    }
}
