extension WebURL {
    /// Reads an absolute URL, or a reference against a base (URL standard §4.4, RFC 3986 §5.2).
    ///
    /// Nil where a browser would call it invalid. White space around it and line breaks in it are
    /// skipped and backslashes are slashes, as in browsers.
    init?(_ text: String, relativeTo base: WebURL? = nil) {
        var rest = WebURL.cleaned(text)[...]
        let fragment = WebURL.cut(&rest, at: "#")
        guard let scheme = WebURL.takeScheme(&rest) else {
            guard let base, WebURL.defaultPorts[base.scheme] != nil else { return nil }
            self.init(reference: rest, base: base)
            self.fragment = fragment
            return
        }
        self.init(scheme: scheme)
        if WebURL.defaultPorts[scheme] == nil {
            path = String(rest)
        } else if let base, base.scheme == scheme, rest.first.map(WebURL.isSlash) != true {
            self.init(reference: rest, base: base)
        } else {
            rest = rest.drop(while: WebURL.isSlash)
            guard readAuthorityAndPath(rest) else { return nil }
        }
        self.fragment = fragment
    }

    private init?(reference: Substring, base: WebURL) {
        self = base
        var rest = reference
        if rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(WebURL.isSlash) {
            guard readAuthorityAndPath(rest.drop(while: WebURL.isSlash)) else { return nil }
            return
        }
        let query = WebURL.cut(&rest, at: "?")
        if rest.isEmpty {
            self.query = query ?? base.query
            return
        }
        self.query = query.map(WebURL.encoded)
        let directory = base.path.prefix(through: base.path.lastIndex(of: "/") ?? base.path.startIndex)
        let absolute = WebURL.isSlash(rest.first ?? " ") ? String(rest) : String(directory + rest)
        path = WebURL.withoutDotSegments(absolute)
    }

    private mutating func readAuthorityAndPath(_ text: Substring) -> Bool {
        var rest = text
        query = WebURL.cut(&rest, at: "?").map(WebURL.encoded)
        let end = rest.firstIndex(where: WebURL.isSlash) ?? rest.endIndex
        path = WebURL.withoutDotSegments(String(rest[end...]))
        var authority = rest[..<end]
        hasUserInformation = false
        if let at = authority.lastIndex(of: "@") {
            hasUserInformation = authority[..<at].contains { $0 != ":" }
            authority = authority[authority.index(after: at)...]
        }
        return readHostAndPort(authority)
    }

    private mutating func readHostAndPort(_ authority: Substring) -> Bool {
        var hostText = authority
        port = nil
        let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterBracket...].lastIndex(of: ":") {
            hostText = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
            if !digits.isEmpty {
                guard let number = Int(digits), number <= 65_535 else { return false }
                port = number == WebURL.defaultPorts[scheme] ? nil : number
            }
        }
        host = hostText.lowercased()
        return WebURL.isValidHost(host)
    }

    private static func isValidHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            return host.hasSuffix("]") && host.contains(":")
                && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        let forbidden: Set<Unicode.Scalar> = [
            " ", "#", "/", ":", "<", ">", "?", "@", "[", "\\", "]", "^", "|", "%", "\u{7F}",
        ]
        return !host.isEmpty && host.unicodeScalars.allSatisfy { $0 > " " && !forbidden.contains($0) }
    }

    private static func takeScheme(_ rest: inout Substring) -> String? {
        guard let colon = rest.firstIndex(of: ":") else { return nil }
        let scheme = rest[..<colon]
        guard let first = scheme.utf8.first, isASCIILetter(first) else { return nil }
        let isScheme = scheme.utf8.allSatisfy {
            isASCIILetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard isScheme else { return nil }
        rest = rest[rest.index(after: colon)...]
        return scheme.lowercased()
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func cleaned(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first <= " " { scalars = scalars.dropFirst() }
        while let last = scalars.last, last <= " " { scalars = scalars.dropLast() }
        return String(String.UnicodeScalarView(scalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }))
    }

    private static func cut(_ text: inout Substring, at mark: Character) -> String? {
        guard let index = text.firstIndex(of: mark) else { return nil }
        let after = String(text[text.index(after: index)...])
        text = text[..<index]
        return after
    }

    private static func isSlash(_ character: Character) -> Bool {
        character == "/" || character == "\\"
    }

    /// Removes `.` and `..` segments (RFC 3986 §5.2.4), also percent-encoded ones; encodes the rest.
    private static func withoutDotSegments(_ path: String) -> String {
        var segments: [String] = []
        let parts = path.split(omittingEmptySubsequences: false, whereSeparator: isSlash).dropFirst()
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part.lowercased() {
            case ".", "%2e":
                if isLast { segments.append("") }
            case "..", ".%2e", "%2e.", "%2e%2e":
                _ = segments.popLast()
                if isLast { segments.append("") }
            default:
                segments.append(encoded(String(part)))
            }
        }
        return "/" + segments.joined(separator: "/")
    }

    /// Percent-encodes what may not stand in a request line.
    private static func encoded(_ text: String) -> String {
        let unsafe: Set<UInt8> = [
            UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        ]
        guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || unsafe.contains($0) }) else {
            return text
        }
        var result = ""
        for byte in text.utf8 {
            if byte <= 0x20 || byte >= 0x7F || unsafe.contains(byte) {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            } else {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }
}
