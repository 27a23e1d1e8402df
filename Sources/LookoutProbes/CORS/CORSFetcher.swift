import LookoutHTTP
import LookoutModel

/// Carries out a page's fetch over a transport: makes each exchange that the fetch asks for.
struct CORSFetcher: Sendable {
    let transport: any HTTPTransport
    let deadline: RunDeadline
    let tls: TLSOptions
    let resolve: [String]
    let bodyLimit: ByteCount

    /// What came of one fetch.
    struct Outcome: Sendable {
        var verdict = CORSVerdict()
        /// What was sent, in order.
        var exchanges: [CORSExchange] = []
        /// The phases of the first exchange.
        var timings: Timings?
        var certificates: CertificateChain?
        /// The header lines of the last answer.
        var headers: [HeaderField] = []
        /// The exchange that did not come about, if one did not.
        var error: TransferError?
    }

    /// Follows the request to its verdict; without `sendsActual` only to the end of its preflight.
    func fetch(_ request: CORSRequest, sendsActual: Bool = true) async -> Outcome {
        var fetch = CORSFetch(request)
        var outcome = Outcome()
        var step = fetch.start()
        while case .send(let exchange) = step {
            if exchange.stage == .actual, !sendsActual {
                outcome.verdict = fetch.verdictSoFar
                outcome.verdict.findings.append(
                    "the \(request.method) itself was not sent, only its preflight"
                )
                return outcome
            }
            outcome.exchanges.append(exchange)
            do {
                let response = try await transport.send(httpRequest(exchange))
                outcome.timings = outcome.timings ?? response.timings
                outcome.certificates = response.certificates
                outcome.headers = response.headers
                step = fetch.receive(statusCode: response.statusCode, headers: response.headers)
            } catch {
                outcome.error = error
                outcome.certificates = error.certificates
                step = fetch.fail(error.outcome.failure?.kind ?? .connect, error.message)
            }
        }
        if case .done(let verdict) = step { outcome.verdict = verdict }
        return outcome
    }

    private func httpRequest(_ exchange: CORSExchange) -> HTTPRequest {
        HTTPRequest(
            url: exchange.url.description,
            method: exchange.method,
            headers: exchange.headers,
            body: exchange.body,
            timeout: deadline.remaining,
            maximumBodyBytes: bodyLimit.bytes,
            maximumHeaderBytes: 256 << 10,
            tls: tls,
            resolve: resolve
        )
    }
}
