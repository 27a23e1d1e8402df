import LookoutHTTP
import LookoutModel
package import LookoutSettings

extension EmailReceiver {
    /// How the way to the mail server is kept secret.
    package enum Encryption: String, CaseIterable, SettingsValue {
        /// STARTTLS, or nothing is sent.
        case required
        /// TLS from the first byte.
        case implicit
        /// STARTTLS if the server offers it.
        case opportunistic
        /// In the clear.
        case never
    }

    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        var host = ""
        var port: Int?
        var encryption = Encryption.required
        var authorityFile: String?
        var user: String?
        var password: Secret?
        var token: Secret?
        var from = EmailAddress.unknown
        var to: [EmailAddress] = []
        var subjectPrefix = ""
        var clientName: String?

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field("host", \.host, "The mail server, such as smtp.example.org.", required: true),
                Field(
                    "port",
                    \.port,
                    "Its port; 587, or 465 with `tls: implicit`, or 25 without a user.",
                    in: 1...65_535
                ),
                Field(
                    "tls",
                    \.encryption,
                    "required: STARTTLS or nothing is sent (the default). implicit: TLS from the first byte. "
                        + "opportunistic: STARTTLS if it is offered. never: in the clear."
                ),
                Field(
                    "ca_file",
                    \.authorityFile,
                    "A PEM file of certificate authorities instead of the system's."
                ),
                Field("username", \.user, "Who we are to the server."),
                Field("password", \.password, "The password, such as {credential: NAME}."),
                Field("token", \.token, "Instead of a password: a token of OAuth 2.0."),
                Field("from", \.from, "The sender: an address, or \"Name <address>\".", required: true),
                Field("to", \.to, "The recipients: a list of the same.", required: true),
                Field("subject_prefix", \.subjectPrefix, "What stands before each subject."),
                Field(
                    "hello",
                    \.clientName,
                    "What we call ourselves to the server; the domain of `from` if left out."
                ),
            ]
        }

        /// The port, where none is named the one that is usual for the rest.
        var effectivePort: Int {
            if let port { return port }
            if encryption == .implicit { return 465 }
            return user == nil ? 25 : 587
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            if host.isEmpty || !host.utf8.allSatisfy(Self.isHostByte) {
                context.error(
                    "\"\(host.shortened)\" is not the name of a host",
                    at: node["host"] ?? node,
                    hint: "write the name or the address alone, and the port in \"port\""
                )
            }
            if let clientName, clientName.isEmpty || !clientName.utf8.allSatisfy(Self.isHostByte) {
                context.error(
                    "\"\(clientName.shortened)\" is not the name of a host",
                    at: node["hello"] ?? node
                )
            }
            validateRecipients(node, &context)
            validateCredentials(node, &context)
        }

        private func validateRecipients(_ node: SettingsNode, _ context: inout SettingsContext) {
            let place = node["to"] ?? node
            if to.isEmpty { context.error("there is no recipient", at: place, hint: "to: [ops@example.org]") }
            if to.count > 100 { context.error("more than 100 recipients", at: place, hint: "use a list") }
            var seen: Set<String> = []
            for address in to where !seen.insert(address.mailbox).inserted {
                context.error("\(address.mailbox) is given twice", at: place)
            }
        }

        private func validateCredentials(_ node: SettingsNode, _ context: inout SettingsContext) {
            if password != nil, token != nil {
                context.error("either a password or a token, not both", at: node["token"] ?? node)
            }
            if (user == nil) != (password == nil && token == nil) {
                context.error(
                    user == nil ? "\"username\" is missing" : "\"password\" (or \"token\") is missing",
                    at: node[user == nil ? "password" : "username"] ?? node
                )
            }
            let isProtected = encryption == .required || encryption == .implicit
            if user != nil, !isProtected, !["localhost", "127.0.0.1", "::1"].contains(host) {
                context.error(
                    "the password could be read by anybody on the way",
                    at: node["tls"] ?? node,
                    hint: "use tls: required (STARTTLS) or tls: implicit"
                )
            }
        }

        private static func isHostByte(_ byte: UInt8) -> Bool {
            URLText.isLetterOrDigit(byte) || "-._:[]".utf8.contains(byte)
        }
    }
}
