import LookoutModel

/// The head of an HTTP/1.1 answer, read from bytes (RFC 9112 §4, §5) as leniently as browsers do.
struct HTTPResponseHead: Hashable, Sendable {
    var statusCode: Int
    var headers: [HeaderField] = []
    /// Where the head is not well-formed though browsers take it.
    var findings: [String] = []

    /// Reads the lines of a head, such as `HTTP/1.1 101 Switching Protocols` and what follows; nil
    /// if the first is no status line.
    init?(lines: [String]) {
        guard let statusLine = lines.first else { return nil }
        self.init(statusLine: statusLine)
        for line in lines.dropFirst() { add(line) }
    }

    /// Reads a status line; the reason may be missing.
    private init?(statusLine: String) {
        let parts = statusLine.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[1].utf8.count == 3, let code = Int(parts[1]), code >= 100 else {
            return nil
        }
        statusCode = code
        let isWellFormed = statusLine.hasPrefix("HTTP/1.1 \(code)")
        if !isWellFormed { findings.append("the status line is \"\(statusLine.excerpt)\"") }
    }

    private mutating func add(_ line: String) {
        if line.hasPrefix(" ") || line.hasPrefix("\t"), !headers.isEmpty {
            findings.append("a folded header line")
            let folded = HTTPToken.trimmed(headers[headers.count - 1].value + " " + HTTPToken.trimmed(line))
            headers[headers.count - 1].value = String(folded)
            return
        }
        guard let colon = line.firstIndex(of: ":") else {
            findings.append("a header line without a colon")
            return
        }
        let name = String(HTTPToken.trimmed(line[..<colon]))
        if !HTTPToken.isToken(line[..<colon]) { findings.append("a malformed header name") }
        if !name.isEmpty {
            headers.append(HeaderField(name, String(HTTPToken.trimmed(line[line.index(after: colon)...]))))
        }
    }
}
