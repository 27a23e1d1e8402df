import LookoutAlerting
import LookoutHTTP
import LookoutModel
import Testing

@testable import LookoutReceivers

struct HTTPVerdictTests {
    /// What a verdict comes to, without its words.
    enum Kind: Hashable, Sendable {
        case delivered
        case retry(Int64?)
        case broken
        case rejected

        init(_ verdict: SendVerdict) {
            switch verdict {
            case .accepted: self = .delivered
            case .retry(let after, _): self = .retry(after?.components.seconds)
            case .broken: self = .broken
            case .rejected: self = .rejected
            }
        }
    }

    @Test(arguments: [
        (200, Kind.delivered), (201, .delivered), (202, .delivered), (204, .delivered), (299, .delivered),
        (301, .broken), (302, .broken), (303, .broken), (307, .broken), (308, .broken), (304, .broken),
        (400, .rejected), (413, .rejected), (422, .rejected),
        (401, .broken), (403, .broken), (404, .broken), (405, .broken), (407, .broken), (410, .broken),
        (415, .broken), (451, .broken),
        (408, .retry(nil)), (409, .retry(nil)), (425, .retry(nil)), (429, .retry(nil)), (500, .retry(nil)),
        (501, .retry(nil)), (502, .retry(nil)), (503, .retry(nil)), (504, .retry(nil)), (599, .retry(nil)),
        (100, .retry(nil)), (600, .retry(nil)), (0, .retry(nil)),
    ])
    func `each status has its verdict`(status: Int, expected: Kind) {
        #expect(Kind(verdict(on: HTTPResponse(statusCode: status))) == expected)
    }

    @Test(arguments: [408, 425, 429, 500, 503])
    func `Retry-After is heard wherever a retry makes sense`(status: Int) {
        let response = HTTPResponse(statusCode: status, headers: [HeaderField("retry-after", "17")])
        #expect(Kind(verdict(on: response)) == .retry(17))
    }

    @Test(arguments: [
        TransferError.Cause.target(.dns), .target(.connect), .target(.tls), .target(.timeout),
        .target(.protocolViolation), .local, .cancelled,
    ])
    func `an exchange that did not come about is tried again, without the secret`(cause: TransferError.Cause)
    {
        let error = TransferError(cause, "no answer from https://hooks.example.org/T0P/s3cret in 5 s")
        #expect(post.verdict(on: error) == .retry(after: nil, reason: "no answer from <secret> in 5 s"))
    }

    /// A message without a convention of its provider's own.
    private var post: ProviderPost {
        ProviderPost(
            JSONValue.object([:]),
            to: Secret("https://hooks.example.org/T0P/s3cret"),
            reading: AnswerTable(provider: "the receiver")
        )
    }

    private func verdict(on response: HTTPResponse) -> SendVerdict {
        post.verdict(on: response, at: Examples.fired)
    }
}
