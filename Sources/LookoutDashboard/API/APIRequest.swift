package import LookoutModel

/// A request to the local API without its body, free of the server that carries it.
package struct APIRequest: Hashable, Sendable {
    /// What is asked for.
    package enum Method: String, CaseIterable, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case delete = "DELETE"
        /// Any other.
        case other

        /// Whether it only looks (RFC 9110 §9.2.1).
        package var isSafe: Bool { self == .get || self == .head }
    }

    package var method: Method
    /// The parts of the path between its slashes, percent-decoded.
    package var path: [String]
    /// The parameters behind the question mark, percent-decoded; of repeated ones the last.
    package var query: [String: String]
    /// By lower-case name; of repeated ones the last.
    package var headers: [String: String]

    package init(
        _ method: Method,
        path: [String],
        query: [String: String] = [:],
        headers: [String: String] = [:]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
    }

    /// A request whose path and query stand in its target; nil where that is not percent-encoded UTF-8.
    package init?(_ method: Method, target: String, headers: [String: String]) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path: [String] = []
        for part in (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: true) {
            guard let text = PercentEncoding.decoded(part) else { return nil }
            path.append(text)
        }
        var query: [String: String] = [:]
        for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(sides[0]),
                let value = PercentEncoding.decoded(sides.dropFirst().first ?? "")
            else { return nil }
            query[name] = value
        }
        self.init(method, path: path, query: query, headers: headers)
    }
}

/// What the local API answers.
package struct APIResponse: Hashable, Sendable {
    package var status: Int
    package var contentType: String
    package var body: String
    /// Further header fields.
    package var headers: [String: String]

    package init(status: Int, contentType: String, body: String, headers: [String: String] = [:]) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers
    }

    package static func json(_ value: JSONValue, status: Int = 200) -> APIResponse {
        APIResponse(status: status, contentType: "application/json", body: value.jsonText)
    }
}

/// The percent-encoding of URLs (RFC 3986 §2.1).
enum PercentEncoding {
    /// Nil for a `%` without two digits and for bytes that are not UTF-8.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
