import LookoutHTTP
package import LookoutModel
package import LookoutProbing

/// Asks an HTTP endpoint and holds the answer against what is expected.
package struct HTTPProbe: ProbeType {
    package static let name = "http"
    package static let summary = "Asks a URL and checks status, headers, body, JSON, time and certificate."
    package static let facts = [
        FactField("final_url", .string, "The URL that answered, after redirects."),
        FactField("redirects", .int, "How many redirects were followed."),
        FactField("protocol", .string, "The protocol of the answer, such as HTTP/1.1."),
        FactField("remote_address", .string, "The address that answered."),
        FactField("content_type", .string, "The Content-Type of the answer, if it has one."),
        FactField("body_bytes", .int, "The length of the body."),
        FactField("is_json", .bool, "Whether the body is JSON."),
        FactField("unmet", .strings, "Each expectation that was not met, in words."),
    ]

    private let settings: HTTPProbeSettings

    package init(settings: HTTPProbeSettings) {
        self.settings = settings
    }

    package func run(_ context: ProbeContext) async -> ProbeResult {
        do {
            let response = try await context.transport.send(settings.request(timeout: context.timeout))
            return result(response)
        } catch {
            return ProbeResult(error)
        }
    }

    private func result(_ response: HTTPResponse) -> ProbeResult {
        let json = try? JSONValue(parsing: response.body)
        let verdict = HTTPVerdict(response, json: json, against: settings.expectations)
        var facts: [String: JSONValue] = [
            "final_url": .string(response.finalURL),
            "redirects": .int(Int64(response.redirects)),
            "protocol": .string(response.version),
            "body_bytes": .int(Int64(response.body.count)),
            "is_json": .bool(json != nil),
            "unmet": .array(verdict.unmet.map { .string($0.message) }),
        ]
        facts["remote_address"] = response.remoteAddress.map { .string($0) }
        facts["content_type"] = response.headers.first(named: "Content-Type").map { .string($0) }
        return ProbeResult(
            verdict.outcome,
            timings: response.timings,
            statusCode: response.statusCode,
            version: settings.versionSource.version(headers: response.headers, json: json),
            observation: Observation(
                headers: response.headers,
                body: response.body,
                json: json,
                certificates: response.certificates,
                facts: facts
            )
        )
    }
}
