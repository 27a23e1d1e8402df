import LookoutModel
import Testing

/// A fault of the stack: what the checks see of it, and which rules must hold, with their severity in
/// production.
///
/// Checks that are not named see nothing unusual.
struct StackFault: CustomTestStringConvertible {
    let name: String
    let samples: [String: StackSample]
    let rules: [String: Int]

    init(_ name: String, _ rules: [String: Int], _ samples: [String: StackSample]) {
        self.name = name
        self.rules = rules
        self.samples = samples
    }

    var testDescription: String { name }

    func samples(in environment: String, at time: Int64) -> [String: Sample] {
        StackSample.healthy.merging(samples) { _, faulty in faulty }
            .reduce(into: [:]) {
                $0[$1.key] = $1.value.sample(CheckID(environment: environment, probe: $1.key), time)
            }
    }
}

/// What one check sees.
struct StackSample {
    var outcome = Outcome.ok
    var status: Int? = 200
    var total = Duration.milliseconds(180)
    var version: String?
    var body = ""
    var facts: [String: JSONValue] = [:]
    var certificate = (isTrusted: true, days: 60)
    var hasCertificate = true

    func sample(_ check: CheckID, _ time: Int64) -> Sample {
        let chain = CertificateChain(
            certificates: [
                Certificate(
                    subject: "CN=example.com",
                    issuer: "CN=ca",
                    names: ["example.com"],
                    notBefore: .epoch,
                    notAfter: Timestamp(seconds: time + Int64(certificate.days) * 86_400)
                )
            ],
            isTrusted: certificate.isTrusted
        )
        return Sample(
            check: check,
            startedAt: Timestamp(seconds: time),
            outcome: outcome,
            timings: Timings(total: total),
            statusCode: status,
            version: version,
            observation: Observation(
                body: Array(body.utf8),
                json: try? JSONValue(parsing: Array(body.utf8)),
                certificates: hasCertificate ? chain : nil,
                facts: facts
            )
        )
    }

    static func failed(
        _ kind: FailureClass,
        status: Int? = nil,
        facts: [String: JSONValue] = [:]
    ) -> StackSample {
        StackSample(
            outcome: .failed(Failure(kind, "as the test says")),
            status: status,
            facts: facts,
            hasCertificate: status != nil
        )
    }

    func with(_ change: (inout StackSample) -> Void) -> StackSample {
        var changed = self
        change(&changed)
        return changed
    }
}

extension StackSample {
    static let healthy = [
        "backend-health": health(), "api-cors": cors(), "chat-websocket": chat(), "frontend": page(),
    ]

    static let goodServices =
        #"{"database":"connected","redis":"connected","openai":"available","tts":"operational"}"#

    /// The health document; `more` is put at its end.
    static func health(
        status: String = "healthy",
        services: String? = goodServices,
        version: String = "2.0.4",
        more: String = ""
    ) -> StackSample {
        var body = #"{"status":"\#(status)","version":"\#(version)""#
        if let services { body += #","services":\#(services)"# }
        return StackSample(version: version, body: body + more + "}")
    }

    static func service(_ name: String, _ state: String) -> String {
        let good = [
            "database": "connected", "redis": "connected", "openai": "available", "tts": "operational",
        ]
        let all = good.merging([name: state]) { $1 }
        return "{"
            + all.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
            + "}"
    }

    static func cors(
        refused: [JSONValue] = [],
        unexpected: [JSONValue] = [],
        wildcardWithCredentials: Bool = false
    ) -> StackSample {
        let isFine = refused.isEmpty && unexpected.isEmpty
        return StackSample(
            outcome: isFine
                ? .ok : .failed(Failure(refused.isEmpty ? .condition : .header, "as the test says")),
            facts: [
                "refused": .array(refused), "unexpected": .array(unexpected),
                "wildcard_with_credentials": .bool(wildcardWithCredentials), "reason": "as the test says",
            ]
        )
    }

    static func chat(
        _ failure: FailureClass? = nil,
        status: Int? = 101,
        isOpened: Bool = true,
        isAnswered: Bool = true,
        more: [String: JSONValue] = [:]
    ) -> StackSample {
        StackSample(
            outcome: failure.map { .failed(Failure($0, "as the test says")) } ?? .ok,
            status: status,
            facts: ["opened": .bool(isOpened), "answered": .bool(isAnswered)].merging(more) { $1 }
        )
    }

    static func page(
        _ failure: FailureClass? = nil,
        total: Duration = .milliseconds(900),
        broken: [JSONValue] = [],
        markers: [JSONValue] = [],
        hosts: [JSONValue] = []
    ) -> StackSample {
        StackSample(
            outcome: failure.map { .failed(Failure($0, "as the test says")) } ?? .ok,
            total: total,
            version: "2.0.4",
            body: "<html>",
            facts: [
                "broken_assets": .array(broken), "markers_found": .array(markers),
                "foreign_hosts_found": .array(hosts),
                "assets": 2, "bytes": 1000, "load_seconds": .double(total.inSeconds), "places": [:],
            ]
        )
    }
}
