/// The origins of a CORS variable: a set, however it is written.
///
/// Order, blanks, a slash at the end, the case of scheme and host, and a port that is the scheme's own do not
/// count; a path, a pattern or `*` is no origin (RFC 6454).
package struct OriginSet: Hashable, Sendable {
    package private(set) var origins: Set<String> = []
    /// Entries that are no origin, as they stand there; they may be anything, so they are not shown.
    private var malformed: [String] = []

    /// Reads a list with commas or blanks between, or a JSON list of strings.
    package init(_ text: String) {
        let isList = text.drop(while: \.isWhitespace).first == "["
        let entries = text.split { $0 == "," || $0.isWhitespace || (isList && "[]\"'".contains($0)) }
        self.init(entries.map(String.init))
    }

    package init(_ entries: [String]) {
        for entry in entries {
            if let origin = Self.origin(entry) { origins.insert(origin) } else { malformed.append(entry) }
        }
    }

    /// What is not as in `wanted`, a sentence each.
    package func difference(to wanted: OriginSet) -> [String] {
        var sentences = malformed.map { entry in
            entry.contains("*") ? "a pattern with * lets strangers in" : "an entry is not an origin"
        }
        sentences += wanted.origins.subtracting(origins).sorted().map { "\($0) is missing" }
        sentences += origins.subtracting(wanted.origins).sorted().map { "\($0) must not be there" }
        return sentences
    }

    /// The origin in its one form; nil if the text is none.
    package static func origin(_ text: String) -> String? {
        let lowered = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { lowered.hasPrefix("\($0)://") }) else {
            return nil
        }
        var rest = lowered.dropFirst(scheme.count + 3)
        if rest.last == "/" { rest = rest.dropLast() }
        if rest.hasSuffix(scheme == "https" ? ":443" : ":80") {
            rest = rest[..<(rest.lastIndex(of: ":") ?? rest.endIndex)]
        }
        let isHost = rest.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || "-.:[]".utf8.contains(byte)
        }
        guard isHost, let first = rest.first, first != ".", first != "-", first != ":" else { return nil }
        return "\(scheme)://\(rest)"
    }
}
