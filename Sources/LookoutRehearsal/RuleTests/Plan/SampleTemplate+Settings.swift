import LookoutModel
import LookoutSettings

extension SampleTemplate {
    /// The sample that settings describe, as a check of a type and with a timeout would make it.
    init(_ settings: SampleSettings, of check: Check) {
        outcome = Self.outcome(settings)
        timings = Timings(
            dns: settings.timings?.dns,
            connect: settings.timings?.connect,
            tls: settings.timings?.tls,
            firstByte: settings.timings?.firstByte,
            transfer: settings.timings?.transfer,
            total: settings.duration ?? Self.duration(of: outcome, check)
        )
        attempts = settings.attempts ?? 1
        statusCode = settings.status ?? Self.status(of: outcome)
        version = settings.version?.text
        observation.headers = (settings.headers ?? [:]).sorted { $0.key < $1.key }
            .map { HeaderField($0.key, $0.value.text) }
        if let json = settings.json?.json {
            adopt(json: json)
        } else if let body = settings.body?.text {
            observation.body = Array(body.utf8)
            observation.json = try? JSONValue(parsing: observation.body)
        }
        if case .object(let facts)? = settings.facts?.value.json, case .object(let own)? = facts[check.type] {
            observation.facts = own
        }
        observation.findings = (settings.findings ?? []).map(\.text)
        certificate = settings.certificate.map { CertificateTemplate($0) }
    }

    private static func outcome(_ settings: SampleSettings) -> Outcome {
        let message = settings.message?.text
        if let failure = settings.failure?.value {
            return .failed(Failure(failure, message ?? "failed in this test: \(failure.rawValue)"))
        }
        switch settings.outcome?.value {
        case nil, .ok: return .ok
        case .fail, .failed: return .failed(Failure(.condition, message ?? "failed in this test"))
        case .error: return .error(message ?? "the test says so")
        case .inconclusive: return .inconclusive(message ?? "the test says so")
        }
    }

    private static func duration(of outcome: Outcome, _ check: Check) -> Duration {
        outcome.failure?.kind == .timeout ? check.timeout : usualDuration
    }

    private static func status(of outcome: Outcome) -> Int? {
        switch outcome {
        case .ok: 200
        case .failed(let failure): failure.kind == .status ? 503 : nil
        case .error, .inconclusive: nil
        }
    }
}

extension CertificateTemplate {
    fileprivate init(_ settings: CertificateSettings) {
        let expiry: Expiry =
            if let time = settings.expiresAt {
                .at(time.timestamp)
            } else {
                .after(settings.expiresIn?.duration ?? .seconds(90 * 86_400))
            }
        self.init(
            isTrusted: settings.isTrusted,
            expiry: expiry,
            subject: settings.subject,
            issuer: settings.issuer,
            names: settings.names
        )
    }
}
