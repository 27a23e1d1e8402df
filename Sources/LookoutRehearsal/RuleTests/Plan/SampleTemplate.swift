import LookoutModel

/// A sample without its check and its time.
struct SampleTemplate: Sendable {
    var outcome = Outcome.ok
    var timings = Timings(total: Self.usualDuration)
    var attempts = 1
    var statusCode: Int?
    var version: String?
    var observation = Observation()
    var certificate: CertificateTemplate?

    /// How long a run takes that nobody said anything about.
    static let usualDuration = Duration.milliseconds(100)

    /// The sample at a time.
    func sample(of check: CheckID, at time: Timestamp) -> Sample {
        var observation = observation
        if let certificate { observation.certificates = certificate.chain(at: time) }
        return Sample(
            check: check,
            startedAt: time,
            outcome: outcome,
            timings: timings,
            attempts: attempts,
            statusCode: statusCode,
            version: version,
            observation: observation
        )
    }

    /// Makes a JSON value the body.
    mutating func adopt(json: JSONValue) {
        observation.json = json
        observation.body = Array(json.jsonText.utf8)
    }

    /// A run that said nothing about the target.
    static func silent(_ outcome: Outcome) -> SampleTemplate {
        SampleTemplate(outcome: outcome)
    }
}

/// A certificate whose end may be counted from the sample's time on.
struct CertificateTemplate: Hashable, Sendable {
    var isTrusted: Bool
    var expiry: Expiry
    var subject: String
    var issuer: String
    var names: [String]

    /// When a certificate expires.
    enum Expiry: Hashable, Sendable {
        case at(Timestamp)
        case after(Duration)
    }

    func chain(at time: Timestamp) -> CertificateChain {
        let end =
            switch expiry {
            case .at(let end): end
            case .after(let length): time + length
            }
        let certificate = Certificate(
            subject: subject,
            issuer: issuer,
            names: names,
            notBefore: end - .seconds(90 * 86_400),
            notAfter: end
        )
        return CertificateChain(certificates: [certificate], isTrusted: isTrusted)
    }
}
