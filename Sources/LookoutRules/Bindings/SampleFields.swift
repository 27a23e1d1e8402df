import CEL
import LookoutModel

/// The fields of `sample`, of `previous` and of the elements of `checks`.
enum SampleFields {
    typealias Field = SampleType.Field

    /// Which check a sample is of, and how old it is: what an element of `checks` has besides.
    static let standing: [Field] = [
        Field("name", .string, "The check, such as `production/frontend`.") {
            .string($0.check.id.description)
        },
        Field("probe", .string, "The name of the probe.") { .string($0.check.id.probe) },
        Field("type", .string, "The probe's type.") { .string($0.check.type) },
        Field("labels", .map(.string, .string), "The check's labels.") { .map($0.check.labels) },
        Field("age", .duration, "How long ago the run began.") { view in
            view.clock.map { .duration($0.now - view.sample.startedAt.clamped) }
        },
    ]

    /// What is kept of every sample, so that `previous` has it too.
    static let stored: [Field] = [
        Field(
            "outcome",
            .string,
            "`ok` or `failed`; of a sample that says nothing, `error` or `inconclusive`."
        ) {
            .string($0.sample.outcome.name)
        },
        Field("ok", .bool, "Whether the target answered as expected.") { .bool($0.sample.outcome == .ok) },
        Field("failed", .bool, "Whether it did not.") { .bool($0.sample.outcome.failure != nil) },
        Field("failure", .string, "The class of the failure, such as `timeout`; `\"\"` without one.") {
            .string($0.sample.outcome.failure?.kind.rawValue ?? "")
        },
        Field("message", .string, "The failure in words; `\"\"` without one.") {
            .string($0.sample.outcome.message ?? "")
        },
        Field("status", .int, "The HTTP status, where there was an answer.") {
            $0.sample.statusCode.map { .int($0) }
        },
        Field("version", .string, "The version that the target says it runs, where it says so.") {
            $0.sample.version.map { .string($0) }
        },
        Field("duration", .duration, "How long the run took as a whole.") {
            .duration($0.sample.timings.total)
        },
        Field("timings", timings.valueType, "How long each phase took.") { $0.timings() },
        Field("attempts", .int, "How often it was asked: more than 1 means that earlier attempts failed.") {
            .int($0.sample.attempts)
        },
        Field("started_at", .timestamp, "When the run began.") { .timestamp($0.sample.startedAt) },
    ]

    /// What only a fresh sample has.
    static let observed: [Field] = [
        Field(
            "headers",
            .map(.string, .string),
            "The answer's headers by lower-cased name; repeated ones joined by a comma."
        ) { view throws(EvaluationError) in try view.headers() },
        Field("body", .string, "The answer's body as text.") { view throws(EvaluationError) in
            try view.body()
        },
        Field("json", .dyn, "The body as JSON, if it is JSON.") { view throws(EvaluationError) in
            try view.json()
        },
        Field("findings", .list(.string), "Remarks of the probe that did not make the run fail.") {
            view throws(EvaluationError) in
            try view.findings()
        },
        Field("certificate", certificate.valueType, "The TLS certificates that the target presented.") {
            view throws(EvaluationError) in
            try view.certificate()
        },
    ]

    /// The facts of a probe type as a field of `sample`, absent from samples of other types.
    static func facts(of type: ProbeTypeFacts) -> Field {
        let facts = FactsField(type.name, as: factsRecord(of: type))
        return Field(type.name, facts.record.valueType, "What probes of type \(type.name) report besides.") {
            view throws(EvaluationError) in
            try view.facts(facts)
        }
    }

    static func factsRecord(of type: ProbeTypeFacts) -> RecordType<[String: JSONValue]> {
        RecordType(
            "sample.\(type.name)",
            type.facts.map { fact in
                RecordType.Field(fact.name, fact.kind.valueType, fact.summary) { facts in
                    facts[fact.name].flatMap { fact.kind.value($0) }
                }
            }
        )
    }

    static let timings = RecordType<Timings>(
        "timings",
        [
            .init("dns", .duration, "Name resolution.") { $0.dns.map { .duration($0) } },
            .init("connect", .duration, "The TCP connection.") { $0.connect.map { .duration($0) } },
            .init("tls", .duration, "The TLS handshake.") { $0.tls.map { .duration($0) } },
            .init("first_byte", .duration, "From the request to the first byte of the answer.") {
                $0.firstByte.map { .duration($0) }
            },
            .init("transfer", .duration, "From the first byte to the last.") {
                $0.transfer.map { .duration($0) }
            },
            .init("total", .duration, "The whole run.") { .duration($0.total) },
        ]
    )

    struct CertificateView {
        let chain: CertificateChain
        let seenAt: Timestamp
    }

    static let certificate = RecordType<CertificateView>(
        "certificate",
        [
            .init("trusted", .bool, "Whether the chain was accepted for the host.") {
                .bool($0.chain.isTrusted)
            },
            .init("expires_at", .timestamp, "When the first certificate of the chain expires.") {
                $0.chain.earliestExpiry.map { .timestamp($0) }
            },
            .init("expires_in", .duration, "How long that was after the sample began.") { view in
                view.chain.earliestExpiry.map { .duration($0.clamped - view.seenAt.clamped) }
            },
            .init("subject", .string, "The subject of the target's own certificate.") {
                $0.chain.certificates.first.map { .string($0.subject) }
            },
            .init("issuer", .string, "Its issuer.") {
                $0.chain.certificates.first.map { .string($0.issuer) }
            },
            .init("names", .list(.string), "The host names that it is for.") {
                $0.chain.certificates.first.map { .strings($0.names) }
            },
        ]
    )
}

extension FactField.Kind {
    fileprivate var valueType: ValueType {
        switch self {
        case .bool: .bool
        case .int: .int
        case .double: .double
        case .string: .string
        case .strings: .list(.string)
        case .dynamic: .dyn
        }
    }

    /// The fact as a value of the declared type; nil for null, and for a value of another type,
    /// which an expression must not see under the declared one.
    fileprivate func value(_ json: JSONValue) -> Value? {
        switch (self, json) {
        case (_, .null): nil
        case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string), (.dynamic, _): Value(json)
        case (.double, .int(let whole)): .double(Double(whole))
        case (.strings, .array(let elements)):
            elements.allSatisfy { $0.string != nil } ? Value(json) : nil
        default: nil
        }
    }
}
