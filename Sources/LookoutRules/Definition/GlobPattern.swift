/// A name with `*` for any characters, none included.
///
/// Everything else stands for itself.
package struct GlobPattern: Hashable, Sendable {
    package let text: String
    private let parts: [[UInt8]]

    package init(_ text: String) {
        self.text = text
        parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(
            Array.init
        )
    }

    /// Whether the pattern has no `*`, so that it names one thing.
    package var isLiteral: Bool { parts.count == 1 }

    /// Takes time proportional to both lengths at worst: the leftmost place for each part is
    /// enough, so there is nothing to go back to.
    package func matches(_ name: String) -> Bool {
        var rest = Array(name.utf8)[...]
        guard let first = parts.first, rest.starts(with: first) else { return false }
        guard parts.count > 1, let last = parts.last else { return rest.count == first.count }
        rest = rest.dropFirst(first.count)
        guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = Self.firstIndex(of: part, in: rest) else { return false }
            rest = rest[(found + part.count)...]
        }
        return true
    }

    private static func firstIndex(of part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var start = bytes.startIndex
        while start + part.count <= bytes.endIndex {
            if bytes[start...].starts(with: part) { return start }
            start += 1
        }
        return nil
    }
}
