import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// What an HTTP answer says about a notice that was posted: one table for all receivers that have no
/// convention of their own.
///
/// 2xx took it. What may pass (408, 409, 423, 424, 425, 429, 5xx) is tried again. What is about the
/// message (400, 413, 422) will never change. Every other refusal, redirects included, is about the
/// address or the credentials, which a person has to mend.
enum HTTPVerdict {
    static func verdict(on response: HTTPResponse, at now: Timestamp) -> SendVerdict {
        let status = response.statusCode
        switch status {
        case 200...299:
            return .delivered
        case 408, 409, 423, 424, 425, 429, 500...599:
            let after = response.headers.first(named: "Retry-After")
                .flatMap { RetryAfter.wait($0, at: now) }
            return .retry(after: after, reason: "the receiver answered with status \(status)")
        case 400, 413, 422:
            return .rejected(reason: "the receiver does not take this message: status \(status)")
        case 300...399:
            return .broken(
                reason: "the receiver answered with a redirect (status \(status)), which is not followed; "
                    + "configure the final address"
            )
        case 400...499:
            return .broken(
                reason: "the receiver answered with status \(status); check its address and credentials"
            )
        default:
            return .retry(after: nil, reason: "the receiver answered with status \(status)")
        }
    }

    /// What an exchange that did not come about says; the secret is kept out of the reason.
    static func verdict(on error: TransferError, withholding secret: Secret) -> SendVerdict {
        if error.cause == .target(.size) {
            return .broken(
                reason: "the receiver answers with far more than a receiver would; check its address"
            )
        }
        let message = error.message.split(separator: secret.reveal(), omittingEmptySubsequences: false)
            .joined(separator: "<secret>")
        return .retry(after: nil, reason: message)
    }
}
