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
    /// What a status outside of 2xx is about.
    static func meaning(ofStatus status: Int) -> AnswerTable.Meaning {
        switch status {
        case 408, 409, 423, 424, 425, 429, 500...599: .retry
        case 400, 413, 422: .rejected
        case 300...499: .broken
        default: .retry
        }
    }

    static func verdict(on response: HTTPResponse, at now: Timestamp) -> SendVerdict {
        AnswerTable(provider: "the receiver").verdict(on: ProviderAnswer(response), at: now)
    }

    /// What an exchange that did not come about says; the secret is kept out of the reason.
    static func verdict(on error: TransferError, withholding secret: Secret) -> SendVerdict {
        if error.cause == .target(.size) {
            return .broken(
                reason: "the receiver answers with far more than a receiver would; check its address"
            )
        }
        return .retry(after: nil, reason: SecretMask([secret]).masked(error.message))
    }
}
