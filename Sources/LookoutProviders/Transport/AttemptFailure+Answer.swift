import LookoutDeployments
import LookoutHTTP
import LookoutModel

extension AttemptFailure {
    /// What a status outside of 2xx means, and what a person can do about it.
    init(
        answer response: HTTPResponse,
        to request: ProviderRequest,
        of account: ProviderAccount,
        at now: Timestamp
    ) {
        let status = response.statusCode
        let body = try? JSONValue(parsing: response.body, maximumDepth: ProviderTransport.maximumDepth)
        let explanation = body.flatMap(ProviderExplanation.text)
        let words = explanation.map { "\(status): \(account.words($0))" } ?? "HTTP status \(status)"
        let place = "\(account.name), \(request.subject): "
        let notice = RateLimitNotice(response.headers, at: now)
        if Self.isLimit(status, notice, explanation) {
            // GitHub wants a minute where it does not say how long; others are asked less often by themselves.
            let wait = notice.wait ?? (status == 429 ? nil : .seconds(60))
            let until = wait.map { now + $0 }
            let time = until.map { ", it answers again at \($0.rfc3339)" } ?? ""
            self.init(
                .rateLimited("\(place)asked too often (\(words))\(time)", until: until),
                mayPass: true,
                wait: wait
            )
            return
        }
        let isRead = request.method == "GET"
        switch status {
        case 401:
            self.init(.unauthorized("\(place)the token is not accepted (\(words)); \(account.advice)"))
        case 402, 403:
            let token = account.tokenName.map { "the token in \($0) lacks the right" } ?? "it is not allowed"
            self.init(.forbidden("\(place)\(token), or the plan lacks the feature (\(words))"))
        case 404, 410:
            self.init(
                .notFound("\(place)not found (\(words)); check the id, and that the token's owner may see it")
            )
        case 409, 412, 422, 423,
            400 where !isRead, 405 where !isRead:
            self.init(.refused("\(place)refused as it stands (\(words))"))
        case 408, 425, 500...599:
            self.init(
                .unreachable("\(place)the provider is in trouble (\(words))"),
                mayPass: true,
                wait: notice.wait
            )
        default:
            self.init(.unexpected("\(place)an answer that the documentation does not have (\(words))"))
        }
    }

    /// Why no answer came.
    init(transfer error: TransferError, for request: ProviderRequest, of account: ProviderAccount) {
        let text = "\(account.name), \(request.subject): \(account.words(error.message))"
        switch error.cause {
        case .target(.size):
            self.init(.unexpected("\(text); nothing of that size is expected"))
        case .target(.tls):
            self.init(.unreachable(text))
        case .target:
            self.init(.unreachable(text), mayPass: true)
        case .local, .forbidden:
            self.init(.unreachable("\(text); Lookout itself could not ask"))
        case .cancelled:
            self.init(.unreachable("\(account.name), \(request.subject): stopped before it was answered"))
        }
    }

    /// 429 always; 403 where the header lines or the words say so, which is how GitHub tells of its limits.
    private static func isLimit(_ status: Int, _ notice: RateLimitNotice, _ explanation: String?) -> Bool {
        guard status == 403 else { return status == 429 }
        return notice.isExhausted || notice.isAsking
            || explanation.map { $0.lowercased().contains("rate limit") } ?? false
    }
}
