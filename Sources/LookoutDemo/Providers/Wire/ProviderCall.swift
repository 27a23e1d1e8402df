import LookoutModel

/// A request to a provider's API, taken apart.
struct ProviderCall: Sendable {
    let method: String
    /// The parts of the path, with percent signs decoded after they were split.
    let segments: [String]
    let query: [(name: String, value: String)]
    /// The body as JSON; nil if it is empty or no JSON.
    let body: JSONValue?
    /// True if there is a body that is no JSON.
    let isBodyMalformed: Bool
    /// What stands behind `Bearer`, `token` or `Basic` in the authorization header.
    let token: String?
    /// Scheme, host and port as the client sees them, for links to the next page.
    let origin: String
    let headers: [(name: String, value: String)]
    let now: Timestamp
    /// What stood in the places of a route's `:name`, in order; filled in by the route.
    var captures: [String] = []

    init(_ request: DemoRequest, now: Timestamp) {
        method = request.method
        segments = request.path.split(separator: "/").map { PercentCoding.decoded(String($0)) }
        query = Self.items(of: request.target)
        body = request.body.isEmpty ? nil : try? JSONValue(parsing: request.body)
        isBodyMalformed = !request.body.isEmpty && body == nil
        token = request.header("authorization").flatMap(Self.token)
        origin = "http://" + (request.header("host") ?? "127.0.0.1")
        headers = request.headers
        self.now = now
    }

    /// The first value of a query item.
    func item(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// All values of a query item that may be repeated, with and without `[]`, or be a list with commas.
    func items(_ name: String) -> [String] {
        query.filter { $0.name == name || $0.name == name + "[]" }
            .flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// A whole number of the query, held to a range.
    func number(_ name: String, default standard: Int, in range: ClosedRange<Int>) -> Int {
        min(max(item(name).flatMap { Int($0) } ?? standard, range.lowerBound), range.upperBound)
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The path as it was asked for.
    var path: String { "/" + segments.map(PercentCoding.encoded).joined(separator: "/") }

    private static func items(of target: String) -> [(name: String, value: String)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map { item in
            let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { PercentCoding.decoded(String($0.map { $0 == "+" ? " " : $0 })) }
            return (sides[0], sides.count == 2 ? sides[1] : "")
        }
    }

    private static func token(in header: String) -> String? {
        let words = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, ["bearer", "token"].contains(words[0].lowercased()) else { return nil }
        return words[1]
    }
}

/// Percent-encoding of URLs (RFC 3986 §2.1).
enum PercentCoding {
    /// The text with its `%41` resolved; a percent sign without two digits stays as it is.
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text with everything encoded that is not unreserved.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }
}
