import LookoutModel
import LookoutRules
import LookoutSettings

/// A sample as a test file describes it; what is left out has a default or comes from `like`.
struct SampleSettings: Settings {
    /// What a run came to, in the words of test files.
    enum OutcomeWord: String, CaseIterable, SettingsValue {
        case ok
        case fail
        case failed
        case error
        case inconclusive
    }

    var like: PlainText?
    var outcome: Located<OutcomeWord>?
    var failure: Located<FailureClass>?
    var message: PlainText?
    var status: Int?
    var version: PlainText?
    var duration: Duration?
    var timings: TimingsSettings?
    var attempts: Int?
    var headers: [String: PlainText]?
    var body: PlainText?
    var json: PlainValue?
    var certificate: CertificateSettings?
    var facts: Located<PlainValue>?
    var findings: [PlainText]?
    /// How often in a row; only in a list of `values`.
    var count: Located<Int>?

    static var fields: [Field<SampleSettings>] {
        [
            Field("like", \.like, "The name of the sample that this one differs from."),
            Field(
                "outcome",
                \.outcome,
                "ok, fail, error or inconclusive. Default: ok, or fail with failure."
            ),
            Field("failure", \.failure, "How the target failed, such as timeout or status."),
            Field("message", \.message, "What a person is told."),
            Field("status", \.status, "The HTTP status.", in: 100...999),
            Field("version", \.version, "The version that the target says it runs."),
            Field("duration", \.duration, "How long the run took."),
            Field("timings", \.timings, "How long its phases took."),
            Field("attempts", \.attempts, "How many attempts were made.", in: 1...10),
            Field("headers", \.headers, "Response headers."),
            Field("body", \.body, "The body as text."),
            Field("json", \.json, "The body as JSON."),
            Field("certificate", \.certificate, "The certificate that was presented."),
            Field("facts", \.facts, "What only the probe's type knows: {cors: {refused: [...]}}."),
            Field("findings", \.findings, "Remarks for people."),
            Field("repeat", \.count, "In a list of values: how often in a row."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if let failure, let outcome, outcome.value != .fail, outcome.value != .failed {
            context.diagnostics.error(
                "a sample that is \(outcome.value.rawValue) has no failure",
                at: failure.position,
                hint: "outcome: fail, or leave it out"
            )
        }
        if let count, !ValueLimits.repeats.contains(count.value) {
            context.diagnostics.error(
                "repeat \(count.value) is not from 1 to \(ValueLimits.repeats.upperBound)",
                at: count.position
            )
        }
    }

    /// The same, with what this leaves out as the other has it.
    func over(_ base: SampleSettings) -> SampleSettings {
        var merged = SampleSettings()
        // A sample that is said to be well has not the failure of the one that it is like.
        let isWell = outcome.map { $0.value != .fail && $0.value != .failed } ?? false
        merged.outcome = outcome ?? (failure == nil ? base.outcome : nil)
        merged.failure = failure ?? (isWell ? nil : base.failure)
        merged.message = message ?? base.message
        merged.status = status ?? base.status
        merged.version = version ?? base.version
        merged.duration = duration ?? base.duration
        merged.timings = timings ?? base.timings
        merged.attempts = attempts ?? base.attempts
        merged.headers = headers ?? base.headers
        merged.body = body ?? (json == nil ? base.body : nil)
        merged.json = json ?? (body == nil ? base.json : nil)
        merged.certificate = certificate ?? base.certificate
        merged.facts = facts ?? base.facts
        merged.findings = findings ?? base.findings
        merged.count = count
        return merged
    }
}

extension FailureClass: SettingsValue {}

/// How long the phases of a run took.
struct TimingsSettings: Settings {
    var dns: Duration?
    var connect: Duration?
    var tls: Duration?
    var firstByte: Duration?
    var transfer: Duration?

    static var fields: [Field<TimingsSettings>] {
        [
            Field("dns", \.dns, "Name resolution."),
            Field("connect", \.connect, "TCP connect."),
            Field("tls", \.tls, "TLS handshake."),
            Field("first_byte", \.firstByte, "From the request to the first byte."),
            Field("transfer", \.transfer, "From the first byte to the last."),
        ]
    }
}

/// The certificate of a sample.
struct CertificateSettings: Settings {
    var isTrusted = true
    var expiresIn: SignedTime?
    var expiresAt: StartTime?
    var subject = "CN=rehearsal.example"
    var issuer = "CN=Rehearsal CA"
    var names: [String] = ["rehearsal.example"]

    static var fields: [Field<CertificateSettings>] {
        [
            Field("trusted", \.isTrusted, "Whether the chain was accepted. Default: true."),
            Field("expires_in", \.expiresIn, "When it expires, from the sample's time on. Default: 90d."),
            Field("expires_at", \.expiresAt, "When it expires."),
            Field("subject", \.subject, "Whose it is."),
            Field("issuer", \.issuer, "Who issued it."),
            Field("names", \.names, "The names that it is for."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if expiresIn != nil, expiresAt != nil {
            context.error("expires_in and expires_at exclude each other", at: node)
        }
    }
}
