package import LookoutSettings

/// An origin in the configuration: `https://app.example`, or `null`.
package struct OriginSetting: SettingsValue, Hashable {
    let origin: Origin

    package static var shape: Shape { .string(pattern: "^(null|https?://[^/]+|.*\\$\\{.*)$") }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let origin: Origin?
        if case .null = node.content {
            origin = .opaque
        } else {
            guard let text = node.text(&context, expecting: "an origin such as https://app.example") else {
                return nil
            }
            origin = Origin(text)
            if origin == nil {
                let url = WebURL(text).flatMap { $0.isHTTP ? $0.origin : nil }
                context.error(
                    "\"\(text)\" is not an origin",
                    at: node,
                    hint: url.map { "an origin ends after host and port: \($0)" }
                        ?? "write scheme and host, such as https://app.example, or null"
                )
            }
        }
        guard let origin else { return nil }
        self.origin = origin
    }
}
