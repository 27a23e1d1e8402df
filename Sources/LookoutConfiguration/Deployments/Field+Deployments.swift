import LookoutDeployments
import LookoutSettings

/// Keys whose value must have a form that no type alone has.
extension Field {
    /// The address of a website.
    static func address(
        _ key: String,
        _ path: any WritableKeyPath<Root, String?> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, shape: .string(pattern: PlainAddress.pattern)) { node, context, root in
            root[keyPath: path] = PlainAddress.read(node, &context)
            return root[keyPath: path] != nil
        }
    }

    /// `url`: the address of a provider's API, which has a default.
    static func api(_ path: any WritableKeyPath<Root, String> & Sendable, _ standard: String) -> Field {
        Field(
            "url",
            "The address of its API. Default: \(standard).",
            shape: .string(pattern: PlainAddress.pattern)
        ) { node, context, root in
            guard let address = PlainAddress.read(node, &context) else { return false }
            root[keyPath: path] = address
            return true
        }
    }

    /// An id that must be given.
    static func identifier(
        _ key: String,
        _ path: any WritableKeyPath<Root, String> & Sendable,
        _ summary: String,
        required: Bool
    ) -> Field {
        Field(
            key,
            summary,
            required: required,
            shape: .string(pattern: ProviderIdentifier.pattern)
        ) { node, context, root in
            guard let text = ProviderIdentifier.read(node, &context) else { return false }
            root[keyPath: path] = text
            return true
        }
    }

    /// An id that may be left out.
    static func identifier(
        _ key: String,
        _ path: any WritableKeyPath<Root, String?> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, shape: .string(pattern: ProviderIdentifier.pattern)) { node, context, root in
            root[keyPath: path] = ProviderIdentifier.read(node, &context)
            return root[keyPath: path] != nil
        }
    }

    /// The name of a branch, or how names begin.
    static func branch(
        _ key: String,
        _ path: any WritableKeyPath<Root, String> & Sendable,
        _ summary: String,
        isPrefix: Bool = false
    ) -> Field {
        Field(key, summary, shape: .string(pattern: nil)) { node, context, root in
            guard let text = String(node, &context) else { return false }
            guard isPrefix ? !text.isEmpty && BranchName.isPrefix(text) : BranchName.isValid(text) else {
                context.error(
                    "git allows no branch \(isPrefix ? "that begins with " : "")\"\(text.shortened)\"",
                    at: node,
                    hint: "no blanks, no dash at the beginning, none of ~^:?*[\\ and no \"..\""
                )
                return false
            }
            root[keyPath: path] = text
            return true
        }
    }

    /// The name of an environment variable.
    static func variableName(
        _ key: String,
        _ path: any WritableKeyPath<Root, String> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, shape: .string(pattern: "^[A-Za-z_][A-Za-z0-9_]*$")) { node, context, root in
            guard let text = String(node, &context) else { return false }
            guard VariableName.isName(text) else {
                context.error(
                    "\"\(text.shortened)\" cannot be the name of a variable",
                    at: node,
                    hint: nameHint
                )
                return false
            }
            root[keyPath: path] = text
            return true
        }
    }

    /// Values of variables by their names; nothing stands for any value.
    static func variables(
        _ key: String,
        _ path: any WritableKeyPath<Root, [String: String?]> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, shape: .dictionary(.any)) { node, context, root in
            let before = context.diagnostics.errorReports
            var values: [String: String?] = [:]
            for entry in node.entries(&context) ?? [] {
                if !VariableName.isName(entry.key) {
                    context.diagnostics.error(
                        "\"\(entry.key.shortened)\" cannot be the name of a variable",
                        at: entry.position,
                        hint: nameHint
                    )
                }
                if case .null = entry.value.content {
                    values[entry.key] = .some(nil)
                } else if let text = String(entry.value, &context) {
                    values[entry.key] = text
                }
            }
            root[keyPath: path] = values
            return context.diagnostics.errorReports == before
        }
    }

    /// Origins, each once.
    static func origins(
        _ key: String,
        _ path: any WritableKeyPath<Root, [String]> & Sendable,
        _ summary: String
    ) -> Field {
        Field(key, summary, shape: .list(.string(pattern: PlainAddress.pattern))) { node, context, root in
            guard let entries = [Located<String>](node, &context) else { return false }
            var seen: Set<String> = []
            let before = context.diagnostics.errorReports
            for entry in entries {
                if let origin = OriginSet.origin(entry.value) {
                    if !seen.insert(origin).inserted {
                        context.diagnostics.error("\(origin) is given twice", at: entry.position)
                    }
                } else {
                    context.diagnostics.error(
                        "\"\(entry.value.shortened)\" is not an origin",
                        at: entry.position,
                        hint: "write scheme and host, without a path: https://example.org"
                    )
                }
            }
            root[keyPath: path] = entries.map(\.value)
            return context.diagnostics.errorReports == before
        }
    }

    /// `status_pages`: addresses by the names of the providers.
    static func statusPages(_ path: any WritableKeyPath<Root, [String: String]> & Sendable) -> Field {
        let providers = ["github", "netlify", "render", "sentry", "supabase"]
        return Field(
            "status_pages",
            "Addresses of status pages by provider: \(providers.joined(separator: ", ")). Default: those that are known.",
            shape: .dictionary(.string(pattern: PlainAddress.pattern))
        ) { node, context, root in
            let before = context.diagnostics.errorReports
            for entry in node.entries(&context) ?? [] {
                if !providers.contains(entry.key) {
                    context.diagnostics.error(
                        "there is no provider \"\(entry.key.shortened)\"",
                        at: entry.position,
                        hint: Spelling.hint(for: entry.key, among: providers)
                    )
                }
                root[keyPath: path][entry.key] = PlainAddress.read(entry.value, &context)
            }
            return context.diagnostics.errorReports == before
        }
    }

    private static var nameHint: String { "letters, digits and _, no digit first" }
}
