package import LookoutModel

extension Secret: SettingsValue {
    package static var shape: Shape {
        .oneOf([
            .string(pattern: nil),
            reference("env", "Name of an environment variable."),
            reference("credential", "Name of a systemd credential (LoadCredential=)."),
            reference("file", "Path of a file that holds nothing else."),
        ])
    }

    private static func reference(_ key: String, _ summary: String) -> Shape {
        .object([Shape.Property(key: key, summary: summary, isRequired: true, shape: .string(pattern: nil))])
    }

    /// Reads a reference (`{env: NAME}`, `{credential: NAME}`, `{file: PATH}`) or the secret itself.
    ///
    /// References are looked up now, after parsing, so a value can never change the structure of the
    /// file. Nothing that stands where a secret goes is ever repeated in a message.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        switch node.content {
        case .scalar(let raw, _):
            guard let text = Secret.plainText(raw, at: node, &context) else { return nil }
            context.plainSecrets.append(node.position)
            self.init(text)
        case .mapping(let entries) where entries.count == 1:
            guard let secret = Secret.lookUp(entries[0], &context) else { return nil }
            if context.secrets.arePlaceholders { context.notePlaceholder(node) }
            self = secret
        default:
            context.error(
                "expected a secret, found \(node.kind)",
                at: node,
                hint: "write {env: NAME}, {credential: NAME} or {file: PATH}"
            )
            return nil
        }
    }

    /// The secret that stands in the file itself, its variables filled in.
    private static func plainText(
        _ raw: String,
        at node: SettingsNode,
        _ context: inout SettingsContext
    ) -> String? {
        guard case .success(let text) = VariableText.expand(raw, variables: context.variables) else {
            context.error(
                "a \"${\" in this secret does not name a variable of the environment",
                at: node,
                hint: "write $${ for a literal ${, or {env: NAME} for an environment variable"
            )
            return nil
        }
        guard !text.isEmpty else {
            context.error("the secret is empty", at: node)
            return nil
        }
        return text
    }

    private static func lookUp(_ entry: SettingsNode.Entry, _ context: inout SettingsContext) -> Secret? {
        guard let name = String(entry.value, &context) else { return nil }
        let result: Result<Secret, SecretLookupError>
        switch entry.key {
        case "env": result = context.secrets.environmentVariable(name)
        case "credential": result = context.secrets.credential(name)
        case "file": result = context.secrets.file(name)
        default:
            context.diagnostics.error(
                "unknown kind of secret \"\(entry.key.shortened)\"",
                at: entry.position,
                hint: Spelling.hint(for: entry.key, among: ["env", "credential", "file"])
            )
            return nil
        }
        switch result {
        case .success(let secret): return secret
        case .failure(let error):
            context.error(error.message, at: entry.value)
            return nil
        }
    }
}
