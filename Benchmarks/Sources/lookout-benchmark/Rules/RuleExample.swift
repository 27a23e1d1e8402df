import LookoutModel

/// A check of the watched stack, and what its samples show.
struct RuleExample {
    let name: String
    let probe: String
    let type: String
    let outcome: Outcome
    var status: Int? = 200
    var version: String?
    var body = ""
    var facts: [String: JSONValue] = [:]

    /// The samples of the stack: each probe well, and failing in the ways that rules tell apart.
    static let all = [
        RuleExample(
            name: "backend-health, healthy",
            probe: "backend-health",
            type: "http",
            outcome: .ok,
            version: "2.0.4",
            body: health(database: "connected"),
            facts: httpFacts
        ),
        RuleExample(
            name: "backend-health, database down",
            probe: "backend-health",
            type: "http",
            outcome: .ok,
            version: "2.0.4",
            body: health(database: "disconnected"),
            facts: httpFacts
        ),
        RuleExample(
            name: "backend-health, 503",
            probe: "backend-health",
            type: "http",
            outcome: .failed(Failure(.status, "status 503, expected 200")),
            status: 503,
            body: "<html>Service Unavailable</html>",
            facts: httpFacts
        ),
        RuleExample(
            name: "backend-health, refused",
            probe: "backend-health",
            type: "http",
            outcome: .failed(Failure(.connect, "could not connect to backend.example: refused")),
            status: nil
        ),
        RuleExample(
            name: "frontend, healthy",
            probe: "frontend",
            type: "page",
            outcome: .ok,
            version: "2.0.4",
            body: page,
            facts: pageFacts
        ),
        RuleExample(
            name: "frontend, broken script",
            probe: "frontend",
            type: "page",
            outcome: .failed(Failure(.condition, "1 of 2 assets is broken")),
            version: "2.0.4",
            body: page,
            facts: pageFacts.merging(["broken_assets": ["/app.js"]]) { $1 }
        ),
        RuleExample(
            name: "api-cors, healthy",
            probe: "api-cors",
            type: "cors",
            outcome: .ok,
            facts: ["refused": [], "unexpected": [], "wildcard_with_credentials": false]
        ),
        RuleExample(
            name: "api-cors, our origin refused",
            probe: "api-cors",
            type: "cors",
            outcome: .failed(Failure(.condition, "https://shop.example is refused")),
            facts: [
                "refused": ["https://shop.example"], "unexpected": [], "wildcard_with_credentials": false,
                "reason": "the answer names no origin",
            ]
        ),
        RuleExample(
            name: "chat-websocket, healthy",
            probe: "chat-websocket",
            type: "websocket",
            outcome: .ok,
            status: 101,
            facts: ["opened": true, "answered": true]
        ),
        RuleExample(
            name: "chat-websocket, silent",
            probe: "chat-websocket",
            type: "websocket",
            outcome: .failed(Failure(.timeout, "no answer within 5 s")),
            status: 101,
            facts: ["opened": true, "answered": false]
        ),
    ]

    private static let page = "<!doctype html><title>Shop</title><script src=\"/app.js\"></script>"

    private static let pageFacts: [String: JSONValue] = [
        "broken_assets": [], "markers_found": [], "foreign_hosts_found": [], "assets": 2,
        "bytes": 1000, "load_seconds": 0.9, "places": [:],
    ]

    private static let httpFacts: [String: JSONValue] = [
        "final_url": "https://backend.example/health", "redirects": 0, "protocol": "HTTP/1.1",
        "body_bytes": 145, "is_json": true, "unmet": [], "remote_address": "192.0.2.7",
        "content_type": "application/json",
    ]

    private static func health(database: String) -> String {
        #"{"status":"healthy","services":{"database":"\#(database)","redis":"connected","#
            + #""openai":"available","tts":"operational"},"version":"2.0.4"}"#
    }

    var check: Check {
        Check(
            id: CheckID(environment: "production", probe: probe),
            type: type,
            interval: .seconds(30),
            timeout: .seconds(10)
        )
    }

    /// The sample that starts at a time; without what was seen, as it comes back from the store, where asked.
    func sample(at time: Timestamp, isStored: Bool = false) -> Sample {
        let certificate = Certificate(
            subject: "CN=backend.example",
            issuer: "CN=ca",
            names: ["backend.example"],
            notBefore: .epoch,
            notAfter: time + .seconds(60 * 86_400)
        )
        var sample = Sample(
            check: check.id,
            startedAt: time,
            outcome: outcome,
            timings: Timings(connect: .milliseconds(8), total: .milliseconds(180)),
            statusCode: status,
            version: version,
            observation: Observation(
                headers: [HeaderField("Content-Type", "application/json")],
                body: Array(body.utf8),
                json: try? JSONValue(parsing: Array(body.utf8)),
                certificates: CertificateChain(certificates: [certificate], isTrusted: true),
                facts: facts
            )
        )
        if isStored { sample.observation = nil }
        return sample
    }
}
