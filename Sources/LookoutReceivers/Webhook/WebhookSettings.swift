import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// What the configuration says of a `webhook` receiver.
package struct WebhookSettings: LookoutSettings.Settings {
    /// How the request is made.
    package enum Method: String, CaseIterable, SettingsValue {
        case post = "POST"
        case put = "PUT"
    }

    /// A secret, since for many services the address alone is the right to post.
    var url = Secret("")
    var method = Method.post
    var secrets: [SigningSecret] = []
    var bearerToken: Secret?
    var headers: [String: Secret] = [:]
    var body: String?
    var forbidsPrivateAddresses = false
    var authorityFile: String?

    package init() {}

    package static var fields: [Field<WebhookSettings>] {
        [
            Field("url", \.url, "Where is posted to: an http or https URL.", required: true),
            Field("method", \.method, "POST, or PUT."),
            Field(
                "secrets",
                \.secrets,
                "Signing secrets (whsec_...), the newest first; several while they are changed."
            ),
            Field("bearer", \.bearerToken, "A token for bearer authentication, such as {credential: NAME}."),
            Field("headers", \.headers, "Further headers; Content-Type says what the body is."),
            Field("body", \.body, "A body of your own with {{ field }} in it; JSON unless headers say else."),
            Field(
                "forbid_private_addresses",
                \.forbidsPrivateAddresses,
                "Whether only addresses on the public internet are posted to."
            ),
            Field(
                "ca_file",
                \.authorityFile,
                "A PEM file of certificate authorities instead of the system's."
            ),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        WebAddress.check(url.reveal(), of: node, &context)
        for (name, value) in headers {
            guard let fault = Self.fault(in: name, value) else { continue }
            context.error(fault, at: node["headers"]?[name] ?? node["headers"] ?? node)
        }
        if body == nil, headers.contains(where: { $0.key.isEqualIgnoringASCIICase(to: Self.contentTypeName) })
        {
            context.error(
                "a Content-Type without a body of your own",
                at: node["headers"] ?? node,
                hint: "Lookout's own body is JSON"
            )
        }
        checkTemplate(at: node["body"] ?? node, &context)
    }

    private func checkTemplate(at node: SettingsNode, _ context: inout SettingsContext) {
        guard let body else { return }
        do throws(BodyTemplate.Fault) {
            _ = try BodyTemplate(body, BodyTemplate.Format(contentType: contentType))
        } catch {
            let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let line = lines.count > 1 ? "line \(error.line), column \(error.column) of the body: " : ""
            context.diagnostics.add(
                Diagnostic(
                    at: node.position,
                    line + error.message,
                    hint: error.hint,
                    excerpt: Self.excerpt(lines, error)
                )
            )
        }
    }

    /// The line with a caret below the place.
    private static func excerpt(_ lines: [Substring], _ fault: BodyTemplate.Fault) -> String? {
        guard lines.indices.contains(fault.line - 1) else { return nil }
        let line = String(lines[fault.line - 1])
        guard line.unicodeScalars.count <= 100 else { return nil }
        return "  | \(PlainText.line(line))\n  | \(String(repeating: ".", count: fault.column - 1))^"
    }

    private static let contentTypeName = "Content-Type"

    /// Nil if there is none, or after its fault was reported.
    var template: BodyTemplate? {
        guard let body else { return nil }
        return try? BodyTemplate(body, BodyTemplate.Format(contentType: contentType))
    }

    var contentType: String {
        headers.first { $0.key.isEqualIgnoringASCIICase(to: Self.contentTypeName) }?.value.reveal()
            ?? "application/json"
    }

    /// Those that are sent as they are.
    var furtherHeaders: [HeaderField] {
        headers.sorted { $0.key < $1.key }
            .filter { !$0.key.isEqualIgnoringASCIICase(to: Self.contentTypeName) }
            .map { HeaderField($0.key, $0.value.reveal()) }
    }

    /// Headers that belong to the request itself, or that say who sends it.
    private static let ownHeaders = [
        "webhook-id", "webhook-timestamp", "webhook-signature", "host", "content-length", "connection",
        "transfer-encoding", "expect",
    ]

    private static func fault(in name: String, _ value: Secret) -> String? {
        let isToken =
            !name.isEmpty
            && name.utf8.allSatisfy { URLText.isUnreserved($0) || "!#$%&'*+^`|".utf8.contains($0) }
        if !isToken { return "\"\(name.shortened)\" is not a header's name" }
        if ownHeaders.contains(where: name.isEqualIgnoringASCIICase) {
            return "Lookout sets the header \(name) itself"
        }
        let isLine = value.reveal().utf8.allSatisfy { $0 >= UInt8(ascii: " ") && $0 != 0x7f }
        return isLine ? nil : "the value of the header \(name) has a control character in it"
    }
}
