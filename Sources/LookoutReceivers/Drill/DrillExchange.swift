import LookoutHTTP
import LookoutModel

/// What went over the wire in a drill, as text for people and with nothing in it that is a right to post.
package struct DrillExchange: Hashable, Sendable {
    /// Characters of a body that are shown.
    private static let longestBody = 4000

    package var request: String
    package var answer: String

    package init(request: String, answer: String) {
        self.request = request
        self.answer = answer
    }

    init(
        _ request: HTTPRequest,
        _ result: Result<HTTPResponse, TransferError>,
        secrets: [Secret]
    ) {
        // A peer may repeat what it was sent, in whatever form.
        let mask = SecretMask(secrets + Self.secrets(in: request))
        self.request = Self.text(of: request, mask)
        answer =
            switch result {
            case .success(let response): Self.text(of: response, mask)
            case .failure(let error): "no answer: \(mask.masked(error.message))\n"
            }
    }

    init(_ mail: MailSubmission, _ result: Result<MailReceipt, MailError>, secrets: [Secret]) {
        let mask = SecretMask(secrets + (mail.credentials.map { [$0.proof.secret] } ?? []))
        let recipients = mail.recipients.map { "RCPT TO:<\($0)>" }.joined(separator: "\n")
        let login = mail.credentials.map { "AUTH \($0.user) <secret>\n" } ?? ""
        request = mask.masked(
            "\(mail.host):\(mail.port) (\(mail.security))\n\(login)MAIL FROM:<\(mail.sender)>\n\(recipients)\n\n"
                + Self.shortened(String(decoding: mail.content, as: UTF8.self)) + "\n"
        )
        answer =
            switch result {
            case .success(let receipt): mask.masked("taken: \(receipt)") + "\n"
            case .failure(let error): mask.masked("not taken: \(error)") + "\n"
            }
    }

    private static func text(of request: HTTPRequest, _ mask: SecretMask) -> String {
        var lines = ["\(request.method) \(address(request.url))"]
        if request.basicAuthentication != nil { lines.append("Authorization: Basic <secret>") }
        if request.bearerToken != nil { lines.append("Authorization: Bearer <secret>") }
        lines += request.headers.map {
            "\($0.name): \(isHarmless($0.name) ? mask.masked($0.value) : "<secret>")"
        }
        return lines.joined(separator: "\n") + "\n\n" + body(request.body ?? [], mask) + "\n"
    }

    private static func text(of response: HTTPResponse, _ mask: SecretMask) -> String {
        let headers = response.headers.filter { isHarmless($0.name) }
            .map { "\($0.name): \(mask.masked($0.value))\n" }
        return "\(response.version) \(response.statusCode)\n\(headers.joined())\n"
            + body(response.body, mask) + "\n"
    }

    /// What in a request is, or may be, a right to post.
    private static func secrets(in request: HTTPRequest) -> [Secret] {
        var secrets =
            [Secret(request.url)]
            + [request.bearerToken, request.basicAuthentication?.password].compactMap(\.self)
        secrets += request.headers.filter { !isHarmless($0.name) }.map { Secret($0.value) }
        if let json = try? JSONValue(parsing: request.body ?? []) {
            secrets += json.credentials.map { Secret($0) }
        }
        // What is shorter is a word, and would be masked out of everything.
        return secrets.filter { $0.reveal().utf8.count >= 6 }
    }

    /// Scheme and host; what is behind them is mostly a right to post.
    private static func address(_ url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return "<secret>" }
        let host = parts[2].split(separator: "@").last ?? ""
        return "\(parts[0])//\(host)" + (parts.count > 3 && !parts[3].isEmpty ? "/<secret>" : "/")
    }

    /// Header fields that say how, and not who: all others may hold a secret.
    private static func isHarmless(_ name: String) -> Bool {
        [
            "content-type", "content-length", "content-encoding", "accept", "user-agent", "date", "server",
            "retry-after", "webhook-id", "webhook-timestamp", "title", "priority", "tags", "location-hint",
            "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-reset-after",
        ].contains(name.lowercased())
    }

    private static func body(_ bytes: [UInt8], _ mask: SecretMask) -> String {
        guard let json = try? JSONValue(parsing: bytes) else {
            return shortened(mask.masked(String(decoding: bytes, as: UTF8.self)))
        }
        return shortened(mask.masked(json.withoutCredentials.prettyJSONText))
    }

    private static func shortened(_ text: String) -> String {
        text.count <= longestBody ? text : text.prefix(longestBody) + "…"
    }
}

extension MailCredentials.Proof {
    fileprivate var secret: Secret {
        switch self {
        case .password(let secret), .token(let secret): secret
        }
    }
}
