import LookoutModel

/// Why a request was not fulfilled, as JSON (RFC 9457).
package struct Problem: Error, Hashable, Sendable {
    /// What is wrong with one member of the body.
    package struct Fault: Hashable, Sendable {
        /// A JSON pointer (RFC 6901) into the body.
        package var pointer: String
        package var detail: String

        package init(_ pointer: String, _ detail: String) {
            self.pointer = pointer
            self.detail = detail
        }
    }

    package var status: Int
    /// The kind of problem: a word that programs tell it by.
    package var slug: String
    package var title: String
    /// What to do about this one.
    package var detail: String
    package var faults: [Fault]
    package var headers: [String: String]

    package init(
        _ status: Int,
        _ slug: String,
        _ title: String,
        _ detail: String,
        faults: [Fault] = [],
        headers: [String: String] = [:]
    ) {
        self.status = status
        self.slug = slug
        self.title = title
        self.detail = detail
        self.faults = faults
        self.headers = headers
    }

    package var response: APIResponse {
        var members: [String: JSONValue] = [
            "type": .string("urn:lookout:problem:\(slug)"), "title": .string(title),
            "status": .int(Int64(status)), "detail": .string(detail),
        ]
        if !faults.isEmpty {
            members["errors"] = .array(
                faults.map { ["pointer": .string($0.pointer), "detail": .string($0.detail)] }
            )
        }
        return APIResponse(
            status: status,
            contentType: "application/problem+json",
            body: JSONValue.object(members).jsonText,
            headers: headers
        )
    }
}

extension Problem {
    static func notFound(_ detail: String) -> Problem {
        Problem(404, "not-found", "There is no such thing", detail)
    }

    static func invalid(_ faults: [Fault]) -> Problem {
        Problem(
            422,
            "invalid-body",
            "The body is not right",
            faults.map { $0.pointer.isEmpty ? $0.detail : "\($0.pointer): \($0.detail)" }
                .joined(separator: "; "),
            faults: faults
        )
    }

    static func notAllowed(_ methods: [APIRequest.Method]) -> Problem {
        let names = methods.map(\.rawValue).joined(separator: ", ")
        return Problem(
            405,
            "method-not-allowed",
            "This cannot be done here",
            "allowed here: \(names)",
            headers: ["Allow": names]
        )
    }

    static let badTarget = Problem(
        400,
        "bad-target",
        "The address is not right",
        "path and query must be percent-encoded UTF-8"
    )

    static func tooLarge(limit: Int) -> Problem {
        Problem(413, "body-too-large", "The body is too large", "at most \(limit) bytes are taken")
    }
}
