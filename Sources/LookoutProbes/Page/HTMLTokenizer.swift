/// Finds the tags of an HTML page, tolerantly, as far as it takes to see what the page loads.
///
/// It knows comments, quoted and bare attributes, and the elements whose content is no markup. It
/// is not the parser of the HTML standard: it builds no tree and mends nothing.
struct HTMLTokenizer: Sequence, IteratorProtocol {
    /// A start or end tag.
    struct Tag: Hashable {
        /// In lower case.
        var name: String
        var isEnd = false
        /// By name in lower case, character references replaced; of repeated ones the first.
        var attributes: [String: String] = [:]
    }

    private let bytes: [UInt8]
    private var position = 0
    /// The element whose text is being skipped until its end tag.
    private var rawElement: String?

    /// The elements whose content is text; `noscript` is one where scripts run, as in browsers.
    private static let rawElements: Set = [
        "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
    ]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next tag; nil at the end of the page.
    mutating func next() -> Tag? {
        while let start = nextOpening() {
            position = start + 1
            if rawElement != nil {
                if let tag = endOfRawElement() { return tag }
            } else if isAhead("!--") {
                skipComment()
            } else if isAhead("!") || isAhead("?") {
                skip(past: UInt8(ascii: ">"))
            } else if let tag = readTag() {
                return tag
            }
        }
        return nil
    }

    private func nextOpening() -> Int? {
        guard position < bytes.count else { return nil }
        return bytes[position...].firstIndex(of: UInt8(ascii: "<"))
    }

    private mutating func endOfRawElement() -> Tag? {
        guard let name = rawElement, isAhead("/"), isAhead(name, at: position + 1) else { return nil }
        let after = position + 1 + name.utf8.count
        guard after >= bytes.count || !HTMLTokenizer.isNameByte(bytes[after]) else { return nil }
        rawElement = nil
        return readTag()
    }

    private mutating func readTag() -> Tag? {
        let isEnd = isAhead("/")
        if isEnd { position += 1 }
        guard position < bytes.count, HTMLTokenizer.isLetter(bytes[position]) else { return nil }
        var tag = Tag(name: readName(), isEnd: isEnd)
        readAttributes(into: &tag)
        if !isEnd, HTMLTokenizer.rawElements.contains(tag.name) { rawElement = tag.name }
        return tag
    }

    private mutating func readAttributes(into tag: inout Tag) {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                return
            }
            if HTMLTokenizer.isSpace(byte) || byte == UInt8(ascii: "/") {
                position += 1
                continue
            }
            let (name, value) = readAttribute()
            if tag.attributes[name] == nil { tag.attributes[name] = value }
        }
    }

    private mutating func readAttribute() -> (name: String, value: String) {
        let start = position
        position += 1
        while position < bytes.count, !isAttributeNameEnd(bytes[position]) { position += 1 }
        let name = text(start..<position).lowercased()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return (name, "") }
        position += 1
        skipSpace()
        return (name, HTMLEntities.decoded(readValue()))
    }

    private mutating func readValue() -> String {
        guard position < bytes.count else { return "" }
        let quote = bytes[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = position + 1
            let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
            position = Swift.min(end + 1, bytes.count)
            return text(start..<end)
        }
        let start = position
        while position < bytes.count, !HTMLTokenizer.isSpace(bytes[position]),
            bytes[position] != UInt8(ascii: ">")
        {
            position += 1
        }
        return text(start..<position)
    }

    private mutating func readName() -> String {
        let start = position
        while position < bytes.count, HTMLTokenizer.isNameByte(bytes[position]) { position += 1 }
        return text(start..<position).lowercased()
    }

    private mutating func skipComment() {
        position += 3
        while position < bytes.count {
            if isAhead("-->") || isAhead("--!>") { return skip(past: UInt8(ascii: ">")) }
            if isAhead(">"), text(Swift.max(position - 2, 0)..<position) == "--" {
                position += 1
                return
            }
            position += 1
        }
    }

    private mutating func skip(past byte: UInt8) {
        position = (bytes[position...].firstIndex(of: byte) ?? bytes.count - 1) + 1
    }

    private mutating func skipSpace() {
        while position < bytes.count, HTMLTokenizer.isSpace(bytes[position]) { position += 1 }
    }

    /// Whether a text stands here, ASCII letters without case.
    private func isAhead(_ text: String, at offset: Int? = nil) -> Bool {
        let start = offset ?? position
        guard start + text.utf8.count <= bytes.count else { return false }
        return zip(bytes[start...], text.utf8).allSatisfy { HTMLTokenizer.lowercased($0) == $1 }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func isAttributeNameEnd(_ byte: UInt8) -> Bool {
        HTMLTokenizer.isSpace(byte) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "/")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        !isSpace(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">")
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
