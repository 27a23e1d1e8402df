import CEL
import LookoutModel

/// The fields of `sample` and `previous`.
enum SampleFields {
    typealias Field = BoundType<SampleView>.Field

    /// What is kept of every sample, so that `previous` has it too.
    static let stored: [Field] = [
        Field("outcome", .string) { .string($0.sample.outcome.name) },
        Field("ok", .bool) { .bool($0.sample.outcome == .ok) },
        Field("failed", .bool) { .bool($0.sample.outcome.failure != nil) },
        Field("failure", .string) { .string($0.sample.outcome.failure?.kind.rawValue ?? "") },
        Field("message", .string) { .string($0.sample.outcome.message ?? "") },
        Field("status", .int) { $0.sample.statusCode.map { .int($0) } },
        Field("version", .string) { $0.sample.version.map { .string($0) } },
        Field("duration", .duration) { .duration($0.sample.timings.total) },
        Field("timings", timings.valueType) { timings.value($0.sample.timings) },
        Field("attempts", .int) { .int($0.sample.attempts) },
        Field("started_at", .timestamp) { .timestamp($0.sample.startedAt) },
    ]

    /// What only a fresh sample has.
    static let observed: [Field] = [
        Field("headers", .map(.string, .string)) { $0.headersValue },
        Field("body", .string) { $0.bodyValue },
        Field("json", .dyn) { $0.jsonValue },
        Field("findings", .list(.string)) { $0.sample.observation.map { .strings($0.findings) } },
        Field("certificate", certificate.valueType) { view in
            view.sample.observation?.certificates.map {
                certificate.value(CertificateView(chain: $0, seenAt: view.sample.startedAt))
            }
        },
    ]

    /// The facts of a probe type as a field of `sample`, absent from samples of other types.
    static func facts(of type: ProbeTypeFacts) -> Field {
        let bound = BoundType<[String: JSONValue]>(
            "sample.\(type.name)",
            type.facts.map { fact in
                BoundType.Field(fact.name, fact.kind.valueType) { facts in
                    facts[fact.name].flatMap { fact.kind.value($0) }
                }
            }
        )
        return Field(type.name, bound.valueType) { view in
            guard view.type == type.name, let observation = view.sample.observation else { return nil }
            return bound.value(observation.facts)
        }
    }

    private static let timings = BoundType<Timings>(
        "timings",
        [
            .init("dns", .duration) { $0.dns.map { .duration($0) } },
            .init("connect", .duration) { $0.connect.map { .duration($0) } },
            .init("tls", .duration) { $0.tls.map { .duration($0) } },
            .init("first_byte", .duration) { $0.firstByte.map { .duration($0) } },
            .init("transfer", .duration) { $0.transfer.map { .duration($0) } },
            .init("total", .duration) { .duration($0.total) },
        ]
    )

    private struct CertificateView {
        let chain: CertificateChain
        let seenAt: Timestamp
    }

    private static let certificate = BoundType<CertificateView>(
        "certificate",
        [
            .init("trusted", .bool) { .bool($0.chain.isTrusted) },
            .init("expires_at", .timestamp) { $0.chain.earliestExpiry.map { .timestamp($0) } },
            .init("expires_in", .duration) { view in
                view.chain.earliestExpiry.map { .duration($0 - view.seenAt) }
            },
            .init("subject", .string) { $0.chain.certificates.first.map { .string($0.subject) } },
            .init("issuer", .string) { $0.chain.certificates.first.map { .string($0.issuer) } },
            .init("names", .list(.string)) { $0.chain.certificates.first.map { .strings($0.names) } },
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
