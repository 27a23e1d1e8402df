import LookoutModel

/// What a provider's error body says to people, wherever it says it.
///
/// Netlify: `message`; Render: `message`; Supabase: `message`, `error`, `msg`; Sentry: `detail`, a text or an
/// object with a `message`, or lists of texts by field; GitHub: `message` and `errors`.
enum ProviderExplanation {
    /// Nil where the body says nothing.
    static func text(of body: JSONValue) -> String? {
        guard case .object(let members) = body else { return nil }
        let main = ["message", "detail", "error", "msg", "error_description"].lazy
            .compactMap { members[$0].flatMap(Self.words) }.first
        let details = members["errors"].flatMap(Self.details)
        switch (main, details) {
        case (let main?, let details?): return "\(main) (\(details))"
        case (let main?, nil): return main
        case (nil, let details?): return details
        case (nil, nil): return nil
        }
    }

    private static func words(_ value: JSONValue) -> String? {
        let text = value.string ?? value["message"]?.string
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first few of a list of texts, or of objects with a message.
    private static func details(_ value: JSONValue) -> String? {
        guard case .array(let elements) = value else { return words(value) }
        let texts = elements.prefix(3).compactMap(words)
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }
}
