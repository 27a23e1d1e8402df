import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// A symmetric secret of Standard Webhooks 1.0.0: `whsec_` and the Base64 of 24 to 64 bytes.
package struct SigningSecret: SettingsValue {
    package static var shape: Shape { Secret.shape }

    private static let prefix = "whsec_"
    private static let lengths = 24...64

    private let key: [UInt8]

    /// Nil if the text is no such secret; the prefix may be left out.
    init?(_ text: String) {
        let digits = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
        guard let key = Base64.decoded(digits), Self.lengths.contains(key.count) else { return nil }
        self.key = key
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let secret = Secret(node, &context) else { return nil }
        if context.isPlaceholder(node) {
            key = []
            return
        }
        guard let signing = SigningSecret(secret.reveal()) else {
            context.error(
                "this is not a signing secret",
                at: node,
                hint: "write whsec_ and the Base64 of 24 to 64 random bytes: "
                    + "echo \"whsec_$(openssl rand -base64 32)\""
            )
            return nil
        }
        self = signing
    }

    /// `v1,` and the signature of one attempt: over the message's id, the attempt's time and the body.
    func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return "v1,\(Base64.encoded(HMACSHA256.code(of: signed, key: key)))"
    }
}

extension SigningSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
