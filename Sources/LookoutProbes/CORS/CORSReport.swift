import LookoutModel

/// What was found for one origin and one method.
struct CORSResult: Hashable, Sendable {
    let expectation: CORSExpectation
    let method: String
    let verdict: CORSVerdict

    /// Why the origin must not have been let in; nil if it was not, or may.
    var unexpectedCode: String? {
        guard !expectation.isAllowed, verdict.isAllowed, !verdict.answers.isEmpty else { return nil }
        if expectation.origin == .opaque { return "unexpected_null" }
        let isWildcard = verdict.answers.allSatisfy {
            $0.headers.combinedValue(named: CORSCheck.allowOrigin) == "*"
        }
        return isWildcard ? "unexpected_wildcard" : "unexpected_reflection"
    }

    var isAsExpected: Bool { expectation.isAllowed == verdict.isAllowed }

    /// The code that tells what is wrong, or `ok`.
    var reasonCode: String {
        expectation.isAllowed ? verdict.reasonCode : unexpectedCode ?? "ok"
    }

    /// What is wrong, in one sentence; nil if it is as expected.
    var reason: String? {
        let origin = expectation.origin
        if let refusal = verdict.refusal, expectation.isAllowed {
            let status = verdict.statusCode.map { " (status \($0))" } ?? ""
            return "a page of \(origin) gets no answer to its \(method)\(status): \(refusal.reason)"
                + (refusal.remedy.map { "; \($0)" } ?? "")
        }
        guard unexpectedCode != nil else { return nil }
        let credentials = permitsCredentials ? ", with the user's credentials" : ""
        let seen = verdict.answers.last?.headers.combinedValue(named: CORSCheck.allowOrigin) ?? ""
        return "a page of \(origin) must not get the answer to its \(method) but does\(credentials): "
            + "\(CORSCheck.allowOrigin) is \"\(seen.excerpt)\"; "
            + "compare whole origins with the list in CORS_ORIGINS of the server"
    }

    /// Whether any answer permits credentials.
    var permitsCredentials: Bool { verdict.answers.contains(where: \.permitsCredentials) }

    /// The failure that it comes to; nil if it is as expected.
    var failure: Failure? {
        guard let reason else { return nil }
        guard expectation.isAllowed, let refusal = verdict.refusal else { return Failure(.condition, reason) }
        let kind: FailureClass =
            switch refusal.code {
            case .preflightBadStatus, .preflightRedirect: .status
            case .timeout, .preflightTimeout: .timeout
            case .networkError, .preflightNetworkError: .protocolViolation
            case _ where (verdict.statusCode ?? 0) >= 500: .status
            default: .header
            }
        return Failure(kind, reason)
    }
}

/// What was found for all origins: outcome and facts.
struct CORSReport: Hashable, Sendable {
    let results: [CORSResult]

    /// The first that is wrong decides the class; the message names all, at most three in words.
    var outcome: Outcome {
        let failures = results.compactMap(\.failure)
        guard let first = failures.first else { return .ok }
        var message = failures.prefix(3).map(\.message).joined(separator: ". ")
        if failures.count > 3 { message += ". And \(failures.count - 3) more" }
        return .failed(Failure(first.kind, message))
    }

    var findings: [String] {
        var findings: [String] = []
        if let result = results.first(where: {
            $0.verdict.answers.contains(where: \.isWildcardWithCredentials)
        }) {
            findings.append(
                "the answer to \(result.expectation.origin) has \(CORSCheck.allowOrigin) \"*\" together with "
                    + "\(CORSCheck.allowCredentials) \"true\"; browsers refuse that for requests with credentials"
            )
        }
        for finding in results.filter(\.expectation.isAllowed).flatMap(\.verdict.findings)
        where !findings.contains(finding) {
            findings.append(finding)
        }
        return findings
    }

    var facts: [String: JSONValue] {
        let wrong = results.filter { !$0.isAsExpected && $0.reason != nil }
        let unexpected = results.filter { $0.unexpectedCode != nil }
        return [
            "accepted": strings(results.filter { $0.expectation.isAllowed && $0.isAsExpected }.map(origin)),
            "refused": strings(wrong.filter(\.expectation.isAllowed).map(origin)),
            "unexpected": strings(unexpected.map(origin)),
            "reason": .string(wrong.first?.reason ?? ""),
            "reason_codes": strings(wrong.map(\.reasonCode)),
            "preflight_sent": .bool(results.contains(where: \.verdict.preflightSent)),
            "wildcard": .bool(unexpected.contains { $0.reasonCode == "unexpected_wildcard" }),
            "wildcard_with_credentials": .bool(
                results.contains { $0.verdict.answers.contains(where: \.isWildcardWithCredentials) }
                    || wrong.contains { $0.reasonCode.hasSuffix("wildcard_with_credentials") }
            ),
            "reflects": .bool(unexpected.contains { $0.reasonCode == "unexpected_reflection" }),
            "reflects_with_credentials": .bool(
                unexpected.contains { $0.reasonCode != "unexpected_wildcard" && $0.permitsCredentials }
            ),
            "origins": .object(origins),
        ]
    }

    private var origins: [String: JSONValue] {
        Dictionary(grouping: results, by: origin).mapValues { results in
            let shown = results.first { !$0.isAsExpected } ?? results[0]
            return [
                "expected": .string(shown.expectation.isAllowed ? "allow" : "deny"),
                "allowed": .bool(shown.verdict.isAllowed),
                "as_expected": .bool(shown.isAsExpected),
                "method": .string(shown.method),
                "preflight_sent": .bool(shown.verdict.preflightSent),
                "reason_code": .string(
                    shown.expectation.isAllowed ? shown.reasonCode : shown.verdict.reasonCode
                ),
                "reason": .string(shown.reason ?? shown.verdict.refusal?.reason ?? ""),
                "status": shown.verdict.statusCode.map { .int(Int64($0)) } ?? .null,
            ]
        }
    }

    private func origin(_ result: CORSResult) -> String { result.expectation.origin.description }

    /// The texts in order, each once.
    private func strings(_ texts: [String]) -> JSONValue {
        var seen: Set<String> = []
        return .array(texts.filter { seen.insert($0).inserted }.map { .string($0) })
    }
}
