import CEL
import LookoutDeployments
import LookoutModel
import LookoutRules

/// What `check("backend-health")` has: the newest run of a check.
enum CheckFields {
    struct View: Sendable {
        let state: Symptoms.CheckState
        let now: Timestamp
    }

    private typealias Field = SymptomRecord<View>.Field

    static let record = SymptomRecord<View>(
        "check",
        outcome + [
            Field("headers", .map(.string, .string)) { view throws(EvaluationError) in
                let headers = try observation(view).headers
                let names = headers.map { ($0.name.lowercased(), Value.string($0.value)) }
                return .map(Dictionary(names, uniquingKeysWith: { first, _ in first }))
            },
            Field("body", .string) { view throws(EvaluationError) in
                .string(String(decoding: try observation(view).body, as: UTF8.self))
            },
            Field("json", .dyn) { view throws(EvaluationError) in
                Value(try observation(view).json.known("\(view.state.probe): the answer is no JSON"))
            },
            Field("facts", .map(.string, .dyn)) { view throws(EvaluationError) in
                .map(try observation(view).facts.mapValues { Value($0) })
            },
            Field("findings", .list(.string)) { view throws(EvaluationError) in
                .strings(try observation(view).findings)
            },
            Field("certificate_trusted", .bool) { view throws(EvaluationError) in
                .bool(try chain(view).isTrusted)
            },
            Field("certificate_expires_in", .duration) { view throws(EvaluationError) in
                let expiry = try chain(view).earliestExpiry.known("\(view.state.probe): no certificate")
                return .duration(expiry - view.now)
            },
        ]
    )

    private static let outcome: [Field] = [
        Field("ok", .bool) { view throws(EvaluationError) in .bool(try conclusive(view) == .ok) },
        Field("failed", .bool) { view throws(EvaluationError) in
            .bool(try conclusive(view).failure != nil)
        },
        Field("failure", .string) { view throws(EvaluationError) in
            .string(try conclusive(view).failure?.kind.rawValue ?? "")
        },
        Field("message", .string) { .string(PlainText.line($0.state.outcome.message ?? "", atMost: 300)) },
        Field("status", .int) { view throws(EvaluationError) in
            // A run without an answer has no status, and that is known.
            _ = try conclusive(view)
            return .int(view.state.statusCode ?? 0)
        },
        Field("version", .string) { view throws(EvaluationError) in
            .string(try view.state.version.known("\(view.state.probe): the answer has no version"))
        },
        Field("age", .duration) { .duration($0.now - $0.state.at) },
    ]

    private static func conclusive(_ view: View) throws(EvaluationError) -> Outcome {
        guard view.state.outcome.isConclusive else {
            throw .noData("\(view.state.check): \(view.state.outcome.message ?? "the last run says nothing")")
        }
        return view.state.outcome
    }

    private static func observation(_ view: View) throws(EvaluationError) -> Observation {
        try view.state.observation.known("\(view.state.check): what it saw is not kept")
    }

    private static func chain(_ view: View) throws(EvaluationError) -> CertificateChain {
        try observation(view).certificates.known("\(view.state.check): no certificate was presented")
    }
}
