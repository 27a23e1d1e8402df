package import LookoutModel

/// One question to a provider, or one change that is asked of it.
package struct ProviderRequest: Sendable {
    /// A name and its value in the part after the question mark; names may repeat.
    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is asked for, as messages name it: `the deploys of the site`.
    package var subject: String
    package var method: String
    /// The parts between the slashes, not encoded: an id with a slash in it stays one part.
    package var path: [String]
    /// Whether the path ends in a slash, as Sentry's do.
    package var endsInSlash: Bool
    package var query: [Parameter]
    package var body: JSONValue?

    package init(
        _ subject: String,
        method: String = "GET",
        path: [String],
        endsInSlash: Bool = false,
        query: [Parameter] = [],
        body: JSONValue? = nil
    ) {
        self.subject = subject
        self.method = method
        self.path = path
        self.endsInSlash = endsInSlash
        self.query = query
        self.body = body
    }
}
