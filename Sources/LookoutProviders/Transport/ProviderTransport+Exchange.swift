import LookoutDeployments
import LookoutHTTP
import LookoutModel

/// One attempt: what is sent, and how the answer is taken.
extension ProviderTransport {
    /// How often a read is sent on to another path of the same server.
    private static let maximumRedirects = 3

    func attempt(
        _ request: ProviderRequest,
        at url: String
    ) async throws(AttemptFailure) -> ProviderAnswer {
        var url = url
        for _ in 0...Self.maximumRedirects {
            try checkGate(request)
            let response = try await send(request, to: url)
            switch response.statusCode {
            case 200..<300:
                return try answer(response, to: request)
            case 301, 302, 303, 307, 308:
                url = try redirect(response, of: request)
            default:
                throw refusal(response, to: request)
            }
        }
        throw AttemptFailure(.unexpected("\(source(of: request)): it is sent on again and again"))
    }

    /// Whose answer to what, for messages: `Netlify, the deploys of the site`.
    func source(of request: ProviderRequest) -> String {
        "\(account.name), \(request.subject)"
    }

    /// Throws `rateLimited` while the provider wants to be left alone.
    private func checkGate(_ request: ProviderRequest) throws(AttemptFailure) {
        let now = now
        guard let wait = gate.wait(at: now) else { return }
        let until = now.wall + wait
        throw AttemptFailure(
            .rateLimited(
                "\(source(of: request)): not asked, the limit is used up; it answers again at \(until.rfc3339)",
                until: until
            ),
            mayPass: true,
            wait: wait
        )
    }

    private func send(
        _ request: ProviderRequest,
        to url: String
    ) async throws(AttemptFailure) -> HTTPResponse {
        if let name = account.tokenName, account.token == nil {
            throw AttemptFailure(
                .notConfigured("\(source(of: request)): no token is configured; put one into \(name)")
            )
        }
        var headers = [HeaderField("Accept", "application/json")]
        headers.removeAll { line in
            account.headers.contains { $0.name.isEqualIgnoringASCIICase(to: line.name) }
        }
        headers += account.headers
        if let name = account.tokenHeader, let token = account.token {
            headers.append(HeaderField(name, token.reveal()))
        }
        if request.body != nil { headers.append(HeaderField("Content-Type", "application/json")) }
        let outgoing = HTTPRequest(
            url: url,
            method: request.method,
            headers: headers,
            body: request.body.map { Array($0.jsonText.utf8) },
            timeout: policy.timeout,
            maximumBodyBytes: policy.maximumBodyBytes,
            bearerToken: account.tokenHeader == nil ? account.token : nil,
            reusesConnection: true
        )
        do {
            return try await http.send(outgoing)
        } catch {
            throw AttemptFailure(transfer: error, for: request, of: account)
        }
    }

    private func answer(
        _ response: HTTPResponse,
        to request: ProviderRequest
    ) throws(AttemptFailure) -> ProviderAnswer {
        let notice = RateLimitNotice(response.headers, at: now.wall)
        if notice.isExhausted, let wait = notice.wait { gate.shut(for: wait, at: now) }
        var body: JSONValue?
        if !response.body.isEmpty {
            do throws(JSONError) {
                body = try JSONValue(parsing: response.body, maximumDepth: Self.maximumDepth)
            } catch {
                throw AttemptFailure(
                    .unexpected("\(source(of: request)): the answer is not JSON: \(error.description)")
                )
            }
        }
        return ProviderAnswer(
            statusCode: response.statusCode,
            headers: response.headers,
            body: body,
            source: source(of: request)
        )
    }

    private func refusal(_ response: HTTPResponse, to request: ProviderRequest) -> AttemptFailure {
        let now = now
        let failed = AttemptFailure(answer: response, to: request, of: account, at: now.wall)
        if case .rateLimited = failed.failure, let wait = failed.wait { gate.shut(for: wait, at: now) }
        return failed
    }

    /// Where a read is sent on to; never to another server, and never with a change.
    private func redirect(
        _ response: HTTPResponse,
        of request: ProviderRequest
    ) throws(AttemptFailure) -> String {
        guard request.method == "GET", let location = response.headers.first(named: "Location") else {
            throw AttemptFailure(
                .unexpected(
                    "\(source(of: request)): an answer of status \(response.statusCode) leads nowhere"
                )
            )
        }
        guard let url = address.resolved(location) else {
            let text = account.words(location, atMost: 120)
            throw AttemptFailure(
                .unexpected(
                    "\(source(of: request)): it is sent on to another server, which is not followed: \(text)"
                )
            )
        }
        return url
    }
}
