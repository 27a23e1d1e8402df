package import LookoutModel

/// A request to a provider's API as the `curl` command that a person runs.
///
/// The token is the name of a variable of the person's shell; Lookout's own is never shown.
package struct ProviderCommand {
    /// The variable that holds the person's token: `NETLIFY_TOKEN`.
    let token: String
    /// The address of the API, without a slash at its end.
    let api: String

    init(_ host: RollbackFacts.Host) {
        token = host.provider == "render" ? "RENDER_API_KEY" : "\(host.provider.uppercased())_TOKEN"
        api = host.api.hasSuffix("/") ? String(host.api.dropLast()) : host.api
    }

    /// The command of a request; each segment of the path is encoded as one.
    ///
    /// The body is sent as JSON; `$NAME` in it stands for a variable only if `variables` names it. An answer that
    /// repeats a variable's value is hidden.
    func request(
        _ method: String,
        _ path: [String],
        query: [(name: String, value: String)] = [],
        body: String? = nil,
        variables: [String] = [],
        hidesAnswer: Bool = false
    ) -> CommandLine {
        var arguments = ["--fail-with-body", "-sS", "-X", method, "-H", "Authorization: Bearer $\(token)"]
        if hidesAnswer { arguments += ["-o", "/dev/null"] }
        var url = api + path.map { "/" + Self.encoded($0) }.joined()
        if !query.isEmpty {
            url += "?" + query.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        }
        if body != nil { arguments += ["-H", "Content-Type: application/json"] }
        arguments.append(url)
        if let body { arguments += ["-d", body] }
        return CommandLine("curl", arguments, variables: [token] + variables)
    }

    /// The JSON text, with a dollar as an escape: no text from outside becomes the name of a variable.
    package static func json(_ value: JSONValue) -> String {
        value.jsonText.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "\\u0024")
    }

    /// Percent-encoded as one segment of a path (RFC 3986 §2.3); dots alone would be a step.
    package static func encoded(_ segment: String) -> String {
        let isDots = segment == "." || segment == ".."
        var text = ""
        for byte in segment.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: ".") where !isDots: text += "."
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += (digits.count == 1 ? "%0" : "%") + digits
            }
        }
        return text
    }
}
