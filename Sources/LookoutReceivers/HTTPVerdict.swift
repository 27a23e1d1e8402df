/// What a status of HTTP says about a message that was posted: one table for all receivers that have no
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
}
