import LookoutHTTP
package import LookoutModel
package import LookoutProbing

/// Makes the requests of pages from several origins and judges each answer as a browser does.
package struct CORSProbe: ProbeType {
    package static let name = "cors"
    package static let summary =
        "Checks which origins' pages a browser would hand the answers to, and which not."
    package static let facts = [
        FactField("accepted", .strings, "Origins that must be allowed and are."),
        FactField("refused", .strings, "Origins that must be allowed but are refused."),
        FactField("unexpected", .strings, "Origins that must not be allowed but are."),
        FactField("reason", .string, "What is wrong with the first of them, in words; empty if nothing is."),
        FactField(
            "reason_codes",
            .strings,
            "What is wrong, as codes: missing_allow_origin, origin_mismatch, unexpected_reflection, …"
        ),
        FactField("preflight_sent", .bool, "Whether any request was preceded by a preflight."),
        FactField("wildcard", .bool, "Whether a foreign origin was let in by a wildcard."),
        FactField(
            "wildcard_with_credentials",
            .bool,
            "Whether the server answers * together with permitted credentials, or to a request with credentials."
        ),
        FactField("reflects", .bool, "Whether the server lets in any origin by repeating it."),
        FactField(
            "reflects_with_credentials",
            .bool,
            "Whether an origin that must not be allowed is let in together with the user's credentials."
        ),
        FactField(
            "origins",
            .dynamic,
            "By origin: expected, allowed, as_expected, method, preflight_sent, reason_code, reason, status."
        ),
    ]

    /// Requests in flight at once to the one target; as many as browsers have per host.
    private static let concurrency = 6

    private let settings: CORSProbeSettings

    package init(settings: CORSProbeSettings) {
        self.settings = settings
    }

    /// What came of one origin and method.
    private struct Attempt: Sendable {
        let result: CORSResult
        let outcome: CORSFetcher.Outcome

        /// An error that ends the run.
        ///
        /// A server may hang up on an origin that it must not allow; any other error leaves open
        /// what it would have answered.
        var decisiveError: TransferError? {
            guard let error = outcome.error else { return nil }
            let isHangUp = error.cause == .target(.closed) || error.cause == .target(.protocolViolation)
            return isHangUp && !result.expectation.isAllowed ? nil : error
        }
    }

    package func run(_ context: ProbeContext) async -> ProbeResult {
        let deadline = RunDeadline(context)
        let fetcher = CORSFetcher(
            transport: context.transport,
            deadline: deadline,
            tls: settings.tls.options,
            resolve: settings.resolveLines,
            bodyLimit: settings.bodyLimit
        )
        let questions = settings.expectations.flatMap { expectation in
            settings.methods.map { (expectation, $0) }
        }
        // The first question alone: where nobody answers, one attempt tells as much as twenty.
        guard let first = questions.first else { return ProbeResult(.error("no origins are configured")) }
        var attempts = [await attempt(first.0, first.1, fetcher)]
        if attempts[0].decisiveError == nil {
            attempts += await questions.dropFirst().concurrentMap(limit: CORSProbe.concurrency) { question in
                await attempt(question.0, question.1, fetcher)
            }
        }
        return result(attempts, total: deadline.elapsed)
    }

    private func attempt(
        _ expectation: CORSExpectation,
        _ method: String,
        _ fetcher: CORSFetcher
    ) async -> Attempt {
        let outcome: CORSFetcher.Outcome
        do {
            let request = try settings.request(origin: expectation.origin, method: method)
            outcome = await fetcher.fetch(request, sendsActual: settings.sendsActual(request.method))
        } catch {
            outcome = CORSFetcher.Outcome(verdict: CORSVerdict(refusal: error))
        }
        let result = CORSResult(expectation: expectation, method: method, verdict: outcome.verdict)
        return Attempt(result: result, outcome: outcome)
    }

    private func result(_ attempts: [Attempt], total: Duration) -> ProbeResult {
        let report = CORSReport(results: attempts.filter { $0.decisiveError == nil }.map(\.result))
        var observation = Observation(facts: report.facts, findings: report.findings)
        observation.certificates = attempts.lazy.compactMap(\.outcome.certificates).first
        observation.headers = attempts[0].outcome.headers
        if let error = attempts.lazy.compactMap(\.decisiveError).first {
            var result = ProbeResult(error, observation: observation)
            result.timings.total = total
            return result
        }
        var timings = attempts.lazy.compactMap(\.outcome.timings).first ?? Timings()
        timings.total = total
        return ProbeResult(
            report.outcome,
            timings: timings,
            statusCode: attempts[0].result.verdict.statusCode,
            observation: observation
        )
    }
}
