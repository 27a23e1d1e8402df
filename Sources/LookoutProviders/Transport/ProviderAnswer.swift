package import LookoutDeployments
package import LookoutModel

/// What a provider answered to a request that it granted.
package struct ProviderAnswer: Sendable {
    package let statusCode: Int
    package let headers: [HeaderField]
    /// Nil for an empty body.
    package let body: JSONValue?
    /// Where it came from, for messages: `Netlify, the deploys of the site`.
    package let source: String

    package init(statusCode: Int, headers: [HeaderField], body: JSONValue?, source: String) {
        self.statusCode = statusCode
        self.headers = headers
        self.body = body
        self.source = source
    }

    /// The body as an object; throws `unexpected` for anything else.
    package func object() throws(ProviderFailure) -> AnswerObject {
        try AnswerObject(body ?? .null, of: source)
    }

    /// The body, or one field of it, as a list; throws `unexpected` for anything else.
    package func elements(in field: String? = nil) throws(ProviderFailure) -> [JSONValue] {
        guard case .array(let elements) = field.map({ body?[$0] }) ?? body else {
            let name = field.map { "\"\($0)\"" } ?? "the answer"
            throw .unexpected("\(source): \(name) is not a list")
        }
        return elements
    }

    /// The body as a list of objects; throws `unexpected` for anything else.
    package func objects() throws(ProviderFailure) -> [AnswerObject] {
        try AnswerObject.list(try elements(), of: source)
    }
}
