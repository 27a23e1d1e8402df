import LookoutHTTP
import LookoutModel

/// The CORS check of the Fetch standard (§4.9), which says whether a page may read an answer.
enum CORSCheck {
    /// The refusal; nil if the answer may be read.
    ///
    /// The origin is the byte-serialized one that was sent, `null` once redirects have tainted it;
    /// the headers are the raw lines of the answer.
    static func refusal(
        origin: String,
        credentials: CORSRequest.Credentials,
        headers: [HeaderField]
    ) -> CORSRefusal? {
        let remedy = "add \(origin) to CORS_ORIGINS of the server"
        guard let allowed = headers.combinedValue(named: allowOrigin) else {
            return CORSRefusal(
                code: .missingAllowOrigin,
                reason: "\(allowOrigin) is missing, expected \(origin)",
                remedy: remedy
            )
        }
        if allowed == "*", credentials != .include { return nil }
        guard allowed == origin else { return mismatch(allowed, origin: origin, remedy: remedy) }
        guard credentials == .include else { return nil }
        let seen = headers.combinedValue(named: allowCredentials)
        guard seen != "true" else { return nil }
        return CORSRefusal(
            code: .credentialsNotAllowed,
            reason: "\(allowCredentials) is \(seen.map { "\"\($0.excerpt)\"" } ?? "missing"), "
                + "expected \"true\" since the request is made with credentials",
            remedy: "switch credentials on in the server's CORS settings (allow_credentials)"
        )
    }

    private static func mismatch(_ allowed: String, origin: String, remedy: String) -> CORSRefusal {
        if allowed == "*" {
            return CORSRefusal(
                code: .wildcardWithCredentials,
                reason: "\(allowOrigin) is \"*\", expected \(origin): "
                    + "the wildcard does not count for requests with credentials",
                remedy: "list the origins in CORS_ORIGINS of the server instead of *"
            )
        }
        let seen = "\(allowOrigin) is \"\(allowed.excerpt)\", expected \(origin)"
        if allowed.contains(",") || allowed.contains(" ") {
            return CORSRefusal(
                code: .multipleAllowOrigin,
                reason: "\(seen) alone: the header takes one origin",
                remedy:
                    "let the server answer with the one origin that asked; set the header in one place only"
            )
        }
        let isOrigin = allowed == "null" || WebURL(allowed) != nil
        return CORSRefusal(
            code: isOrigin ? .originMismatch : .invalidAllowOrigin,
            reason: isOrigin ? seen : "\(seen); that is no origin",
            remedy: remedy
        )
    }

    static let allowOrigin = "Access-Control-Allow-Origin"
    static let allowCredentials = "Access-Control-Allow-Credentials"
}

extension [HeaderField] {
    /// The values of all lines with this name, trimmed and combined by commas (Fetch, "get a header").
    func combinedValue(named name: String) -> String? {
        let values = values(named: name).map { String(HTTPToken.trimmed($0)) }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
