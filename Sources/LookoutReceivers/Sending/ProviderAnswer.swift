import LookoutHTTP
import LookoutModel

/// A provider's answer, its body read as JSON where it is some.
struct ProviderAnswer: Sendable {
    let response: HTTPResponse
    /// Nil if the body is no JSON.
    let json: JSONValue?

    init(_ response: HTTPResponse) {
        self.response = response
        json = try? JSONValue(parsing: response.body, maximumDepth: 32)
    }

    var status: Int { response.statusCode }

    func header(_ name: String) -> String? { response.headers.first(named: name) }

    /// The body as text, without blanks around it.
    var text: String {
        let text = String(decoding: response.body, as: UTF8.self).drop(while: \.isWhitespace)
        return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The body, if it is a single word such as `invalid_payload`.
    var word: String? {
        guard response.body.count <= 256 else { return nil }
        let text = self.text
        let isWord = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
        }
        return isWord && !text.isEmpty ? text : nil
    }
}
