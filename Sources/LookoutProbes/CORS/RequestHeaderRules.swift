import LookoutModel

/// Which request headers a page may set, and which of them need a preflight (Fetch §2.2.2).
enum RequestHeaderRules {
    /// A forbidden request-header is dropped without a word.
    static func isForbidden(name: String, value: String) -> Bool {
        let name = name.lowercased()
        if forbiddenNames.contains(name) || name.hasPrefix("proxy-") || name.hasPrefix("sec-") { return true }
        guard methodOverrides.contains(name) else { return false }
        return HTTPToken.elements(of: value).contains(where: isForbiddenMethod)
    }

    /// `CONNECT`, `TRACE` and `TRACK`, in any case.
    static func isForbiddenMethod(_ method: String) -> Bool {
        ["CONNECT", "TRACE", "TRACK"].contains(method.uppercased())
    }

    /// `GET`, `HEAD` and `POST` need no preflight by themselves.
    static func isSafelisted(method: String) -> Bool {
        ["GET", "HEAD", "POST"].contains(method)
    }

    /// The CORS-unsafe request-header names, in lower case and order: those that need a preflight.
    static func unsafeNames(in headers: [HeaderField]) -> [String] {
        let safe = headers.filter(isSafelisted)
        var unsafe = headers.filter { !isSafelisted($0) }
        if safe.reduce(0, { $0 + $1.value.unicodeScalars.count }) > 1024 { unsafe += safe }
        return Set(unsafe.map { $0.name.lowercased() }).sorted()
    }

    /// Whether the header may be sent without a preflight; client hints may, as in Chromium.
    static func isSafelisted(_ header: HeaderField) -> Bool {
        let value = header.value
        guard value.unicodeScalars.count <= 128 else { return false }
        switch header.name.lowercased() {
        case "accept": return !value.unicodeScalars.contains(where: isUnsafe)
        case "accept-language", "content-language": return value.unicodeScalars.allSatisfy(isLanguage)
        case "content-type": return isSafelistedContentType(value)
        case "range": return isSimpleRange(value)
        case "save-data": return value == "on"
        case "device-memory", "downlink", "dpr", "rtt", "viewport-width", "width":
            return Double(value).map { $0.isFinite && $0 >= 0 } ?? false
        case "ect": return ["slow-2g", "2g", "3g", "4g"].contains(value)
        default: return false
        }
    }

    /// The client hints among the headers: other browsers than Chromium send a preflight for them.
    static func clientHints(in headers: [HeaderField]) -> [String] {
        headers.map { $0.name.lowercased() }.filter(clientHintNames.contains)
    }

    /// A CORS-unsafe request-header byte.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\t") || unsafeScalars.contains(scalar)
    }

    private static func isLanguage(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", " ", "*", ",", "-", ".", ";", "=": true
        default: false
        }
    }

    private static func isSafelistedContentType(_ value: String) -> Bool {
        guard !value.unicodeScalars.contains(where: isUnsafe) else { return false }
        let essence = HTTPToken.trimmed(value.prefix { $0 != ";" }).lowercased()
        return ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(essence)
    }

    /// `bytes=0-` and `bytes=0-99`: one range with a start, not ending before it.
    private static func isSimpleRange(_ value: String) -> Bool {
        guard value.hasPrefix("bytes=") else { return false }
        let ends = value.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = decimal(ends[0]) else { return false }
        return ends[1].isEmpty || (decimal(ends[1]).map { start <= $0 } ?? false)
    }

    private static func decimal(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }

    private static let unsafeScalars: Set<Unicode.Scalar> = [
        "\"", "(", ")", ":", "<", ">", "?", "@", "[", "\\", "]", "{", "}", "\u{7F}",
    ]
    private static let methodOverrides: Set = [
        "x-http-method", "x-http-method-override", "x-method-override",
    ]
    private static let clientHintNames: Set = [
        "device-memory", "downlink", "dpr", "ect", "rtt", "save-data", "viewport-width", "width",
    ]
    private static let forbiddenNames: Set = [
        "accept-charset", "accept-encoding", "access-control-request-headers",
        "access-control-request-method", "access-control-request-private-network", "connection",
        "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin",
        "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
    ]
}
